// The check of a PostgreSQL server, with one that answers as each test says.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkDatabase } from '../../src/doctor/database.ts';
import { checkPostgres } from '../../src/doctor/postgres.ts';
import { MIGRATION_NAMES } from '../../src/store/migrations.ts';
import { FakePostgres, type Reply } from '../store/fake-postgres.ts';

const server = new FakePostgres();
beforeAll(() => server.listen());
afterAll(() => server.close());

/** What the server says about the database. */
let state: { is_read_only: boolean; schema: string | null; may_create: boolean; has_tables: boolean };
let applied: readonly string[];
beforeEach(() => {
  state = { is_read_only: false, schema: 'public', may_create: true, has_tables: true };
  applied = MIGRATION_NAMES;
  server.respond = respond;
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.reset();
});

function respond(query: string): Reply {
  if (query.includes('current_setting')) return [state];
  if (query === 'select name from kysely_migration order by name') return applied.map((name) => ({ name }));
  const [, notified] = /^notify (guidepost_doctor_[0-9a-f]{32})$/.exec(query) ?? [];
  if (notified) server.notify(notified, '');
  return [];
}

const redact = (text: string) => text.replaceAll('secret', '…');
const check = (url = server.url) => checkPostgres(url, redact);
const address = () => new URL(server.url).host;
const name = () => `PostgreSQL database guide at ${address()}`;
const problem = (text: string, advice: string) => [{ level: 'problem', check: 'database', text, advice, details: [] }];
const ok = (text: string) => [{ level: 'ok', check: 'database', text: `${name()} ${text}` }];
const UNREACHABLE = 'Check that it is running, the host and port in DATABASE_URL, and firewalls in between.';
const untilClosed = () => vi.waitFor(() => expect(server.connections).toBe(0), { interval: 1, timeout: 10_000 });

describe('a PostgreSQL server', () => {
  it('with an up-to-date database is ok, and both connections are ended', async () => {
    expect(await checkDatabase(server.url, redact)).toEqual(ok('is healthy; its tables are up to date'));
    const [listen, notify] = server.queries.slice(-2);
    expect(notify).toBe(listen?.replace('listen', 'notify'));
    await untilClosed();
    expect(server.startups).toHaveLength(2);
    expect(server.ended).toBe(2);
  });

  it('with an empty database is ok', async () => {
    state.has_tables = false;
    expect(await check()).toEqual(ok('is empty: the first start creates its tables'));
    expect(server.queries.join()).not.toContain('from kysely_migration');
  });

  it('with a database of a newer version is a problem, and notifications are not tested', async () => {
    applied = [...MIGRATION_NAMES, '0999-later'];
    expect(await check()).toMatchObject([{ level: 'problem', text: expect.stringContaining('0999-later') }]);
    expect(server.startups).toHaveLength(1);
    await untilClosed();
  });

  it('that is read-only is a problem', async () => {
    Object.assign(state, { is_read_only: true, has_tables: false });
    expect(await check()).toEqual(
      problem(`${name()} is read-only`, 'Set DATABASE_URL to the primary server: a standby is read-only.'),
    );
  });

  it.each([
    ['guide', 'guide'],
    [null, 'public'],
  ])('where the user may not create tables in the schema %s needs a grant', async (schema, named) => {
    Object.assign(state, { has_tables: false, may_create: false, schema });
    expect(await check()).toEqual(
      problem(
        `${name()}: the user bot is not allowed to create tables`,
        `As the database’s owner run: grant create on schema ${named} to "bot";`,
      ),
    );
  });

  it('where the tables exist needs no such grant', async () => {
    state.may_create = false;
    expect(await check()).toEqual(ok('is healthy; its tables are up to date'));
  });

  it('that refuses LISTEN is a hint', async () => {
    server.respond = (query) => (query.startsWith('listen') ? { code: '42601' } : respond(query));
    expect(await check()).toEqual([
      ...ok('is healthy; its tables are up to date'),
      {
        level: 'hint',
        check: 'database',
        text: `${address()} does not pass on notifications (LISTEN), like a pooler in transaction mode`,
        advice:
          'The bot works: several processes poll for changes every 1.5 s. For notifications, set DATABASE_URL to the server itself, or to the pooler’s address for session mode.',
        details: [],
      },
    ]);
    await untilClosed();
  });

  it('that ends the connection meanwhile is a problem', async () => {
    server.respond = (query) => (query.startsWith('notify') ? 'disconnect' : respond(query));
    const [, found] = await check();
    expect(found).toMatchObject({ level: 'problem', text: expect.stringContaining('Connection terminated') });
    await untilClosed();
  });

  it('whose answers are refused is a problem', async () => {
    server.respond = () => ({ code: '42501', message: 'no secret' });
    expect(await check()).toEqual(problem(`PostgreSQL at ${address()} can’t be used: no …`, 'Check PostgreSQL’s log.'));
    await untilClosed();
  });
});

