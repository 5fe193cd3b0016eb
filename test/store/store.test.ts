// What SQLite and PostgreSQL have in common.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreError } from '../../src/store/errors.ts';
import { MIGRATION_NAMES } from '../../src/store/migrations.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { countLocks, databases, lockRow, log, sqlite, type TestDatabase } from './databases.ts';
import { FakePostgres } from './fake-postgres.ts';

describe.each(databases)('a store on $name', ({ name, create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = database.open();
  });
  afterEach(() => database.close());

  test('creates its tables, and keeps its data when it is opened again', async () => {
    expect(store.kind).toBe(name === 'SQLite' ? 'sqlite' : 'postgres');
    expect(store.health()).toEqual({ status: 'degraded', problem: 'database' });
    await store.run((db) => db.insertInto('locks').values(lockRow).execute());
    expect(store.health()).toBeUndefined();
    await store.close();
    const again = database.open();
    expect(await countLocks(again)).toBe(1);
    expect(again.health()).toBeUndefined();
    await expect(countLocks(store)).rejects.toThrow(StoreError);
  });

  test('can be opened by several processes at the same time', async () => {
    const stores = [store, ...Array.from({ length: 3 }, () => database.open())];
    expect(await Promise.all(stores.map(countLocks))).toEqual([0, 0, 0, 0]);
  });

  test('rolls back a transaction whose work throws', async () => {
    const failing = store.transact(async (trx) => {
      await trx.insertInto('locks').values(lockRow).execute();
      throw new RangeError('the caller’s own');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await countLocks(store)).toBe(0);
  });

  test('returns what a transaction returns', async () => {
    const counted = store.transact(async (trx) => {
      await trx.insertInto('locks').values(lockRow).execute();
      return (await trx.selectFrom('locks').selectAll().execute()).length;
    });
    expect(await counted).toBe(1);
    expect(await countLocks(store)).toBe(1);
  });

  test('reports a duplicate key as a StoreError, and passes an error in a query through', async () => {
    await store.run((db) => db.insertInto('locks').values(lockRow).execute());
    const again = store.run((db) => db.insertInto('locks').values(lockRow).execute());
    await expect(again).rejects.toMatchObject({ name: 'StoreError', kind: 'duplicate' });
    const wrong = store.run((db) => sql`select * from nothing`.execute(db));
    await expect(wrong).rejects.not.toBeInstanceOf(StoreError);
    expect(await countLocks(store)).toBe(1);
  });

  test('keeps working after a value that the database does not support', async () => {
    // With a boolean, SQLite’s driver would end the whole process.
    await store.run((db) => sql`select ${true}`.execute(db)).catch(() => undefined);
    expect(await countLocks(store)).toBe(0);
  });

  test('saves the writes of concurrent writers on two connections', async () => {
    const other = database.open();
    await Promise.all([store, other].map(countLocks));
    const writes = Array.from({ length: 8 }, (_, i) =>
      (i % 2 ? store : other).transact(async (trx) => {
        await trx
          .insertInto('locks')
          .values({ ...lockRow, name: `${i}` })
          .execute();
        await sleep(1);
      }),
    );
    await Promise.all(writes);
    expect(await countLocks(store)).toBe(8);
  });
});

