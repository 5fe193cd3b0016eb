import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import Database from 'libsql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { addReply, changeReply, findReply } from '../../src/replies/repository.ts';
import { StoreError, toStoreError } from '../../src/store/errors.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { administer, databases, log, postgresUrl, type TestDatabase } from './databases.ts';

const lock = { name: 'x', owner: 'o', expires_at: '2000' };
const countLocks = (store: Store) =>
  store.run((db) => db.selectFrom('locks').selectAll().execute()).then((r) => r.length);
const draft = { title: 'T', text: 'x', aliases: [] };

describe.each(databases)('a store on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = database.open();
  });
  afterEach(() => database.close());

  test('makes its tables by itself and opens again with what was saved', async () => {
    await store.run((db) => db.insertInto('locks').values(lock).execute());
    await store.close();
    const again = database.open();
    expect(await countLocks(again)).toBe(1);
    expect(again.isReady).toBe(true);
    await expect(store.run((db) => db.selectFrom('locks').selectAll().execute())).rejects.toThrow(StoreError);
  });

  test('can be opened by several at once', async () => {
    const stores = [store, ...Array.from({ length: 5 }, () => database.open())];
    expect(await Promise.all(stores.map(countLocks))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('saves all of a transaction or nothing of it', async () => {
    const failing = store.transact(async (trx) => {
      await trx.insertInto('locks').values(lock).execute();
      throw new RangeError('the caller’s own');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await countLocks(store)).toBe(0);
  });

  test('tells a row that is there already from other failures, and a mistake in a query is nobody’s failure', async () => {
    await store.run((db) => db.insertInto('locks').values(lock).execute());
    const again = store.run((db) => db.insertInto('locks').values(lock).execute());
    await expect(again).rejects.toMatchObject({ name: 'StoreError', kind: 'duplicate' });
    const wrong = store.run((db) => sql`select * from nothing`.execute(db));
    await expect(wrong).rejects.not.toBeInstanceOf(StoreError);
    expect(await countLocks(store)).toBe(1);
  });

  test('goes on after a value that it cannot keep', async () => {
    // At a boolean the driver of SQLite would end the whole process.
    await store.run((db) => sql`select ${true}`.execute(db)).catch(() => undefined);
    expect(await countLocks(store)).toBe(0);
  });

  test('many writers of two processes all get through', async () => {
    const other = database.open();
    const writes = Array.from({ length: 60 }, (_, i) =>
      (i % 2 ? store : other).transact(async (trx) => {
        await trx
          .insertInto('locks')
          .values({ ...lock, name: `${i}` })
          .execute();
        await sleep(1);
      }),
    );
    await Promise.all(writes);
    expect(await countLocks(store)).toBe(60);
  });

  test('a lock is held by one at a time and given back, also when the work fails', async () => {
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

  test('a lock that is worked under for long stays held', async () => {
    const other = database.open();
    const isLost = await store.withLock('pins', async (signal) => {
      await sleep(6500);
      expect(await other.withLock('pins', async () => true)).toBeUndefined();
      return signal.aborted;
    });
    expect(isLost).toBe(false);
  });

  test('a lock is not lost, nor got, by a clock of one process that is wrong', async () => {
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

  test('a lock that was written before the clock was set back expires all the same', async () => {
    const wrong = { name: 'pins', owner: 'o', expires_at: '2999-01-01T00:00:00.000Z' };
    await store.run((db) => db.insertInto('locks').values(wrong).execute());
    expect(await store.withLock('pins', async () => 'free')).toBe('free');
  });

  test('a change by another process is heard, and one without changes of replies is not', async () => {
    const heard: (string | undefined)[] = [];
    const other = database.open();
    await Promise.all([store, other].map((one) => one.run((db) => db.selectFrom('pins').selectAll().execute())));
    const stop = store.onChange((guildId) => heard.push(guildId));
    await other.transact(async () => undefined, { changes: 'another' });
    await expect.poll(() => heard, { timeout: 5000 }).toContain('another');
    heard.length = 0;
    await other.run((db) => db.deleteFrom('locks').where('name', '=', 'nothing').execute());
    await sleep(2000);
    expect(heard).toEqual([]);
    stop();
  });

  test('a lock that another process took is lost at once, and the work is not taken for done', async () => {
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

  test('patience ends, and does not end early, where the clock of this process is set meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      let tries = 0;
      const busy = Object.assign(new Error('busy'), { code: '55P03' });
      const began = performance.now();
      const waiting = store.run(async () => {
        tries += 1;
        vi.setSystemTime(Date.now() + (tries % 2 ? 3_600_000 : -7_200_000));
        throw busy;
      });
      await expect(waiting).rejects.toMatchObject({ kind: 'locked' });
      expect(performance.now() - began).toBeGreaterThan(1500);
      expect(performance.now() - began).toBeLessThan(3000);
    } finally {
      vi.useRealTimers();
    }
  });

  test('listeners hear of a change once it is saved, and one that throws disturbs no other', async () => {
    const heard: (string | undefined)[] = [];
    store.onChange(() => {
      throw new Error('broken listener');
    });
    const stop = store.onChange((guildId) => heard.push(guildId));
    const { topic } = await addReply(store, { guildId: '1', authorId: '2', cause: 'a' }, draft);
    expect(heard).toContain('1');
    const saving = { guildId: '9', authorId: '2', cause: 'b', topic, expected: 0 };
    await expect(changeReply(store, saving, draft)).rejects.toThrow();
    expect(heard).not.toContain('9');
    stop();
    await store.announce('3');
    expect(heard).not.toContain('3');
  });
});

describe('a store whose SQLite file cannot be used', () => {
  let folder: string;
  let store: Store | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guidepost-store-'));
  });
  afterEach(async () => {
    await store?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('opens at once, says within two seconds what is wrong, and recovers when it is mended', async () => {
    const path = join(folder, 'a', 'db');
    await mkdir(path, { recursive: true });
    const began = performance.now();
    store = openStore(`file:${path}`, { log, clock: systemClock });
    expect(performance.now() - began).toBeLessThan(200);
    await expect(countLocks(store)).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(store.isReady).toBe(false);
    await rm(path, { recursive: true });
    await expect.poll(() => store && countLocks(store).catch(() => undefined), { timeout: 5000 }).toBe(0);
  });

  test('says that a file is no database', async () => {
    await writeFile(join(folder, 'db'), 'not a database '.repeat(500));
    store = openStore(`file:${join(folder, 'db')}`, { log, clock: systemClock });
    await expect(countLocks(store)).rejects.toMatchObject({ kind: 'corrupt' });
  });

  test('waits for another writer without stopping everything else, and gives up after two seconds', async () => {
    const path = join(folder, 'db');
    store = openStore(`file:${path}`, { log, clock: systemClock });
    await countLocks(store);
    const other = new Database(path);
    other.exec('begin immediate');
    let longest = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const save = (cause: string) => addReply(store ?? fail(), { guildId: '1', authorId: '2', cause }, draft);
    const began = performance.now();
    await expect(save('a')).rejects.toMatchObject({ kind: 'locked' });
    expect(performance.now() - began).toBeLessThan(2600);
    expect(longest).toBeLessThan(250);
    expect(await findReply(store, { guildId: '1', topic: 'r:00000000' })).toBeUndefined();
    const patient = save('b');
    await sleep(500);
    other.exec('commit');
    other.close();
    expect(await patient).toMatchObject({ revision: 1 });
    for (const cause of ['c', 'd']) expect(await save(cause)).toMatchObject({ revision: 1 });
    clearInterval(pulse);
  });
});

describe.runIf(postgresUrl)('a store whose PostgreSQL goes away', () => {
  const [, postgres] = databases;
  let database: TestDatabase;
  let line: Awaited<ReturnType<typeof openLine>>;
  let store: Store;
  beforeAll(async () => {
    if (postgres) database = await postgres.create();
    line = await openLine(database.url);
    store = openStore(line.url, { log, clock: systemClock });
    await countLocks(store);
  });
  afterAll(async () => {
    await store.close();
    line.cut();
    await database.close();
  });

  test('says so while it is gone and works again when it is back', async () => {
    line.cut();
    for (let i = 0; i < 3; i++) {
      const began = performance.now();
      await expect(countLocks(store)).rejects.toMatchObject({ kind: 'unavailable' });
      expect(performance.now() - began).toBeLessThan(2000);
    }
    expect(store.isReady).toBe(false);
    await line.mend();
    await expect.poll(() => countLocks(store).catch(() => undefined), { timeout: 5000 }).toBe(0);
  });

  test('says so within three seconds where the network is silent', async () => {
    line.freeze(true);
    const began = performance.now();
    await expect(countLocks(store)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(performance.now() - began).toBeLessThan(3000);
    line.freeze(false);
    line.cut();
    await line.mend();
    await expect.poll(() => countLocks(store).catch(() => undefined), { timeout: 8000 }).toBe(0);
  });

  test('tells listeners that anything may have changed once it hears again', async () => {
    const heard: (string | undefined)[] = [];
    const other = database.open();
    store.onChange((guildId) => heard.push(guildId));
    const hears = async (guildId: string) => {
      await other.announce(guildId);
      await sleep(20);
      return heard.includes(guildId);
    };
    await expect.poll(() => hears('1'), { timeout: 5000 }).toBe(true);
    heard.length = 0;
    line.cut();
    await other.announce('2');
    await line.mend();
    await expect.poll(() => heard, { timeout: 5000 }).toContain(undefined);
    await expect.poll(() => hears('3'), { timeout: 5000 }).toBe(true);
  });

  test('says that it is not available, and not that something is wrong here, where it takes no connections', async () => {
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

  test('says that it takes no changes where it is read-only, and still reads', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await administer(`alter database ${name} set default_transaction_read_only = on`);
    const own = database.open();
    const failure = await countLocks(own).catch(String);
    await administer(`alter database ${name} reset default_transaction_read_only`);
    expect(failure).toBe(0);
    await expect(own.run((db) => db.insertInto('locks').values(lock).execute())).rejects.toMatchObject({
      kind: 'read-only',
    });
    await own.close();
  });

  test('a lock is lost when the database cannot be reached until it expires', async () => {
    const own = openStore(line.url, { log, clock: systemClock });
    await countLocks(own);
    const working = own.withLock('pins', async (signal) => {
      expect(signal.aborted).toBe(false);
      line.cut();
      await expect.poll(() => signal.aborted, { timeout: 7000 }).toBe(true);
    });
    await expect(working).rejects.toMatchObject({ kind: 'locked' });
    await line.mend();
    await own.close();
  });

  test('a slow statement ends with its connection, and the others go on', async () => {
    const own = database.open();
    const logged = vi.fn();
    await countLocks(own);
    const slow = own.run((db) => sql`select pg_sleep(10)`.execute(db));
    slow.catch(logged);
    const until = performance.now() + 4000;
    while (performance.now() < until) {
      await countLocks(own);
      expect(own.isReady).toBe(true);
      await sleep(50);
    }
    await expect(slow).rejects.toMatchObject({ name: 'StoreError', kind: 'locked' });
    await own.close();
  });

  test('more work than there are connections waits, and drops none', async () => {
    const own = database.open();
    await countLocks(own);
    const slow = Array.from({ length: 24 }, () => own.run((db) => sql`select pg_sleep(1.9)`.execute(db)));
    const results = await Promise.allSettled(slow);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'locked' });
    expect(own.isReady).toBe(true);
    await countLocks(own);
    await own.close();
  });

  test('connections that the server ended are made again, without a pause for everybody', async () => {
    const own = database.open();
    await countLocks(own);
    const name = new URL(database.url).pathname.slice(1);
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    await sleep(100);
    await countLocks(own);
    expect(own.isReady).toBe(true);
    await own.close();
  });
});

test.each([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_WRITE', 'full'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
  ['SQLITE_READONLY_DBMOVED', 'read-only'],
  ['SQLITE_IOERR_READ', 'unavailable'],
  ['ENOSPC', 'full'],
  ['EACCES', 'read-only'],
  ['ENOTFOUND', 'unavailable'],
  ['SQLITE_ERROR', undefined],
])('an error %s of a driver is of the kind %s', (code, kind) => {
  expect(toStoreError(Object.assign(new Error('x'), { code }))?.kind).toBe(kind);
});

/** PostgreSQL's codes and what it calls them (manual, appendix A). */
test.each([
  ['08006', 'connection_failure', 'unavailable'],
  ['08P01', 'protocol_violation', 'unavailable'],
  ['25006', 'read_only_sql_transaction', 'read-only'],
  ['25P02', 'in_failed_sql_transaction', undefined],
  ['25P03', 'idle_in_transaction_session_timeout', 'unavailable'],
  ['25P04', 'transaction_timeout', 'unavailable'],
  ['28P01', 'invalid_password', 'unavailable'],
  ['3D000', 'invalid_catalog_name', 'unavailable'],
  ['40001', 'serialization_failure', 'locked'],
  ['40002', 'transaction_integrity_constraint_violation', undefined],
  ['40003', 'statement_completion_unknown', 'unavailable'],
  ['40P01', 'deadlock_detected', 'locked'],
  ['42501', 'insufficient_privilege', 'read-only'],
  ['53000', 'insufficient_resources', 'locked'],
  ['53100', 'disk_full', 'full'],
  ['53200', 'out_of_memory', 'locked'],
  ['53300', 'too_many_connections', 'locked'],
  ['53400', 'configuration_limit_exceeded', 'unavailable'],
  ['55000', 'object_not_in_prerequisite_state', 'unavailable'],
  ['55006', 'object_in_use', 'locked'],
  ['55P02', 'cant_change_runtime_param', 'unavailable'],
  ['55P03', 'lock_not_available', 'locked'],
  ['57000', 'operator_intervention', 'unavailable'],
  ['57014', 'query_canceled', 'locked'],
  ['57P01', 'admin_shutdown', 'unavailable'],
  ['57P02', 'crash_shutdown', 'unavailable'],
  ['57P03', 'cannot_connect_now', 'unavailable'],
  ['57P04', 'database_dropped', 'unavailable'],
  ['57P05', 'idle_session_timeout', 'unavailable'],
  ['58030', 'io_error', 'unavailable'],
  ['72000', 'snapshot_too_old', 'locked'],
  ['F0000', 'config_file_error', 'unavailable'],
  ['XX000', 'internal_error', 'unavailable'],
  ['XX001', 'data_corrupted', 'corrupt'],
  ['XX002', 'index_corrupted', 'corrupt'],
  ['23505', 'unique_violation', 'duplicate'],
  ['23502', 'not_null_violation', undefined],
  ['22021', 'character_not_in_repertoire', undefined],
  ['42P01', 'undefined_table', undefined],
  ['54001', 'statement_too_complex', undefined],
  ['0A000', 'feature_not_supported', undefined],
])('PostgreSQL’s error %s (%s) is of the kind %3$s', (code, _, kind) => {
  expect(toStoreError(Object.assign(new Error('x'), { code, name: 'error' }))?.kind).toBe(kind);
});

/** A line to a server that can be cut and frozen. */
async function openLine(target: string) {
  const { hostname, port, href } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let isFrozen = false;
  const accept = (near: Socket) => {
    const far = dial(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => !isFrozen && to.write(data));
      from.on('close', () => to.destroy()).on('error', () => to.destroy());
    }
  };
  const mend = (at = 0) =>
    new Promise<number>((resolve) => {
      server = createServer(accept).listen(at, '127.0.0.1', () => {
        const address = server?.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  const own = await mend();
  const url = new URL(href);
  url.port = String(own);
  return {
    url: url.href,
    cut() {
      server?.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    mend: () => mend(own),
    freeze(on: boolean) {
      isFrozen = on;
    },
  };
}

function fail(): never {
  throw new Error('there is no store');
}