describe('a connection that is refused', () => {
  it.each([
    [
      '28P01',
      'rejects the password of the user bot',
      'Fix the password in DATABASE_URL. Characters such as @ / # ? % in it must be percent-encoded (@ as %40).',
    ],
    [
      '28000',
      'rejects the user bot',
      'Check the user in DATABASE_URL: it must exist (createuser), and pg_hba.conf must allow it from here.',
    ],
    [
      '3D000',
      'has no database guide',
      'Create it on that server: createdb --owner="bot" "guide". Or fix the name in DATABASE_URL.',
    ],
    ['57P03', 'is starting or shutting down', 'Run this again in a minute.'],
    [
      '53300',
      'has no free connection',
      'Raise max_connections, or close other connections. Each process of the bot uses up to 10.',
    ],
    ['XX000', 'can’t be used: no …', 'Check PostgreSQL’s log.'],
  ])('with %s says what to do', async (code, text, advice) => {
    server.refusal = { code, message: 'no secret' };
    expect(await check()).toEqual(problem(`PostgreSQL at ${address()} ${text}`, advice));
  });

  it('because the server ends it is one that can’t be reached', async () => {
    server.refusal = 'disconnect';
    expect(await check()).toEqual(
      problem(`PostgreSQL at ${address()} can’t be reached: Connection terminated unexpectedly`, UNREACHABLE),
    );
  });

  it('because there is no server says its code', async () => {
    expect(await check('postgres://bot:secret@127.0.0.1:9/guide')).toEqual(
      problem('PostgreSQL at 127.0.0.1:9 can’t be reached: ECONNREFUSED', UNREACHABLE),
    );
  });

  it('because a certificate is missing names the file', async () => {
    expect(await check('postgres://bot@127.0.0.1:9/x?sslmode=verify-full&sslrootcert=/no/secret/file')).toEqual([
      expect.objectContaining({
        level: 'problem',
        text: expect.stringMatching(/^a file that DATABASE_URL names cannot be read: .*\/no\/…\/file/),
        advice: 'Fix sslrootcert, sslcert or sslkey in DATABASE_URL, or make the file readable.',
      }),
    ]);
  });

  it('because it can’t be encrypted is a problem', async () => {
    expect(await check(`${server.url}?sslmode=verify-full`)).toEqual(
      problem(
        `PostgreSQL at ${address()}: the encrypted connection failed: The server does not support SSL connections`,
        'Check sslmode in DATABASE_URL, and set sslrootcert to the server’s certificate.',
      ),
    );
  });
});

describe('the server’s name', () => {
  it.each([
    ['postgres://bot:secret@/guide?host=/no/such/folder&port=5433', 'PostgreSQL at /no/such/folder:5433'],
    ['postgres:///guide?host=/no/such/folder', 'PostgreSQL at /no/such/folder:5432'],
    ['postgres://127.0.0.1:9/guide?user=bot@server&password=secret', 'PostgreSQL at 127.0.0.1:9'],
  ])('is as the driver reads %s', async (url, expected) => {
    const [found] = await check(url);
    expect(found?.text).toContain(`${expected} can’t be reached`);
  });

  it('is localhost without a host', async () => {
    vi.stubEnv('PGHOST', '');
    const [found] = await check('postgres:///guide?port=9');
    expect(found?.text).toBe('PostgreSQL at localhost:9 can’t be reached: ECONNREFUSED');
  });

  it('has defaults from the environment', async () => {
    const { hostname, port } = new URL(server.url);
    vi.stubEnv('PGHOST', hostname);
    vi.stubEnv('PGPORT', port);
    vi.stubEnv('PGUSER', 'ann');
    vi.stubEnv('PGDATABASE', 'library');
    server.refusal = { code: '3D000' };
    const text = async (url: string) => (await check(url))[0]?.advice;
    expect(await text('postgres:///')).toContain('--owner="ann" "library"');
    expect(await text('postgres://b%40b@/other%20one?host=127.0.0.1')).toContain('--owner="b@b" "other one"');
    vi.stubEnv('PGDATABASE', '');
    expect(await text('postgres:///')).toContain('--owner="ann" "ann"');
    vi.stubEnv('PGUSER', '');
    vi.stubEnv('USER', 'eve');
    expect(await text('postgres:///')).toContain('--owner="eve" "eve"');
  });
});
