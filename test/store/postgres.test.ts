// The pool and single connections to PostgreSQL: statements and their time limits, and connections that are lost.
import { Kysely, sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  connectClient,
  endClient,
  MIGRATION_TIMEOUT_MS,
  pingServer,
  postgresDialect,
} from '../../src/store/postgres.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { FakePostgres } from './fake-postgres.ts';

const server = new FakePostgres();
const lines: string[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
let clock: VirtualClock;
const opened: Kysely<unknown>[] = [];
beforeAll(() => server.listen());
afterAll(() => server.close());
beforeEach(() => {
  lines.length = 0;
  clock = createVirtualClock(0);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const db of opened.splice(0)) await db.destroy();
  server.reset();
});

function open(options: { statementMs?: number } = {}): Kysely<unknown> {
  const db = new Kysely<unknown>({ dialect: postgresDialect(server.url, { log, clock, ...options }) });
  opened.push(db);
  return db;
}
const query = (db: Kysely<unknown>, text: string) => sql.raw<Record<string, unknown>>(text).execute(db);
const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { interval: 1, timeout: 10_000 });
/** Turns the timers of the driver, which takes no clock, into ones that a test moves. Sockets go on in real time. */
const takeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
const untilFake = async (condition: () => boolean) => {
  while (!condition()) await new Promise(setImmediate);
};

const BEGIN = 'begin; set local statement_timeout = 2500';

describe('a statement', () => {
  it('outside a transaction gets one of its own, with a time limit on the server', async () => {
    const db = open();
    server.respond = (text) => (text === 'select 1' ? [{ n: 1, t: 'x', b: true }] : []);
    expect((await query(db, 'select 1')).rows).toEqual([{ n: 1, t: 'x', b: true }]);
    expect(server.queries).toEqual([BEGIN, 'select 1', 'commit']);
    await sql`select ${'a'}`.execute(db);
    expect(server.queries.slice(3)).toEqual([BEGIN, 'select $1 ["a"]', 'commit']);
    expect(server.startups).toEqual([expect.objectContaining({ application_name: 'guidepost', user: 'bot' })]);
  });

  it('inside a transaction shares its limit', async () => {
    const db = open();
    await db.transaction().execute(async (trx) => {
      await query(trx, 'select 1');
      await query(trx, 'select 2');
    });
    await query(db, 'select 3');
    expect(server.queries).toEqual([BEGIN, 'select 1', 'select 2', 'commit', BEGIN, 'select 3', 'commit']);
    expect(server.startups).toHaveLength(1);
  });

  it('after a transaction that was rolled back gets one of its own', async () => {
    const db = open();
    const failing = db.transaction().execute(async (trx) => {
      await query(trx, 'select 1');
      throw new RangeError('own');
    });
    await expect(failing).rejects.toThrow(RangeError);
    await query(db, 'select 2');
    expect(server.queries).toEqual([BEGIN, 'select 1', 'rollback', BEGIN, 'select 2', 'commit']);
    expect(server.startups).toHaveLength(1);
  });

  it('in a transaction with an isolation level has the limit, too', async () => {
    await open()
      .transaction()
      .setIsolationLevel('serializable')
      .execute((trx) => query(trx, 'select 1'));
    expect(server.queries[0]).toBe(
      'start transaction isolation level serializable; set local statement_timeout = 2500',
    );
    expect(server.queries.at(-1)).toBe('commit');
  });

  it('that migrates may take a minute', async () => {
    await query(open({ statementMs: MIGRATION_TIMEOUT_MS }), 'select 1');
    expect(server.queries[0]).toBe('begin; set local statement_timeout = 60000');
  });

  it('that the server refuses is rolled back, and the connection is used again', async () => {
    const db = open();
    server.respond = (text) => (text === 'select 1' ? { code: '42P01', message: 'no such table' } : []);
    await expect(query(db, 'select 1')).rejects.toMatchObject({ code: '42P01', message: 'no such table' });
    expect(server.queries).toEqual([BEGIN, 'select 1', 'rollback']);
    await query(db, 'select 2');
    expect(server.queries.slice(3)).toEqual([BEGIN, 'select 2', 'commit']);
    expect(server.startups).toHaveLength(1);
  });

  it('reports its own error even if the rollback fails', async () => {
    server.respond = (text) => (text === BEGIN ? [] : { code: text === 'rollback' ? '58000' : '42P01' });
    await expect(query(open(), 'select 1')).rejects.toMatchObject({ code: '42P01' });
    expect(server.queries).toEqual([BEGIN, 'select 1', 'rollback']);
  });

  it('whose connection ends is not rolled back, and the connection is replaced', async () => {
    const db = open();
    server.respond = (text) => (text === 'select 1' ? 'disconnect' : []);
    await expect(query(db, 'select 1')).rejects.toThrow('Connection terminated');
    expect(server.queries).toEqual([BEGIN, 'select 1']);
    await query(db, 'select 2');
    expect(server.startups).toHaveLength(2);
  });

  it('without an answer ends 300 ms after the server should have ended it', async () => {
    const db = open();
    await query(db, 'select 0');
    server.queries.length = 0;
    server.respond = (text) => (text === 'select 1' ? 'silence' : []);
    takeTimers();
    let failure: unknown;
    query(db, 'select 1').catch((error: unknown) => {
      failure = error;
    });
    await untilFake(() => server.queries.includes('select 1'));
    await vi.advanceTimersByTimeAsync(2799);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(failure).toMatchObject({ message: 'Query read timeout' });
    vi.useRealTimers();
    await query(db, 'select 2');
    expect(server.queries).toEqual([BEGIN, 'select 1', BEGIN, 'select 2', 'commit']);
    expect(server.startups).toHaveLength(2);
  });

  it('shares its time with the beginning of its transaction', async () => {
    const db = open();
    await query(db, 'select 0');
    server.respond = (text) => {
      if (text === BEGIN) void clock.advance(2000);
      return text === 'select 1' ? 'silence' : [];
    };
    takeTimers();
    let failure: unknown;
    query(db, 'select 1').catch((error: unknown) => {
      failure = error;
    });
    await untilFake(() => server.queries.includes('select 1'));
    await vi.advanceTimersByTimeAsync(799);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(failure).toMatchObject({ message: 'Query read timeout' });
  });

  it('in a transaction has the whole time for itself', async () => {
    const db = open();
    server.respond = (text) => (text === 'select 1' ? 'silence' : []);
    let failure: unknown;
    const running = db.transaction().execute(async (trx) => {
      await clock.advance(2000);
      takeTimers();
      await query(trx, 'select 1').catch((error: unknown) => {
        failure = error;
      });
    });
    running.catch(() => undefined);
    await untilFake(() => server.queries.includes('select 1'));
    await vi.advanceTimersByTimeAsync(2799);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(failure).toMatchObject({ message: 'Query read timeout' });
    vi.useRealTimers();
    server.disconnect();
    await expect(running).rejects.toThrow();
  });
});

