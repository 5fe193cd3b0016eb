// The schema of a new database, of older versions, which are upgraded, and of newer ones, which are left unchanged.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { MIGRATION_NAMES, migrate } from '../../src/store/migrations.ts';
import { sqliteDialect } from '../../src/store/sqlite.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { type DatabaseKind, databases, type TestDatabase, temporaryFolder } from './databases.ts';
import { execute, fillAsVersion1, rowsOfVersion1, tablesOfVersion1 } from './version-1.ts';

const opened: TestDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** A database of version 1.0.0, with a row in each table. */
async function createVersion1({ create }: DatabaseKind): Promise<TestDatabase> {
  const database = await create();
  opened.push(database);
  await fillAsVersion1(database.url, 'old');
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
    const clock = createVirtualClock(0);
    const store = openStore(database.url, {
      clock,
      log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    });
    await expect.poll(() => lines.length, { interval: 5 }).toBe(1);
    for (let i = 0; i < 3; i++)
      await expect(countOf(store, 'pins')).rejects.toMatchObject({ name: 'StoreError', kind: 'newer' });
    await clock.advance(59_000);
    expect(lines.filter((line) => line.includes('newer version of the bot (0999-later)'))).toHaveLength(1);
    expect(lines).toHaveLength(1);
    expect(store.health()).toEqual({ status: 'degraded', problem: 'database' });
    await store.close();
  });
});

describe('a SQLite database', () => {
  const open = (): Kysely<unknown> => {
    const folder = temporaryFolder();
    const db = new Kysely<unknown>({ dialect: sqliteDialect(join(folder, 'db')) });
    opened.push({
      url: '',
      open: () => expect.fail('not used'),
      async close() {
        await db.destroy();
        rmSync(folder, { recursive: true });
      },
    });
    return db;
  };
  const rowsOf = async (db: Kysely<unknown>, query: string) => (await sql.raw(query).execute(db)).rows;
  const migrations = (db: Kysely<unknown>) => rowsOf(db, 'select name, timestamp from kysely_migration order by name');
  const clock = createVirtualClock(Date.parse('2026-11-24T10:00:00Z'));
  /** The tables and indexes as SQL, without the table that only Kysely's own migrator has. */
  const schemaOf = (db: Kysely<unknown>) =>
    rowsOf(db, "select name, sql from sqlite_master where name not like '%migration_lock%' order by name");

  test('gets all migrations in order, with the clock’s time', async () => {
    const db = open();
    await migrate(db, clock);
    expect(MIGRATION_NAMES).toEqual([
      '0001-replies-and-pins',
      '0002-counts-and-questions',
      '0003-servers',
      '0004-pin-retries',
      '0005-changes',
      '0006-settings',
    ]);
    expect(await migrations(db)).toEqual(
      MIGRATION_NAMES.map((name) => ({ name, timestamp: '2026-11-24T10:00:00.000Z' })),
    );
  });

  test('is left as it is if it is up to date', async () => {
    const db = open();
    await migrate(db, clock);
    const before = await migrations(db);
    const later = { ...clock, now: () => clock.now() + 1000 };
    await migrate(db, later, () => expect.fail('there is nothing to upgrade'));
    expect(await migrations(db)).toEqual(before);
  });

  test('of version 1.0.0 gets the same schema as a new one, after the callback', async () => {
    const [fresh, old] = [open(), open()];
    await migrate(fresh, clock, () => expect.fail('a new database is not an upgrade'));
    for (const statement of tablesOfVersion1('SQLite').split(';\n')) {
      if (statement.trim() !== '') await sql.raw(statement).execute(old);
    }
    const called: string[] = [];
    await migrate(old, clock, async (first) => {
      await Promise.resolve();
      called.push(first);
      expect(await migrations(old)).toHaveLength(3);
    });
    expect(called).toEqual(['0004-pin-retries']);
    expect(await schemaOf(old)).toEqual(await schemaOf(fresh));
  });

  test('has the columns of version 1.1 only once they are needed, and may be empty', async () => {
    const db = open();
    await migrate(db, clock);
    const pins = "insert into pins values (1, 2, 3, 4, 5, 'alive', null, 6, 7, 8, null, null, null)";
    await rowsOf(db, pins);
    await expect(rowsOf(db, pins.replace('3', '9'))).rejects.toThrow('UNIQUE');
    const indexes = await rowsOf(db, "select sql from sqlite_master where name = 'pins_next_try'");
    expect(indexes).toEqual([
      { sql: 'CREATE INDEX "pins_next_try" on "pins" ("next_try_at") where "next_try_at" is not null' },
    ]);
    await expect(rowsOf(db, "insert into changes values ('1', null)")).rejects.toThrow('NOT NULL');
    await rowsOf(db, "insert into changes values ('1', '2')");
    await expect(rowsOf(db, "insert into changes values ('1', '3')")).rejects.toThrow('UNIQUE');
  });

  test('keeps its tables if one migration fails', async () => {
    const db = open();
    await sql`create table servers (x text)`.execute(db);
    await expect(migrate(db, clock)).rejects.toThrow('already exists');
    expect(await rowsOf(db, "select name from sqlite_master where type = 'table'")).toEqual([{ name: 'servers' }]);
  });

  test('of a newer version is refused with the names of what is unknown', async () => {
    const db = open();
    await migrate(db, clock);
    await sql`insert into kysely_migration values ('0998-b', ''), ('0997-a', '')`.execute(db);
    await expect(migrate(db, clock)).rejects.toMatchObject({
      kind: 'newer',
      message: expect.stringContaining('(0997-a, 0998-b)'),
    });
  });
});
