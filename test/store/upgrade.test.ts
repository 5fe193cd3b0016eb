// Databases of other versions: older ones are copied and upgraded, newer ones are left unchanged.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { sql } from 'kysely';
import Database from 'libsql';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { checkDatabase } from '../../src/doctor/database.ts';
import { MIGRATION_NAMES } from '../../src/store/migrations.ts';
import { sqlitePath } from '../../src/store/sqlite.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { type DatabaseKind, databases, type TestDatabase } from './databases.ts';
import { rowsOfVersion1, tablesOfVersion1 } from './version-1.ts';

const opened: TestDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** Runs statements as another program would. */
async function execute(url: string, statements: readonly string[]): Promise<void> {
  if (url.startsWith('file:')) {
    const database = new Database(sqlitePath(url));
    for (const statement of statements) database.exec(statement);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** A database of version 1.0.0, with a row in each table. */
async function createVersion1({ name, create }: DatabaseKind): Promise<TestDatabase> {
  const database = await create();
  opened.push(database);
  if (database.url.startsWith('file:')) mkdirSync(dirname(sqlitePath(database.url)));
  const tables = tablesOfVersion1(name === 'SQLite' ? 'SQLite' : 'PostgreSQL');
  await execute(database.url, [tables, ...rowsOfVersion1('old')]);
  return database;
}

const countOf = async (store: Store, table: 'revisions' | 'pins' | 'counts' | 'questions' | 'servers') =>
  (await store.run((db) => db.selectFrom(table).selectAll().execute())).length;

const OLD_TABLES = [
  'kysely_migration',
  'kysely_migration_lock',
  'revisions',
  'pins',
  'locks',
  'counts',
  'questions',
  'servers',
];

describe.each(databases)('on $name', (kind) => {
  test('a database of version 1.0.0 keeps its data', async () => {
    const database = await createVersion1(kind);
    const store = database.open();
    for (const table of ['revisions', 'pins', 'counts', 'questions', 'servers'] as const)
      expect(await countOf(store, table)).toBe(1);
    const { rows } = await store.run((db) => sql<{ name: string }>`select name from kysely_migration`.execute(db));
    expect(rows.map(({ name }) => name).sort()).toEqual(MIGRATION_NAMES);
  });

  test('a process of version 1.0.0 can go on writing after the upgrade', async () => {
    const database = await createVersion1(kind);
    const store = database.open();
    expect(await countOf(store, 'pins')).toBe(1);
    await execute(database.url, rowsOfVersion1('new'));
    for (const table of ['revisions', 'pins', 'counts', 'questions', 'servers'] as const)
      expect(await countOf(store, table)).toBe(2);
  });

  test('several processes can upgrade at the same time', async () => {
    const database = await createVersion1(kind);
    const stores = [1, 2, 3, 4].map(() => database.open());
    expect(await Promise.all(stores.map((store) => countOf(store, 'pins')))).toEqual([1, 1, 1, 1]);
  });

  test('an upgraded database is upgraded again after a backup of version 1.0.0 was restored over it', async () => {
    const database = await createVersion1(kind);
    const store = database.open();
    expect(await countOf(store, 'pins')).toBe(1);
    await store.close();
    // pg_restore --clean removes what is in the backup, and no other table.
    await execute(database.url, [
      ...OLD_TABLES.map((table) => `drop table ${table}`),
      tablesOfVersion1(kind.name === 'SQLite' ? 'SQLite' : 'PostgreSQL'),
      ...rowsOfVersion1('restored'),
    ]);
    expect(await countOf(database.open(), 'pins')).toBe(1);
  });

  test('migrations that ran while the clock was wrong do not prevent an upgrade', async () => {
    const database = await createVersion1(kind);
    await execute(database.url, [
      `update kysely_migration set timestamp = '1970-01-01T00:00:00.000Z' where name = '0003-servers'`,
    ]);
    expect(await countOf(database.open(), 'pins')).toBe(1);
  });

  test('a database of a newer version is left unchanged, with one line in the log, and retried rarely', async () => {
    const database = await createVersion1(kind);
    await execute(database.url, [`insert into kysely_migration values ('0999-later', '2030-01-01T00:00:00.000Z')`]);
    const lines: string[] = [];
    const store = openStore(database.url, {
      clock: systemClock,
      log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    });
    for (let i = 0; i < 5; i++) {
      const began = performance.now();
      await expect(countOf(store, 'pins')).rejects.toMatchObject({ name: 'StoreError', kind: 'newer' });
      if (i > 0) expect(performance.now() - began).toBeLessThan(100);
    }
    await new Promise((done) => setTimeout(done, 2500));
    expect(lines.filter((line) => line.includes('newer version of the bot (0999-later)'))).toHaveLength(1);
    expect(lines).toHaveLength(1);
    expect(store.health()).toEqual({ status: 'degraded', problem: 'database' });
    await store.close();
  });
});

describe('a SQLite file', () => {
  const [sqlite] = databases;
  const kind = () => sqlite ?? expect.fail('there is always SQLite');
  const COPY = `guidepost.db.before-${MIGRATION_NAMES[3]}`;
  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

  test('is copied before a new version changes it, including its write-ahead log', async () => {
    const database = await createVersion1(kind());
    const path = sqlitePath(database.url);
    const writer = new Database(path);
    writer.exec('pragma journal_mode = wal');
    writer.exec(rowsOfVersion1('late')[0] ?? '');
    expect(await countOf(database.open(), 'revisions')).toBe(2);
    writer.close();
    const copy = join(dirname(path), COPY);
    expect(modeOf(copy)).toBe('600');
    const kept = new Database(copy);
    expect(kept.prepare('select count(*) as n from revisions').get([])).toMatchObject({ n: 2 });
    expect(kept.prepare('select count(*) as n from kysely_migration').get([])).toMatchObject({ n: 3 });
    kept.close();
    const before = statSync(copy).mtimeMs;
    expect(await countOf(database.open(), 'revisions')).toBe(2);
    expect(statSync(copy).mtimeMs).toBe(before);
  });

  test('is copied unchanged, even if several processes upgrade it at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const database = await createVersion1(kind());
      await Promise.all([1, 2, 3].map(() => countOf(database.open(), 'pins')));
      const folder = dirname(sqlitePath(database.url));
      expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([COPY]);
      const kept = new Database(join(folder, COPY));
      expect(kept.prepare('select count(*) as n from kysely_migration').get([])).toMatchObject({ n: 3 });
      kept.close();
    }
  });

  test('is copied, and an abandoned copy of a killed process is removed', async () => {
    const database = await createVersion1(kind());
    const folder = dirname(sqlitePath(database.url));
    const [abandoned, current] = [join(folder, `${COPY}.12345`), join(folder, `${COPY}.12346`)];
    for (const path of [abandoned, current]) writeFileSync(path, 'SQLite format 3');
    const anHourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(abandoned, anHourAgo, anHourAgo);
    expect(await countOf(database.open(), 'pins')).toBe(1);
    const names = readdirSync(folder).filter((name) => name.includes('before'));
    expect(names.sort()).toEqual([COPY, basename(current)]);
  });

  test('is not copied if it is new', async () => {
    const database = await kind().create();
    opened.push(database);
    expect(await countOf(database.open(), 'pins')).toBe(0);
    const names = readdirSync(dirname(sqlitePath(database.url)));
    expect(names.filter((name) => name.includes('before'))).toEqual([]);
  });

  test('is upgraded even if it can’t be copied, and a warning is logged', async () => {
    const database = await createVersion1(kind());
    const path = sqlitePath(database.url);
    mkdirSync(join(dirname(path), COPY));
    const lines: string[] = [];
    const store = openStore(database.url, {
      clock: systemClock,
      log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    });
    expect(await countOf(store, 'pins')).toBe(1);
    await store.close();
    expect(lines.join('\n')).toContain('database not copied before the upgrade');
    expect(readdirSync(dirname(path)).filter((name) => name.startsWith(`${COPY}.`))).toEqual([]);
  });

  test('is created for its user only, and an existing one keeps its mode', async () => {
    const database = await kind().create();
    opened.push(database);
    const store = database.open();
    expect(await countOf(store, 'pins')).toBe(0);
    const path = sqlitePath(database.url);
    expect([modeOf(dirname(path)), modeOf(path), modeOf(`${path}-wal`)]).toEqual(['700', '600', '600']);
    await store.close();
    await chmod(path, 0o644);
    expect(await countOf(database.open(), 'pins')).toBe(0);
    expect(modeOf(path)).toBe('644');
    const findings = await checkDatabase(`file:${path}`, (text) => text);
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'hint']);
    expect(findings[1]?.text).toMatch(/other users of this machine have access/);
  });

  test('is found without the options after its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guidepost-upgrade-'));
    expect(sqlitePath(`file:${folder}/guide.db?mode=rwc&cache=shared`)).toBe(`${folder}/guide.db`);
    writeFileSync(join(folder, 'odd?.db'), '');
    expect(sqlitePath(`file:${folder}/odd?.db`)).toBe(`${folder}/odd?.db`);
    expect(existsSync(join(folder, 'odd'))).toBe(false);
    expect(basename(sqlitePath('file:data/my%20bot #1.db'))).toBe('my%20bot #1.db');
    rmSync(folder, { recursive: true });
  });
});