describe('work that fails', () => {
  const failure = (code: string) => Object.assign(new Error(code), { code });
  let database: TestDatabase;
  const clock = { ...createVirtualClock(0), random: () => 0.5 };
  let store: Store;
  beforeEach(async () => {
    database = await sqlite.create();
    store = database.open(clock);
    await countLocks(store);
  });
  afterEach(() => database.close());

  /** Runs work that fails with these errors, one after the other, and then succeeds. */
  function run(errors: Error[]) {
    const began = clock.now();
    const times: number[] = [];
    const done = store.run(async () => {
      times.push(clock.now() - began);
      const error = errors.shift();
      if (error) throw error;
      return 'done';
    });
    done.catch(() => undefined);
    return { done, times };
  }

  test('because the database is locked is tried again for two seconds', async () => {
    const { done, times } = run(Array.from({ length: 50 }, () => failure('55P03')));
    await new Promise(setImmediate);
    await clock.advance(2500);
    await expect(done).rejects.toMatchObject({ name: 'StoreError', kind: 'locked' });
    expect(times).toEqual([0, 10, 30, 70, 150, 310, 510, 710, 910, 1110, 1310, 1510, 1710]);
    expect(store.health()).toBeUndefined();
  });

  test('because the database is locked may succeed later', async () => {
    const { done, times } = run([failure('SQLITE_BUSY'), failure('SQLITE_BUSY')]);
    await new Promise(setImmediate);
    await clock.advance(30);
    expect(await done).toBe('done');
    expect(times).toEqual([0, 10, 30]);
  });

  test.each(['SQLITE_FULL', 'SQLITE_READONLY'])(
    'with %s is not tried again, and the database stays open',
    async (code) => {
      const { done, times } = run([failure(code)]);
      await expect(done).rejects.toThrow(StoreError);
      expect(times).toEqual([0]);
      expect(store.health()).toBeUndefined();
    },
  );

  test.each(['SQLITE_IOERR', 'SQLITE_CORRUPT'])('with %s opens the database again', async (code) => {
    const { done } = run([failure(code)]);
    await expect(done).rejects.toThrow(StoreError);
    expect(store.health()).toEqual({ status: 'degraded', problem: 'database' });
    expect(await countLocks(store)).toBe(0);
    expect(store.health()).toBeUndefined();
  });

  test('with an error of its own gets that error', async () => {
    const error = new RangeError('own');
    await expect(run([error]).done).rejects.toBe(error);
  });

  test('leaves no timer when the store is closed', async () => {
    expect(store.clock).toBe(clock);
    await store.close();
    // `close` waits for a second at most.
    await clock.advance(1000);
    expect(clock.pending()).toBe(0);
  });
});

describe('a store on PostgreSQL', () => {
  const server = new FakePostgres();
  /** A database that is up to date. */
  const upToDate = (text: string) =>
    /^select "?name/.test(text) ? MIGRATION_NAMES.map((name) => ({ name })) : [{ n: 1 }];
  const stores: Store[] = [];
  beforeAll(() => server.listen());
  afterAll(() => server.close());
  beforeEach(() => {
    server.respond = upToDate;
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    server.reset();
  });

  async function open(url = server.url): Promise<Store> {
    const store = openStore(url, { log, clock: createVirtualClock(0) });
    stores.push(store);
    await store.run((db) => sql`select 5`.execute(db));
    return store;
  }

  test.each(['postgres:', 'postgresql:'])(
    'with %s migrates on connections of its own, with more time',
    async (scheme) => {
      const store = await open(server.url.replace('postgres:', scheme));
      expect(store.kind).toBe('postgres');
      const at = server.queries.indexOf('select 5');
      expect(server.queries[at - 1]).toBe('begin; set local statement_timeout = 2500');
      const migrating = server.queries.slice(0, at).filter((text) => text.startsWith('begin'));
      expect(migrating.slice(0, 2)).toEqual(Array(2).fill('begin; set local statement_timeout = 60000'));
      await expect.poll(() => server.ended, { interval: 1 }).toBeGreaterThanOrEqual(1);
    },
  );

  test('keeps its pool after a failure if the server can still be reached, and replaces it if not', async () => {
    const store = await open();
    const fail = () => store.run((db) => sql`select 6`.execute(db));
    server.respond = (text) => (text === 'select 6' ? { code: '57P01' } : upToDate(text));
    await expect(fail()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect.poll(() => server.queries.includes('select 1'), { interval: 1 }).toBe(true);
    expect(store.health()).toBeUndefined();
    server.respond = (text) => (/^select [16]$/.test(text) ? { code: '57P01' } : upToDate(text));
    await expect(fail()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect.poll(() => store.health(), { interval: 1 }).toBeDefined();
    server.respond = upToDate;
    await store.run((db) => sql`select 7`.execute(db));
    expect(store.health()).toBeUndefined();
  });
});
