// Named locks: who holds one, how it is renewed, and how it is lost.
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunQuery } from '../../src/store/changes.ts';
import { databaseTime } from '../../src/store/dialect.ts';
import { createRowLocks, type WithLock } from '../../src/store/locks.ts';
import type { Store } from '../../src/store/store.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { databases, log, sqlite, type TestDatabase } from './databases.ts';

describe.each(databases)('locks on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  let clock: VirtualClock;
  beforeEach(async () => {
    database = await create();
    store = database.open();
    clock = createVirtualClock(0);
  });
  afterEach(() => database.close());

  const locks = (run: RunQuery = store.run, logged = log): WithLock => createRowLocks(run, { log: logged, clock });
  const row = () => store.run((db) => db.selectFrom('locks').selectAll().executeTakeFirst());
  const change = (values: { owner?: string; expires_at?: string }) =>
    store.run((db) => db.updateTable('locks').set(values).execute());

  test('only one process holds a lock, and it is released even if the work throws', async () => {
    const other = database.open();
    const held = store.withLock('pins', async () => {
      expect(await other.withLock('pins', async () => 'both')).toBeUndefined();
      expect(await other.withLock('other name', async () => 'free')).toBe('free');
      return 'done';
    });
    expect(await held).toBe('done');
    expect(await row()).toBeUndefined();
    const failing = other.withLock('pins', async () => {
      throw new RangeError('own');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await store.withLock('pins', async () => 'again')).toBe('again');
  });

  test.each([
    [-1, 'free'],
    [4, undefined],
    // It was written before the database’s clock was set back.
    [6, 'free'],
  ])('a lock whose lease ends in %i seconds is %s', async (seconds, expected) => {
    await store.run((db) =>
      db
        .insertInto('locks')
        .values({ name: 'pins', owner: 'o', expires_at: databaseTime(db, clock, seconds) })
        .execute(),
    );
    expect(await locks()('pins', async () => 'free')).toBe(expected);
    expect((await row())?.owner).toBe(expected ? undefined : 'o');
  });

  test('is renewed every second until the work ends', async () => {
    await locks()('pins', async (signal) => {
      const first = await row();
      for (const at of [1000, 2000]) {
        await change({ expires_at: '2000' });
        await clock.advance(999);
        expect((await row())?.expires_at).toBe('2000');
        await clock.advance(1);
        await expect.poll(async () => (await row())?.expires_at, { interval: 2 }).not.toBe('2000');
        expect(clock.now()).toBe(at);
      }
      const last = await row();
      expect(last?.owner).toBe(first?.owner);
      expect(Date.parse(last?.expires_at ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.expires_at ?? ''));
      expect(signal.aborted).toBe(false);
    });
    expect(clock.pending()).toBe(0);
  });

  test('the work fails if another process takes its lock, which stays the other’s', async () => {
    const working = locks()('pins', async (signal) => {
      await change({ owner: 'another' });
      await clock.advance(1000);
      await expect.poll(() => signal.aborted, { interval: 2 }).toBe(true);
      return 'done';
    });
    await expect(working).rejects.toMatchObject({ name: 'StoreError', kind: 'locked' });
    expect((await row())?.owner).toBe('another');
    expect(clock.pending()).toBe(0);
  });
});

describe('a lock while the database is down', () => {
  let database: TestDatabase;
  let store: Store;
  let isDown: boolean;
  let clock: VirtualClock;
  const lines: string[] = [];
  beforeEach(async () => {
    lines.length = 0;
    isDown = false;
    clock = createVirtualClock(0);
    database = await sqlite.create();
    store = database.open();
  });
  afterEach(() => database.close());

  /** Queries fail while the database is down. @param firstMs how long the first query takes */
  const locks = (firstMs = 0) => {
    let isFirst = firstMs > 0;
    return createRowLocks(
      async (work) => {
        if (isFirst) await clock.sleep(firstMs);
        isFirst = false;
        if (isDown) throw new Error('down');
        return store.run(work);
      },
      { clock, log: pino({}, { write: (line: string) => void lines.push(line) }) },
    );
  };

  test('is lost five seconds after it was taken', async () => {
    const working = locks()('pins', async (signal) => {
      isDown = true;
      await clock.advance(4999);
      expect(signal.aborted).toBe(false);
      await clock.advance(1);
      expect(signal.aborted).toBe(true);
    });
    await expect(working).rejects.toMatchObject({ kind: 'locked', message: 'the lock pins was lost' });
    expect(lines).toEqual([expect.stringContaining('lock not released, it will expire')]);
    expect(clock.pending()).toBe(0);
  });

  test('is lost five seconds after the request for it, however long that took', async () => {
    const working = locks(2000)('pins', async (signal) => {
      isDown = true;
      await clock.advance(2999);
      expect(signal.aborted).toBe(false);
      await clock.advance(1);
      expect(signal.aborted).toBe(true);
    });
    await clock.advance(2000);
    await expect(working).rejects.toMatchObject({ kind: 'locked' });
  });

  test('is kept if the database is back before that, for five seconds from the last renewal', async () => {
    const result = locks()('pins', async (signal) => {
      isDown = true;
      await clock.advance(3500);
      isDown = false;
      await clock.advance(500);
      await expect.poll(() => clock.pending(), { interval: 2 }).toBe(2);
      isDown = true;
      await clock.advance(4999);
      expect(signal.aborted).toBe(false);
      isDown = false;
      return 'done';
    });
    expect(await result).toBe('done');
    expect(lines).toEqual([]);
    expect(clock.pending()).toBe(0);
  });
});
