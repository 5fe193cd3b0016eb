// PostgreSQL that is unreachable, slow, read-only or busy.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import {
  administer,
  countLocks,
  databases,
  lockRow,
  log,
  notifyChange,
  postgresUrl,
  type TestDatabase,
} from '../store/databases.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

describe.runIf(postgresUrl)('a store on PostgreSQL', () => {
  const [, postgres] = databases;
  let database: TestDatabase;
  let proxy: TcpProxy;
  let store: Store;
  beforeAll(async () => {
    if (postgres) database = await postgres.create();
    proxy = await startTcpProxy(database.url);
    store = openStore(proxy.url, { log, clock: systemClock });
    await countLocks(store);
  });
  afterAll(async () => {
    await store.close();
    proxy.cut();
    await database.close();
  });

  // Some tests leave rows.
  beforeEach(async () => {
    const own = database.open();
    await own.run((db) => db.deleteFrom('locks').execute());
    await own.close();
  });

  test('reports an unreachable database, and works again when it is back', async () => {
    proxy.cut();
    for (let i = 0; i < 3; i++) {
      const began = performance.now();
      await expect(countLocks(store)).rejects.toMatchObject({ kind: 'unavailable' });
      expect(performance.now() - began).toBeLessThan(2000);
    }
    expect(store.health()).toMatchObject({ problem: 'database' });
    await proxy.restore();
    await expect.poll(() => countLocks(store).catch(() => undefined), { timeout: 5000 }).toBe(0);
  });

  test('reports a silent network within three seconds', async () => {
    proxy.freeze(true);
    const began = performance.now();
    await expect(countLocks(store)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(performance.now() - began).toBeLessThan(3000);
    proxy.freeze(false);
    proxy.cut();
    await proxy.restore();
    await expect.poll(() => countLocks(store).catch(() => undefined), { timeout: 8000 }).toBe(0);
  });

  test('notifies listeners that anything may have changed after it reconnects', async () => {
    const received: (string | undefined)[] = [];
    const other = database.open();
    store.onChange((guildId) => received.push(guildId));
    const isNotified = async (guildId: string) => {
      await notifyChange(other, guildId);
      await sleep(20);
      return received.includes(guildId);
    };
    await expect.poll(() => isNotified('1'), { timeout: 5000 }).toBe(true);
    received.length = 0;
    proxy.cut();
    await notifyChange(other, '2');
    await proxy.restore();
    await expect.poll(() => received, { timeout: 5000 }).toContain(undefined);
    await expect.poll(() => isNotified('3'), { timeout: 5000 }).toBe(true);
  });

  test('reports a database that allows no connections as unavailable', async () => {
    const own = database.open();
    await countLocks(own);
    const name = new URL(database.url).pathname.slice(1);
    await administer(`alter database ${name} with allow_connections false`);
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await expect.poll(() => countLocks(own).catch(String), { timeout: 5000 }).toContain('not currently accepting');
    await expect(countLocks(own)).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    await administer(`alter database ${name} with allow_connections true`);
    await expect.poll(() => countLocks(own).catch(() => undefined), { timeout: 5000 }).toBe(0);
    await own.close();
  });

  test('reports a read-only database on writes, and still reads', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await administer(`alter database ${name} set default_transaction_read_only = on`);
    const own = database.open();
    const failure = await countLocks(own).catch(String);
    await administer(`alter database ${name} reset default_transaction_read_only`);
    expect(failure).toBe(0);
    await expect(own.run((db) => db.insertInto('locks').values(lockRow).execute())).rejects.toMatchObject({
      kind: 'read-only',
    });
    await own.close();
  });

  test('loses a lock when the database is unreachable until the lock expires', async () => {
    const own = openStore(proxy.url, { log, clock: systemClock });
    await countLocks(own);
    const working = own.withLock('pins', async (signal) => {
      expect(signal.aborted).toBe(false);
      proxy.cut();
      await expect.poll(() => signal.aborted, { timeout: 7000 }).toBe(true);
    });
    await expect(working).rejects.toMatchObject({ kind: 'locked' });
    await proxy.restore();
    await own.close();
  });

  test('cancels a slow statement, and keeps the other connections', async () => {
    const own = database.open();
    const logged = vi.fn();
    await countLocks(own);
    const slow = own.run((db) => sql`select pg_sleep(10)`.execute(db));
    slow.catch(logged);
    const until = performance.now() + 4000;
    while (performance.now() < until) {
      await countLocks(own);
      expect(own.health()).toBeUndefined();
      await sleep(50);
    }
    await expect(slow).rejects.toMatchObject({ name: 'StoreError', kind: 'locked' });
    await own.close();
  });

  test('queues work while all connections are busy', async () => {
    const own = database.open();
    await countLocks(own);
    const slow = Array.from({ length: 24 }, () => own.run((db) => sql`select pg_sleep(1.9)`.execute(db)));
    const results = await Promise.allSettled(slow);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'locked' });
    expect(own.health()).toBeUndefined();
    await countLocks(own);
    await own.close();
  });

  test('replaces connections that the server ended without a pause', async () => {
    const own = database.open();
    await countLocks(own);
    const name = new URL(database.url).pathname.slice(1);
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await sleep(100);
    await countLocks(own);
    expect(own.health()).toBeUndefined();
    await own.close();
  });
});
