// The store behind PgBouncer, as hosted databases use it.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ReplyCache } from '../../src/replies/cache.ts';
import { addReply } from '../../src/replies/repository.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { runDoctor } from '../doctor/run-doctor.ts';
import { databases, log, type TestDatabase } from '../store/databases.ts';
import { noPooler, type Pooler, startPooler } from './pooler.ts';

if (noPooler) console.info(`tests behind a pooler skipped: ${noPooler}`);

const draft = { title: 'T', text: 'x', aliases: [] };

describe.skipIf(noPooler)('a store behind PgBouncer', () => {
  describe.each(['session', 'transaction'] as const)('in %s mode', (mode) => {
    let pooler: Pooler;
    let database: TestDatabase;
    const stores: Store[] = [];
    const open = (logged = log) => {
      const store = openStore(pooler.through(database.url), { log: logged, clock: systemClock });
      stores.push(store);
      return store;
    };
    const writeTo = (lines: string[]) => pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });

    beforeAll(async () => {
      pooler = await startPooler(mode);
      const [, postgres] = databases;
      if (postgres) database = await postgres.create();
    });
    afterEach(async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()));
    });
    afterAll(async () => {
      await pooler.stop();
      await database.close();
    });

    test('creates its tables, saves and reads', async () => {
      const store = open();
      expect(await addReply(store, { guildId: '1', authorId: '2', cause: 'a' }, draft)).toMatchObject({ revision: 1 });
      expect(store.health()).toBeUndefined();
    });

    test('sees changes by another process, and logs once if it has to poll for them', async () => {
      const lines: string[] = [];
      const [store, other] = [open(writeTo(lines)), open()];
      const replyCache = new ReplyCache(store, { log });
      expect(await replyCache.repliesOf('4')).toEqual([]);
      await sleep(7000);
      await addReply(other, { guildId: '4', authorId: '2', cause: 'b' }, draft);
      await expect.poll(async () => (await replyCache.repliesOf('4')).length, { timeout: 4000 }).toBe(1);
      expect(lines.filter((line) => line.includes('notifications do not arrive'))).toHaveLength(
        mode === 'transaction' ? 1 : 0,
      );
      replyCache.close();
    });

    test('limits the time of a statement, and leaves no setting behind for other clients', async () => {
      const store = open();
      await expect(store.run((db) => sql`select pg_sleep(4)`.execute(db))).rejects.toMatchObject({ kind: 'locked' });
      const left = await store.run((db) =>
        sql<{ n: number }>`select count(*)::int as n from pg_locks where locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())`.execute(db),
      );
      expect(left.rows).toEqual([{ n: 0 }]);
      const { default: pg } = await import('pg');
      const clients = Array.from(
        { length: 5 },
        () => new pg.Client({ connectionString: pooler.through(database.url) }),
      );
      for (const client of clients) await client.connect();
      const limits = await Promise.all(clients.map((client) => client.query('show statement_timeout')));
      for (const client of clients) await client.end();
      expect(limits.map(({ rows }) => rows[0].statement_timeout)).toEqual(['0', '0', '0', '0', '0']);
    });

    test('lets one process at a time hold a lock', async () => {
      const [store, other] = [open(), open()];
      const held = await store.withLock('pins', () => other.withLock('pins', async () => 'both').then(String));
      expect(held).toBe('undefined');
      expect(await other.withLock('pins', async () => 'free')).toBe('free');
    });

    test('is reported by the doctor if notifications do not arrive', async () => {
      await open().run((db) => db.selectFrom('pins').selectAll().execute());
      const output = (await runDoctor({ DATABASE_URL: pooler.through(database.url) })).output('database');
      expect(output).toMatch(/^ok database .* up to date/);
      if (mode === 'session') expect(output).not.toContain('hint');
      else expect(output).toMatch(/\nhint database .*does not pass on notifications/);
    });
  });
});
