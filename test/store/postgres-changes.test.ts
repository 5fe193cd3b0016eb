// Listening for changes in PostgreSQL, on a virtual clock: notifications, test notifications, and polling without them.
import { type Kysely, sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeWatcher, RunQuery } from '../../src/store/changes.ts';
import { listenOnPostgres } from '../../src/store/postgres-changes.ts';
import type { Store } from '../../src/store/store.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { notifyChange, sqlite, type TestDatabase } from './databases.ts';
import { FakePostgres } from './fake-postgres.ts';

const LISTEN = 'listen guidepost_changes; listen guidepost_echo';
const server = new FakePostgres();
const lines: string[] = [];
const log = pino({ level: 'debug', base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
const logged = () => lines.map((line) => JSON.parse(line)).filter(({ level }) => level > 20);

let database: TestDatabase;
let store: Store;
let clock: VirtualClock;
let received: (string | undefined)[];
/** The test notifications that were sent. */
let echoes: string[];
/** Whether the server passes on test notifications. */
let isPassingOn: boolean;
/** Rejects while the database of the queries is down. */
let isDown: boolean;
/** How many other queries were sent. */
let polls: number;
let watcher: ChangeWatcher;

/** Other queries go to a SQLite database, which has the same table of changes; test notifications go to the server. */
const run: RunQuery = async (work) => {
  if (isDown) throw new Error('down');
  return store.run((db) => work(watched(db)));
};

/** Watches for the call of a function that SQLite doesn't have. */
function watched<T>(db: Kysely<T>): Kysely<T> {
  return db.withPlugin({
    transformQuery({ node }) {
      if (node.kind !== 'RawNode') {
        polls += 1;
        return node;
      }
      const [channel, payload] = node.parameters.map((one) => ('value' in one ? String(one.value) : ''));
      echoes.push(payload ?? '');
      if (isPassingOn) server.notify(channel ?? '', payload ?? '');
      return { ...node, sqlFragments: ['select ', ' || ', ''] };
    },
    transformResult: async ({ result }) => result,
  });
}

beforeAll(async () => {
  await server.listen();
  database = await sqlite.create();
  store = database.open(createVirtualClock(0));
  await store.run((db) => sql`select 1`.execute(db));
});
afterAll(async () => {
  await database.close();
  await server.close();
});
beforeEach(async () => {
  lines.length = 0;
  received = [];
  echoes = [];
  polls = 0;
  isDown = false;
  isPassingOn = true;
  clock = { ...createVirtualClock(0), random: () => 0.5 };
  await store.run((db) => db.deleteFrom('changes').execute());
});
afterEach(() => {
  watcher.stop();
  server.reset();
});

const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { interval: 1, timeout: 10_000 });
/** Lets queries that have begun end. */
const settle = async () => {
  for (let i = 0; i < 4; i++) await store.run((db) => sql`select 1`.execute(db));
};
const advance = async (ms: number) => {
  await clock.advance(ms);
  await settle();
};

function start(url = server.url): void {
  const own = received;
  watcher = listenOnPostgres({ url, run, emit: (guildId) => own.push(guildId), log, clock });
}
/** Starts, and waits for the first test notification. */
async function startListening(): Promise<void> {
  start();
  await until(() => (isPassingOn ? received.length > 0 : echoes.length > 0));
  await settle();
}

describe('while notifications arrive', () => {
  it('reports changes by the server’s id, and first that any may have been missed', async () => {
    await startListening();
    expect(server.queries).toEqual([LISTEN]);
    expect(received).toEqual([undefined]);
    server.notify('guidepost_changes', '1');
    // Version 1.0.0 sends no id if any server may have changed.
    server.notify('guidepost_changes', '');
    server.notify('guidepost_echo', 'of another process');
    server.notify('guidepost_changes', '2');
    await until(() => received.length === 4);
    expect(received).toEqual([undefined, '1', undefined, '2']);
    expect(logged()).toEqual([]);
  });

  it('does not poll, and tests them every 15 seconds', async () => {
    await startListening();
    polls = 0;
    await advance(14_999);
    expect(echoes).toHaveLength(1);
    await advance(1);
    expect(echoes).toHaveLength(2);
    expect(new Set(echoes).size).toBe(1);
    await advance(4999);
    expect(polls).toBe(0);
    expect(received).toEqual([undefined]);
  });

  it('deletes old changes at the start and every hour', async () => {
    await startListening();
    const before = polls;
    expect(before).toBeGreaterThanOrEqual(1);
    for (let i = 0; i < 240; i++) await clock.advance(15_000);
    await settle();
    expect(polls).toBe(before + 1);
  });
});

describe('without notifications', () => {
  beforeEach(() => {
    isPassingOn = false;
  });

  it('polls every 1.5 seconds, and reports the servers that changed since the last poll', async () => {
    await notifyChange(store, 'earlier');
    await startListening();
    await advance(1499);
    expect(received).toEqual([]);
    await advance(1);
    expect(received).toEqual([undefined]);
    await notifyChange(store, '1');
    await advance(1500);
    expect(received).toEqual([undefined, '1']);
    await advance(1500);
    expect(received).toEqual([undefined, '1']);
  });

  it('warns once, five seconds after the test notification, if the connection is open', async () => {
    await startListening();
    await advance(4999);
    expect(server.queries).toEqual([LISTEN]);
    await advance(1);
    await until(() => logged().length > 0);
    expect(server.queries).toEqual([LISTEN, 'select 1']);
    expect(logged()).toEqual([
      {
        level: 40,
        msg: expect.stringContaining('do not arrive (a pooler in transaction mode?), polling every 1500 ms'),
      },
    ]);
    await advance(20_000);
    await until(() => server.queries.length === 3);
    await settle();
    expect(echoes).toHaveLength(2);
    expect(logged()).toHaveLength(1);
    expect(server.startups).toHaveLength(1);
  });

  it('stops polling and says so when they arrive again', async () => {
    await startListening();
    await advance(5000);
    await until(() => logged().length > 0);
    received.length = 0;
    isPassingOn = true;
    await advance(10_000);
    await until(() => logged().length > 1);
    expect(logged()[1]).toEqual({ level: 30, msg: 'database notifications arrive again' });
    expect(received).toEqual([undefined]);
    polls = 0;
    await advance(10_000);
    expect(polls).toBe(0);
    // The first poll after that reports once more that any server may have changed.
    isPassingOn = false;
    await advance(5000 + 5000);
    await until(() => logged().length > 2);
    await advance(1500);
    expect(received.slice(1)).toEqual([undefined]);
  });

  it('does not warn if the test notification could not be sent, and tries again', async () => {
    isDown = true;
    start();
    await until(() => server.queries.length > 0);
    await advance(14_999);
    expect(logged()).toEqual([]);
    expect(received).toEqual([]);
    isDown = false;
    isPassingOn = true;
    await advance(1);
    await until(() => received.length > 0);
    expect(echoes).toHaveLength(1);
  });

  it('goes on polling after the database was down', async () => {
    await startListening();
    polls = 0;
    isDown = true;
    await advance(3000);
    isDown = false;
    expect(received).toEqual([]);
    await advance(1500);
    expect(received).toEqual([undefined]);
    expect(polls).toBe(1);
  });

  it('connects again if the connection only looks open', async () => {
    await startListening();
    server.respond = (text) => (text === 'select 1' ? 'disconnect' : []);
    await advance(5000);
    // The timers of the listener itself, and that of the next try.
    await until(() => clock.pending() === 4);
    await advance(500);
    await until(() => server.startups.length === 2);
    expect(logged()).toEqual([]);
  });

  it('warns with the reason if LISTEN is refused, and tries again after half a second', async () => {
    server.respond = () => ({ code: '42601', message: 'no listen here' });
    start();
    await until(() => logged().length > 0);
    expect(logged()).toMatchObject([{ level: 40, err: { code: '42601' } }]);
    await advance(499);
    expect(server.startups).toHaveLength(1);
    await advance(1);
    await until(() => server.startups.length === 2);
    await until(() => server.ended === 2);
    expect(logged()).toHaveLength(1);
  });
});

describe('a lost connection', () => {
  it('is opened again with growing pauses, polling meanwhile', async () => {
    await startListening();
    received.length = 0;
    server.refusal = { code: '57P03' };
    server.disconnect();
    for (const [at, pause] of [500, 1000, 2000, 4000, 8000, 10_000, 10_000].entries()) {
      // The timers of the listener itself, and this one.
      await until(() => clock.pending() === 4);
      await clock.advance(pause - 1);
      expect(server.startups).toHaveLength(at + 1);
      await clock.advance(1);
      await until(() => server.startups.length === at + 2);
    }
    expect(received).toEqual([undefined]);
    await until(() => clock.pending() === 4);
    server.refusal = undefined;
    await clock.advance(10_000);
    await until(() => received.length === 2);
    expect(received).toEqual([undefined, undefined]);
    expect(logged()).toEqual([]);
    // The pauses begin again.
    server.disconnect();
    await until(() => clock.pending() === 4);
    const before = server.startups.length;
    await clock.advance(500);
    await until(() => server.startups.length === before + 1);
  });
});

describe('the last success', () => {
  it('is the last test notification that arrived', async () => {
    await startListening();
    await until(() => watcher.lastSuccess === 0);
    await advance(15_000);
    await until(() => watcher.lastSuccess === 15);
    expect(watcher.backlog()).toBeUndefined();
  });

  it('is the last time that the table of changes was read while none arrives', async () => {
    isPassingOn = false;
    await startListening();
    await advance(1500);
    await until(() => watcher.lastSuccess === 1.5);
    isDown = true;
    await advance(1500);
    expect(watcher.lastSuccess).toBe(1.5);
  });
});

describe('stopping', () => {
  it('ends the connection and all timers', async () => {
    await startListening();
    watcher.stop();
    await until(() => server.ended === 1 && server.connections === 0);
    expect(clock.pending()).toBe(0);
  });

  it('while a test notification is on its way logs nothing', async () => {
    isPassingOn = false;
    await startListening();
    expect(clock.pending()).toBe(4);
    watcher.stop();
    expect(clock.pending()).toBe(0);
  });

  it('before the connection is open ends it then', async () => {
    start();
    watcher.stop();
    await until(() => server.ended === 1);
    expect(server.queries).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('between two tries ends them', async () => {
    start('postgres://bot@127.0.0.1:9/x');
    await until(() => clock.pending() === 4);
    watcher.stop();
    expect(clock.pending()).toBe(0);
  });
});
