// The doctor's checks of a real PostgreSQL server, and of one that never responds.
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { runDoctor } from '../doctor/run-doctor.ts';
import { administer, countLocks, databases, postgresUrl, type TestDatabase } from '../store/databases.ts';
import { startWithoutListen } from './without-listen.ts';

const look = async (DATABASE_URL: string) => (await runDoctor({ DATABASE_URL })).output('database');

const opened: TestDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** A database on the server, that a bot has used unless `isUsed` is false. */
async function create(isUsed = true): Promise<TestDatabase> {
  const database = (await databases[1]?.create()) ?? expect.fail('there is no PostgreSQL');
  opened.push(database);
  if (isUsed) await countLocks(database.open());
  return database;
}

describe('a PostgreSQL server', () => {
  it('that never responds is a problem', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await look(`postgres://bot@127.0.0.1:${port}/guidepost`)).toMatch(/can’t be reached: .*timeout/);
    server.close();
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
    const database = await create(false);
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
    const { url } = await create();
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
