import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { databases, type TestDatabase } from './databases.ts';

describe.each(databases)('locks on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = database.open();
  });
  afterEach(() => database.close());

  test('only one process holds a lock, and it is released even if the work throws', async () => {
    const other = database.open();
    const events: string[] = [];
    const held = store.withLock('pins', async () => {
      expect(await other.withLock('pins', async () => events.push('both'))).toBeUndefined();
      expect(await other.withLock('other name', async () => 'free')).toBe('free');
      return 'done';
    });
    expect(await held).toBe('done');
    const failing = other.withLock('pins', async () => {
      throw new RangeError('own');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await store.withLock('pins', async () => 'again')).toBe('again');
    expect(events).toEqual([]);
  });

  test('a lock is renewed during long work', async () => {
    const other = database.open();
    const isLost = await store.withLock('pins', async (signal) => {
      await sleep(6500);
      expect(await other.withLock('pins', async () => true)).toBeUndefined();
      return signal.aborted;
    });
    expect(isLost).toBe(false);
  });

  test('a wrong clock in one process neither loses nor takes a lock', async () => {
    const other = database.open();
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const isLost = await store.withLock('pins', async (signal) => {
        for (const hours of [5, -10]) {
          vi.setSystemTime(Date.now() + hours * 3_600_000);
          expect(await other.withLock('pins', async () => true)).toBeUndefined();
          await sleep(1200);
        }
        return signal.aborted;
      });
      expect(isLost).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a lock from before the database’s clock was set back can be taken', async () => {
    const wrong = { name: 'pins', owner: 'o', expires_at: '2999-01-01T00:00:00.000Z' };
    await store.run((db) => db.insertInto('locks').values(wrong).execute());
    expect(await store.withLock('pins', async () => 'free')).toBe('free');
  });

  test('the work fails if another process takes its lock', async () => {
    const other = database.open();
    const working = store.withLock('pins', async (signal) => {
      await other.run((db) => db.updateTable('locks').set({ owner: 'another' }).execute());
      await expect.poll(() => signal.aborted, { timeout: 2000 }).toBe(true);
      return 'done';
    });
    await expect(working).rejects.toMatchObject({ name: 'StoreError', kind: 'locked' });
    const left = await store.run((db) => db.selectFrom('locks').select('owner').execute());
    expect(left).toEqual([{ owner: 'another' }]);
  });
});