describe('the pool', () => {
  it('has at most eight connections', async () => {
    const db = open();
    server.respond = (text) => (text === 'select 1' ? 'silence' : []);
    const all = Array.from({ length: 9 }, () => query(db, 'select 1'));
    const results = Promise.allSettled(all);
    await until(() => server.queries.filter((text) => text === 'select 1').length === 8);
    expect(server.connections).toBe(8);
    server.respond = () => [];
    server.disconnect();
    expect((await results).map(({ status }) => status).sort()).toEqual(['fulfilled', ...Array(8).fill('rejected')]);
  });

  it('logs an idle connection that is lost, and opens another', async () => {
    const db = open();
    await query(db, 'select 1');
    server.disconnect();
    await until(() => lines.length > 0);
    expect(lines[0]).toMatch(/"level":20.*database connection lost/);
    await query(db, 'select 2');
    expect(server.startups).toHaveLength(2);
  });

  it('survives the loss of a connection between two statements of a transaction', async () => {
    const db = open();
    const failing = db.transaction().execute(async (trx) => {
      await query(trx, 'select 1');
      server.disconnect();
      await until(() => lines.length > 0);
      await query(trx, 'select 2');
    });
    await expect(failing).rejects.toThrow();
    expect(server.queries).toEqual([BEGIN, 'select 1']);
    await query(db, 'select 3');
    expect(server.queries.at(-1)).toBe('commit');
  });

  it('ends its connections when it is closed', async () => {
    const db = open();
    await query(db, 'select 1');
    await db.destroy();
    await until(() => server.ended === 1);
  });
});

describe('a single connection', () => {
  it('reports its loss once', async () => {
    const onLost = vi.fn();
    await connectClient(server.url, onLost);
    expect(onLost).not.toHaveBeenCalled();
    server.disconnect();
    await until(() => onLost.mock.calls.length > 0);
    await new Promise((done) => setTimeout(done, 5));
    expect(onLost).toHaveBeenCalledTimes(1);
  });

  it('does not report that it was ended on purpose', async () => {
    const onLost = vi.fn();
    const client = await connectClient(server.url, onLost);
    endClient(client);
    await until(() => server.ended === 1 && server.connections === 0);
    await new Promise((done) => setTimeout(done, 5));
    expect(onLost).not.toHaveBeenCalled();
  });

  it('that is refused throws the driver’s error, and reports no loss', async () => {
    const onLost = vi.fn();
    server.refusal = { code: '28P01', message: 'wrong password' };
    await expect(connectClient(server.url, onLost)).rejects.toMatchObject({ code: '28P01' });
    await until(() => server.connections === 0);
    expect(onLost).not.toHaveBeenCalled();
  });

  it('gives up after two seconds without an answer', async () => {
    server.refusal = 'silence';
    takeTimers();
    let failure: unknown;
    connectClient(server.url, () => undefined).catch((error: unknown) => {
      failure = error;
    });
    await untilFake(() => server.startups.length === 1);
    await vi.advanceTimersByTimeAsync(1999);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await untilFake(() => failure !== undefined);
    expect(failure).toMatchObject({ message: expect.stringContaining('timeout') });
  });
});

describe('a check of the server', () => {
  it('asks it one question, and ends the connection', async () => {
    await pingServer(server.url);
    expect(server.queries).toEqual(['select 1']);
    await until(() => server.ended === 1);
  });

  it('fails if the server refuses the question', async () => {
    server.respond = () => ({ code: '57P03' });
    await expect(pingServer(server.url)).rejects.toMatchObject({ code: '57P03' });
    await until(() => server.ended === 1);
  });

  it('fails if there is no server', async () => {
    await expect(pingServer('postgres://bot@127.0.0.1:9/x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
