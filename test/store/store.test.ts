// What SQLite and PostgreSQL have in common.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { countLocks, databases, lockRow, type TestDatabase } from './databases.ts';

describe.each(databases)('a store on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = database.open();
  });
  afterEach(() => database.close());

  test('creates its tables, and keeps its data when it is opened again', async () => {
    await store.run((db) => db.insertInto('locks').values(lockRow).execute());
    await store.close();
    const again = database.open();
    expect(await countLocks(again)).toBe(1);
    expect(again.health()).toBeUndefined();
    await expect(store.run((db) => db.selectFrom('locks').selectAll().execute())).rejects.toThrow(StoreError);
  });

  test('can be opened by several processes at the same time', async () => {
    const stores = [store, ...Array.from({ length: 5 }, () => database.open())];
    expect(await Promise.all(stores.map(countLocks))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('rolls back a transaction whose work throws', async () => {
    const failing = store.transact(async (trx) => {
      await trx.insertInto('locks').values(lockRow).execute();
      throw new RangeError('the caller’s own');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await countLocks(store)).toBe(0);
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

  test('saves the writes of many concurrent writers on two connections', async () => {
    const other = database.open();
    const writes = Array.from({ length: 60 }, (_, i) =>
      (i % 2 ? store : other).transact(async (trx) => {
        await trx
          .insertInto('locks')
          .values({ ...lockRow, name: `${i}` })
          .execute();
        await sleep(1);
      }),
    );
    await Promise.all(writes);
    expect(await countLocks(store)).toBe(60);
  });

  test('retries for two seconds, even if the clock of this process changes meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      let attempts = 0;
      const busy = Object.assign(new Error('busy'), { code: '55P03' });
      const began = performance.now();
      const waiting = store.run(async () => {
        attempts += 1;
        vi.setSystemTime(Date.now() + (attempts % 2 ? 3_600_000 : -7_200_000));
        throw busy;
      });
      await expect(waiting).rejects.toMatchObject({ kind: 'locked' });
      expect(performance.now() - began).toBeGreaterThan(1500);
      expect(performance.now() - began).toBeLessThan(3000);
    } finally {
      vi.useRealTimers();
    }
  });
});
