// Checks of the database, with real files and a real PostgreSQL if there is one.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { administer, databases, postgresUrl, type TestDatabase } from '../store/databases.ts';
import { startWithoutListen } from '../store/without-listen.ts';
import { runDoctor } from './run-doctor.ts';

const look = async (DATABASE_URL: string) => (await runDoctor({ DATABASE_URL })).output('database');

const opened: TestDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});
const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
afterAll(() => rmSync(home, { recursive: true }));

/** Creates the tables, as the first start does. */
const start = (store: Store) => store.run((db) => db.selectFrom('pins').selectAll().execute());

/** A database that a bot has used. */
async function used({ create }: (typeof databases)[number], meanwhile: (store: Store) => Promise<unknown> = start) {
  const database = await create();
  opened.push(database);
  const store = database.open();
  await start(store);
  await meanwhile(store);
  await store.close();
  return database.url;
}

describe.each(databases)('a database on $name', (kind) => {
  it('that the bot has used is ok', async () => {
    expect(await look(await used(kind))).toMatch(/^ok database .* is healthy; its tables are up to date$/);
  });

  it('from an older version is ok, and not upgraded by the check', async () => {
    const url = await used(kind, (store) =>
      store.run((db) => sql`delete from kysely_migration where name <> '0001-replies-and-pins'`.execute(db)),
    );
    for (let i = 0; i < 2; i++)
      expect(await look(url)).toMatch(/^ok database .* is healthy; the next start upgrades its tables$/);
  });

  it('from a newer version is a problem', async () => {
    const url = await used(kind, (store) =>
      store.run((db) => sql`insert into kysely_migration values ('0999-later', '2030-01-01')`.execute(db)),
    );
    expect(await look(url)).toMatch(
      /^problem database .* is from a newer version of the bot: this version does not know 0999-later\n → Run the newer version again, or restore/,
    );
  });
});

describe('a SQLite file', () => {
  const [sqlite] = databases;
  const path = (name: string) => join(home, name);

  it('that does not exist yet is ok, and not created by the check', async () => {
    expect(await look(`file:${path('new/folder/guidepost.db')}`)).toMatch(
      /^ok database .*guidepost\.db does not exist yet: the first start creates it$/,
    );
    expect(existsSync(path('new'))).toBe(false);
  });

  it('that a running bot has open can be checked', async () => {
    const database = await sqlite?.create();
    if (!database) throw new Error('there is no SQLite');
    opened.push(database);
    const store = database.open();
    await start(store);
    expect(await look(database.url)).toMatch(/^ok .*up to date$/);
    await start(store);
  });

  it('that is empty is ok', async () => {
    writeFileSync(path('empty.db'), '');
    expect(await look(`file:${path('empty.db')}`)).toMatch(/^ok .* is empty: the first start creates its tables/);
  });

  it('that is damaged or not a database is a problem with advice to restore a backup', async () => {
    writeFileSync(path('text.db'), 'Dear diary, this is no database at all.'.repeat(500));
    const text = await look(`file:${path('text.db')}`);
    expect(text).toMatch(
      /^problem database .*text\.db is damaged, or not a SQLite database: .*\n → Stop the bot, keep a copy/,
    );
    if (!sqlite) throw new Error('there is no SQLite');
    const pages = readFileSync((await used(sqlite)).slice('file:'.length));
    pages.fill(0x55, 4096, 3 * 4096); // the second and third page
    writeFileSync(path('damaged.db'), pages);
    expect(await look(`file:${path('damaged.db')}`)).toMatch(/^problem database .*damaged\.db is damaged/);
  });

  it('can’t be a folder, or be inside a file', async () => {
    expect((await runDoctor({ DATABASE_URL: `file:${home}` })).output('environment')).toMatch(
      /^problem environment DATABASE_URL must name a file, not a folder\n → Fix DATABASE_URL/,
    );
    writeFileSync(path('file'), '');
    expect(await look(`file:${path('file/guidepost.db')}`)).toMatch(/^problem database .* is not a folder\n → /);
  });
});

