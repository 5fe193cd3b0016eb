// Locks of processes in real time: the database's clock goes on, whatever the clocks of the processes say.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { databases, type TestDatabase } from '../store/databases.ts';

describe.each(databases)('locks on $name', ({ name, create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = database.open();
  });
  afterEach(() => database.close());

  test('a lock is renewed during long work', async () => {
    const other = database.open();
    const isLost = await store.withLock('pins', async (signal) => {
      await sleep(6500);
      expect(await other.withLock('pins', async () => true)).toBeUndefined();
      return signal.aborted;
    });
    expect(isLost).toBe(false);
  });

  // Processes that use one SQLite file have one clock, that of their machine.
  if (name === 'SQLite') return;

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
});
