// Keeping a database connected: retries, failures in use, and closing, on a virtual clock.
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { Connection, type Connector } from '../../src/store/connection.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Tables } from '../../src/store/schema.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { unsettled } from './unsettled.ts';

/** A database that can only be closed. */
interface Opened {
  readonly db: Kysely<Tables>;
  /** How often it was closed. */
  closed: number;
}

function openDatabase(close: () => Promise<void> = async () => undefined): Opened {
  const opened: Opened = {
    closed: 0,
    // A connection does nothing with a database but hand it out and close it.
    db: {
      destroy() {
        opened.closed += 1;
        return close();
      },
    } as Kysely<Tables>,
  };
  return opened;
}

const down = () => new StoreError('unavailable', 'the database failed: down');
const flush = () => new Promise(setImmediate);

let clock: VirtualClock;
const lines: string[] = [];
const log = pino({ level: 'debug', base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
const messages = () => lines.map((line) => JSON.parse(line).msg);
beforeEach(() => {
  lines.length = 0;
  // Without jitter.
  clock = { ...createVirtualClock(0), random: () => 0.5 };
});

/** A connection whose tries take their results from a list. A database is opened if the list is empty. */
function connect(results: (Opened | Error | Promise<Opened>)[] = [], check?: Connector['check']) {
  const tries: number[] = [];
  const connection = new Connection(
    {
      async connect() {
        tries.push(clock.now());
        const result = await (results.shift() ?? openDatabase());
        if (result instanceof Error) throw result;
        return result.db;
      },
      ...(check ? { check } : {}),
    },
    { log, clock },
  );
  return { connection, tries };
}

describe('a connection', () => {
  it('is ready once the database is open', async () => {
    const opened = openDatabase();
    const { connection } = connect([opened]);
    expect(connection.isReady).toBe(false);
    expect(await connection.ready()).toBe(opened.db);
    expect(connection.isReady).toBe(true);
    expect(clock.pending()).toBe(0);
    expect(lines).toEqual([]);
  });

  it('makes callers wait for 1.5 seconds while the database does not answer', async () => {
    const { promise, resolve } = unsettled<Opened>();
    const { connection } = connect([promise]);
    let failure: unknown;
    connection.ready().catch((error: unknown) => {
      failure = error;
    });
    await clock.advance(1499);
    expect(failure).toBeUndefined();
    await clock.advance(1);
    expect(failure).toMatchObject({ name: 'StoreError', kind: 'unavailable', message: 'the database does not answer' });
    const opened = openDatabase();
    const waiting = connection.ready();
    resolve(opened);
    expect(await waiting).toBe(opened.db);
    expect(clock.pending()).toBe(0);
  });

  it('tries again after 100 ms, and doubles the pause up to a second', async () => {
    const { connection, tries } = connect(Array.from({ length: 7 }, down));
    await flush();
    await clock.advance(4500);
    expect(tries).toEqual([0, 100, 300, 700, 1500, 2500, 3500, 4500]);
    expect(connection.isReady).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  it('tells callers why the database cannot be opened', async () => {
    const { connection } = connect(Array.from({ length: 20 }, down));
    const failing = connection.ready().catch((error: unknown) => error);
    await clock.advance(1500);
    expect(await failing).toMatchObject({ kind: 'unavailable', message: 'the database failed: down', cause: down() });
  });

  it('converts the errors of drivers, and calls all others unavailable', async () => {
    const corrupt = Object.assign(new Error('broken'), { code: 'SQLITE_CORRUPT' });
    const { connection } = connect([corrupt, new RangeError('a bug'), ...Array.from({ length: 20 }, down)]);
    const first = connection.ready().catch((error: unknown) => error);
    await flush();
    expect(messages()).toEqual(['database not usable, trying again: the database failed: broken']);
    await clock.advance(100);
    expect(messages()).toHaveLength(2);
    expect(messages()[1]).toBe('database not usable, trying again: the database cannot be used');
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ kind: 'unavailable', level: 40 });
    await clock.advance(1400);
    expect(await first).toMatchObject({ kind: 'unavailable' });
  });

  it('logs a kind of failure once, and when the database is connected', async () => {
    const full = new StoreError('full', 'the disk is full');
    connect([down(), down(), full, full, down()]);
    await flush();
    await clock.advance(5000);
    expect(messages()).toEqual([
      'database not usable, trying again: the database failed: down',
      'database not usable, trying again: the disk is full',
      'database not usable, trying again: the database failed: down',
      'database connected',
    ]);
  });

  it('of a newer version fails without a wait, and is tried once a minute', async () => {
    const newer = new StoreError('newer', 'too new');
    const { connection, tries } = connect([newer, newer]);
    await flush();
    await expect(connection.ready()).rejects.toMatchObject({ kind: 'newer', message: 'too new', cause: newer });
    await clock.advance(59_999);
    expect(tries).toEqual([0]);
    await clock.advance(60_001);
    expect(tries).toEqual([0, 60_000, 120_000]);
    expect(connection.isReady).toBe(true);
    expect(await connection.ready()).toBeDefined();
  });
});

describe('after a failure in use', () => {
  it('a connection without a check opens the database again', async () => {
    const [first, second] = [openDatabase(), openDatabase()];
    const { connection, tries } = connect([first, second]);
    await connection.ready();
    connection.reportFailure(first.db);
    expect(connection.isReady).toBe(false);
    expect(first.closed).toBe(1);
    expect(await connection.ready()).toBe(second.db);
    expect(tries).toHaveLength(2);
    expect(messages()).toEqual(['database connection failed, reconnecting']);
    // A late report about the first one.
    connection.reportFailure(first.db);
    expect(connection.isReady).toBe(true);
    expect([first.closed, second.closed]).toEqual([1, 0]);
  });

  it('a connection with a check that succeeds stays open', async () => {
    let checks = 0;
    const opened = openDatabase();
    const { connection, tries } = connect([opened], async () => {
      checks += 1;
    });
    await connection.ready();
    for (const expected of [1, 2]) {
      connection.reportFailure(opened.db);
      connection.reportFailure(opened.db);
      await flush();
      expect(checks).toBe(expected);
    }
    expect(connection.isReady).toBe(true);
    expect(opened.closed).toBe(0);
    expect(tries).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  it('a connection with a check that fails opens the database again, and checks the new one, too', async () => {
    const [first, second, third] = [openDatabase(), openDatabase(), openDatabase()];
    const { connection } = connect([first, second, third], () => Promise.reject(new Error('no server')));
    await connection.ready();
    connection.reportFailure(first.db);
    expect(connection.isReady).toBe(true);
    await flush();
    expect(await connection.ready()).toBe(second.db);
    expect(messages()).toEqual(['database check failed', 'database connection failed, reconnecting']);
    connection.reportFailure(second.db);
    await flush();
    expect(await connection.ready()).toBe(third.db);
    expect([first.closed, second.closed, third.closed]).toEqual([1, 1, 0]);
  });

  it('a check that fails after the connection was closed changes nothing', async () => {
    const opened = openDatabase();
    const { promise, reject } = unsettled<void>();
    const { connection, tries } = connect([opened], () => promise);
    await connection.ready();
    connection.reportFailure(opened.db);
    await connection.close();
    reject(new Error('no server'));
    await flush();
    expect(opened.closed).toBe(1);
    expect(tries).toHaveLength(1);
    expect(messages()).toEqual(['database check failed']);
  });

  it('a database that cannot be closed is left', async () => {
    const first = openDatabase(() => Promise.reject(new Error('stuck')));
    const second = openDatabase();
    const { connection } = connect([first, second]);
    await connection.ready();
    connection.reportFailure(first.db);
    expect(await connection.ready()).toBe(second.db);
    expect(messages()).toContain('closing the database failed');
  });
});

describe('closing', () => {
  it('closes the database, and later callers fail without a wait', async () => {
    const opened = openDatabase();
    const { connection } = connect([opened]);
    await connection.ready();
    const closing = connection.close();
    expect(connection.isReady).toBe(false);
    await closing;
    expect(opened.closed).toBe(1);
    await expect(connection.ready()).rejects.toMatchObject({ kind: 'unavailable', message: 'the store is closed' });
  });

  it('waits for a second at most', async () => {
    const { connection } = connect([openDatabase(() => new Promise(() => undefined))]);
    await connection.ready();
    let isClosed = false;
    void connection.close().then(() => {
      isClosed = true;
    });
    await clock.advance(999);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    expect(isClosed).toBe(true);
  });

  it('waits until the database is closed', async () => {
    const { promise, resolve } = unsettled<void>();
    const { connection } = connect([openDatabase(() => promise)]);
    await connection.ready();
    let isClosed = false;
    void connection.close().then(() => {
      isClosed = true;
    });
    await flush();
    expect(isClosed).toBe(false);
    resolve();
    await flush();
    expect(isClosed).toBe(true);
  });

  it('closes a database that opens later', async () => {
    const opened = openDatabase();
    const { promise, resolve } = unsettled<Opened>();
    const { connection } = connect([promise]);
    await connection.close();
    resolve(opened);
    await flush();
    expect(opened.closed).toBe(1);
    expect(connection.isReady).toBe(false);
  });

  it('ends the retries', async () => {
    const { connection, tries } = connect(Array.from({ length: 20 }, down));
    await flush();
    await clock.advance(150);
    await connection.close();
    await flush();
    expect(clock.pending()).toBe(0);
    await clock.advance(5000);
    expect(tries).toEqual([0, 100]);
    await expect(connection.ready()).rejects.toMatchObject({ message: 'the store is closed', cause: down() });
  });
});