describe('a PostgreSQL server', () => {
  it('that is not running is a problem', async () => {
    const text = await look('postgres://bot:geheim@127.0.0.1:9/guidepost');
    expect(text).toMatch(
      /^problem database PostgreSQL at 127\.0\.0\.1:9 can’t be reached: ECONNREFUSED\n → Check that it is running, the host and port/,
    );
    expect(text).not.toContain('geheim');
  });

  it.each([
    ['postgres://bot:geheim@/guidepost?host=/no/such/folder&port=5433', '/no/such/folder:5433'],
    ['postgres:///guidepost?host=/no/such/folder', '/no/such/folder:5432'],
    ['postgres://127.0.0.1:9/guidepost?user=bot@server&password=geheim', '127.0.0.1:9'],
  ])('is named as the driver reads the URL %s', async (url, address) => {
    const text = await look(url);
    expect(text).toContain(`PostgreSQL at ${address} can’t be reached`);
    expect(text).not.toContain('geheim');
  });

  it('that never responds is a problem', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await look(`postgres://bot@127.0.0.1:${port}/guidepost`)).toMatch(/can’t be reached: .*timeout/);
    server.close();
  });

  it.each(['postgres://bot:12/geheim@db/guidepost', 'postgres://bot:12#geheim@db/x', 'postgres://bot:geheim@'])(
    'whose password is not percent-encoded (%s) is a problem, and the password is not printed',
    async (url) => {
      const text = (await runDoctor({ DATABASE_URL: url })).output('environment');
      expect(text).toMatch(/^problem environment DATABASE_URL must be postgres:.* @ as %40/);
      expect(text).not.toContain('geheim');
    },
  );

  it('with a missing certificate file is a problem', async () => {
    const text = await look('postgres://bot@127.0.0.1:9/x?sslmode=verify-full&sslrootcert=/no/such/file');
    expect(text).toMatch(/a file that DATABASE_URL names cannot be read: .*\/no\/such\/file.*\n → Fix sslrootcert/);
  });
});

describe.skipIf(!postgresUrl)('a running PostgreSQL server', () => {
  const at = (name: string, user = 'postgres', password = '') => {
    const url = new URL(postgresUrl);
    Object.assign(url, { pathname: `/${name}`, username: user, password });
    return url.href;
  };
  const unique = (what: string) => `doctor_${what}_${process.pid}`;

  it('with an empty database is ok, and no tables are created', async () => {
    const database = await databases[1]?.create();
    if (!database) throw new Error('there is no PostgreSQL');
    opened.push(database);
    for (let i = 0; i < 2; i++)
      expect(await look(database.url)).toMatch(
        /^ok database PostgreSQL database \w+ at .* is empty: the first start creates its tables/,
      );
  });

  it('without that database is a problem with advice to create it', async () => {
    expect(await look(at('no_such'))).toMatch(
      /^problem database PostgreSQL at \S+ has no database no_such\n → Create it on that server: createdb --owner="postgres" "no_such"/,
    );
  });

  it('that is read-only is a problem', async () => {
    const name = unique('standby');
    await administer(`create database ${name}`);
    await administer(`alter database ${name} set default_transaction_read_only = on`);
    expect(await look(at(name))).toMatch(/^problem database .* is read-only\n → Set DATABASE_URL to the primary/);
    await administer(`drop database ${name} with (force)`);
  });

  it('that refuses LISTEN is a hint, and one that is read-only too is a problem', async () => {
    const proxy = await startWithoutListen(postgresUrl);
    const [, postgres] = databases;
    const url = await used(postgres ?? expect.fail('there is no PostgreSQL'));
    const through = proxy.through(url);
    expect(await look(through)).toMatch(/^ok database .* up to date\nhint database .*does not pass on notifications/);
    await administer(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
    expect(await look(through)).toMatch(/^problem database .* is read-only\n → Set DATABASE_URL to the primary/);
    proxy.close();
  });

  it('where the user is not allowed to create tables is a problem with the missing grant', async () => {
    const [name, user] = [unique('strict'), unique('user')];
    await administer(`create role ${user} login password 'pw'`);
    await administer(`create database ${name}`);
    const text = await look(at(name, user, 'pw'));
    expect(text).toMatch(/^problem database .* is not allowed to create tables\n/);
    expect(text).toContain(`→ As the database’s owner run: grant create on schema public to "${user}";`);
    await administer(`drop database ${name} with (force)`);
    await administer(`drop role ${user}`);
  });

  // The tests' own server asks nobody for a password: it is changed to ask this user. Other servers are left unchanged.
  it.skipIf(Boolean(process.env.TEST_POSTGRES_URL))(
    'that rejects the password, or needs one, is a problem',
    async () => {
      const user = unique('asked');
      await administer(`create role ${user} login password 'right'`);
      await administer('create table if not exists doctor_hba (line text)');
      await administer(`do $$ begin
      execute format('copy doctor_hba from %L', current_setting('hba_file'));
      execute format($q$copy (select 'host all ${user} all scram-sha-256' union all select line from doctor_hba) to %L$q$, current_setting('hba_file'));
      perform pg_reload_conf();
    end $$`);
      for (const password of ['wrong-and-secret', '']) {
        await expect.poll(() => look(at('postgres', user, password))).toMatch(/rejects the password of the user/);
        const text = await look(at('postgres', user, password));
        expect(text).toContain('→ Fix the password in DATABASE_URL.');
        expect(text).not.toContain('wrong-and-secret');
      }
      expect(await look(at('postgres', unique('nobody')))).toMatch(/rejects the user \w+\n → Check the user/);
      await administer('drop table doctor_hba');
      await administer(`drop role ${user}`);
    },
  );
});
