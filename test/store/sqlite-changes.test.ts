// Polling for changes that other processes make in a SQLite file.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChangeWatcher, RunQuery } from '../../src/store/changes.ts';
import { databaseTime } from '../../src/store/dialect.ts';
import { watchSqliteFile } from '../../src/store/sqlite-changes.ts';
import type { Store } from '../../src/store/store.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { countLocks, lockRow, notifyChange, sqlite, type TestDatabase } from './databases.ts';
import { unsettled } from './unsettled.ts';

let database: TestDatabase;
let store: Store;
let other: Store;
let clock: VirtualClock;
let received: (string | undefined)[];
/** How many queries were sent. */
let queries: number;
/** Waits before a query, or rejects instead of it. */
let before: () => Promise<void>;
let watcher: ChangeWatcher;

/** Lets a poll that has begun end: its queries come before these, one by one. */
const settle = async () => {
  for (let i = 0; i < 4; i++) await countLocks(store);
};
const run: RunQuery = async (work) => {
  queries += 1;
  await before();
  return store.run(work);
};

beforeEach(async () => {
  database = await sqlite.create();
  // Their own polling is on clocks that stand still. So is waiting for a lock: one after the other.
  store = database.open(createVirtualClock(0));
  await settle();
  let now = 0;
  other = database.open({ ...createVirtualClock(0), now: () => now++ });
  clock = createVirtualClock(0);
  received = [];
  queries = 0;
  before = async () => undefined;
  await notifyChange(other, 'earlier');
  watcher = watchSqliteFile({ run, emit: (guildId) => received.push(guildId), clock });
  await settle();
});
afterEach(async () => {
  watcher.stop();
  await database.close();
});

const advance = async (ms: number) => {
  await clock.advance(ms);
  await settle();
};

test('reports a change by another process within 1.5 seconds, once, and none from before the start', async () => {
  await notifyChange(other, '1');
  await advance(1499);
  expect(received).toEqual([]);
  await advance(1);
  expect(received).toEqual(['1']);
  await advance(1500);
  expect(received).toEqual(['1']);
  await notifyChange(other, '2');
  await notifyChange(other, '1');
  await advance(1500);
  expect(received.sort()).toEqual(['1', '1', '2']);
});

test('reads the table only if another process wrote to the file', async () => {
  queries = 0;
  await advance(1500);
  expect(queries).toBe(1);
  await other.run((db) => db.insertInto('locks').values(lockRow).execute());
  await advance(1500);
  expect(queries).toBe(3);
  expect(received).toEqual([]);
});

test('goes on after the database was down, and misses nothing', async () => {
  before = () => Promise.reject(new Error('down'));
  await notifyChange(other, '1');
  await advance(1500);
  expect(received).toEqual([]);
  before = async () => undefined;
  await advance(1500);
  expect(received).toEqual(['1']);
});

test('does not poll again while a poll is running', async () => {
  const { promise, resolve } = unsettled<void>();
  before = () => promise;
  queries = 0;
  await advance(4500);
  expect(queries).toBe(1);
  resolve();
  await settle();
  await advance(1500);
  expect(queries).toBeGreaterThan(1);
});

test('deletes old changes every hour', async () => {
  await store.run((db) =>
    db
      .insertInto('changes')
      .values({ guild_id: 'old', changed_at: databaseTime(db, clock, -7200) })
      .execute(),
  );
  const servers = async () => {
    const rows = await store.run((db) => db.selectFrom('changes').select('guild_id').execute());
    return rows.map(({ guild_id }) => guild_id).sort();
  };
  const { promise, resolve } = unsettled<void>();
  before = () => promise;
  queries = 0;
  // The polls of that hour wait for the first one.
  await advance(3_599_999);
  expect(queries).toBe(1);
  await advance(1);
  expect(queries).toBe(2);
  resolve();
  await expect.poll(servers, { interval: 2 }).toEqual(['earlier']);
});

test('tells when it last polled, with changes and without', async () => {
  expect([watcher.backlog(), watcher.lastSuccess]).toEqual([undefined, 0]);
  await advance(1500);
  expect(watcher.lastSuccess).toBe(1.5);
  before = () => Promise.reject(new Error('down'));
  await advance(1500);
  expect(watcher.lastSuccess).toBe(1.5);
  before = async () => undefined;
  await notifyChange(other, '1');
  await advance(1500);
  expect(watcher.lastSuccess).toBe(4.5);
});

test('stops', async () => {
  watcher.stop();
  expect(clock.pending()).toBe(0);
});
