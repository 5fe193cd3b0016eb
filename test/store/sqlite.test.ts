// SQLite behind Kysely: how files are opened and closed, transactions, and writers that get in each other's way.
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Kysely, sql } from 'kysely';
import Database from 'libsql';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { sqliteDialect, sqlitePath } from '../../src/store/sqlite.ts';
import { openStore } from '../../src/store/store.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { countLocks, log, temporaryFolder } from './databases.ts';

interface Letters {
  letters: { letter: string; n: number };
}

const home = temporaryFolder();
const opened: Kysely<Letters>[] = [];
let count = 0;
afterEach(async () => {
  for (const db of opened.splice(0)) await db.destroy();
});
afterAll(() => rmSync(home, { recursive: true }));

const newPath = () => join(home, `${++count}.db`);
function connect(path = newPath()): Kysely<Letters> {
  const db = new Kysely<Letters>({ dialect: sqliteDialect(path) });
  opened.push(db);
  return db;
}
async function createLetters(path = newPath()): Promise<Kysely<Letters>> {
  const db = connect(path);
  await sql`create table letters (letter text primary key, n integer not null)`.execute(db);
  return db;
}
const insert = (db: Kysely<Letters>, letter: string) => db.insertInto('letters').values({ letter, n: 1 }).execute();
const lettersOf = async (db: Kysely<Letters>) => {
  const rows = await db.selectFrom('letters').select('letter').orderBy('letter').execute();
  return rows.map(({ letter }) => letter).join('');
};
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('the path in a URL', () => {
  it('loses the options after it', () => {
    expect(sqlitePath(`file:${home}/guide.db?mode=rwc&cache=shared\nx`)).toBe(`${home}/guide.db`);
  });

  it('keeps a question mark if a file has that name', () => {
    writeFileSync(join(home, 'odd?.db'), '');
    expect(sqlitePath(`file:${home}/odd?.db`)).toBe(`${home}/odd?.db`);
    expect(existsSync(join(home, 'odd'))).toBe(false);
  });

  it('is decoded only after two slashes', () => {
    expect(basename(sqlitePath('file:data/my%20bot #1.db'))).toBe('my%20bot #1.db');
    expect(sqlitePath(pathToFileURL(join(home, 'my bot.db')).href)).toBe(join(home, 'my bot.db'));
  });
});

describe('a file', () => {
  it('is created at the first query, for its user only, with its folders', async () => {
    const path = join(home, 'new', 'folder', 'guide.db');
    const db = connect(path);
    expect(existsSync(dirname(path))).toBe(false);
    await sql`create table t (n integer)`.execute(db);
    expect([modeOf(dirname(path)), modeOf(path), modeOf(`${path}-wal`)]).toEqual(['700', '600', '600']);
  });

  it('that exists keeps its mode and its content', async () => {
    const path = newPath();
    const first = await createLetters(path);
    await insert(first, 'a');
    await first.destroy();
    chmodSync(path, 0o644);
    const second = connect(path);
    expect(await lettersOf(second)).toBe('a');
    expect(modeOf(path)).toBe('644');
  });

  it('has a log that is synced at each commit and written back in time, and checks foreign keys', async () => {
    const db = connect();
    const pragmas: unknown[] = [];
    for (const name of ['journal_mode', 'synchronous', 'foreign_keys', 'wal_autocheckpoint'])
      pragmas.push((await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db)).rows[0]);
    expect(pragmas.map((row) => Object.values(row ?? {})[0])).toEqual(['wal', 2, 1, 1000]);
  });

  it('is complete without its log when it is closed', async () => {
    const path = newPath();
    const db = await createLetters(path);
    await insert(db, 'a');
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    await db.destroy();
    expect(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0).toBe(0);
    await expect(insert(db, 'b')).rejects.toThrow();
  });

  it('can be closed while another process reads it', async () => {
    const path = newPath();
    const db = await createLetters(path);
    const reader = new Database(path);
    reader.exec('begin; select * from letters');
    await insert(db, 'a');
    await db.destroy();
    reader.close();
    expect(await lettersOf(connect(path))).toBe('a');
  });

  it.each([
    ['a folder', () => home],
    ['inside a file', () => join(home, 'file', 'db')],
  ])('that is %s cannot be opened', async (_, path) => {
    writeFileSync(join(home, 'file'), '');
    await expect(sql`select 1`.execute(connect(path()))).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'unavailable',
    });
  });

  it('that cannot be opened for another reason is unavailable', async () => {
    const path = join(home, 'zero\0byte', 'db');
    await expect(sql`select 1`.execute(connect(path))).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'unavailable',
      message: expect.stringContaining(`the database ${path} cannot be opened: `),
      cause: { code: 'ERR_INVALID_ARG_VALUE' },
    });
  });

  it('that is not a database is corrupt', async () => {
    const path = newPath();
    writeFileSync(path, 'not a database '.repeat(500));
    await expect(sql`select 1`.execute(connect(path))).rejects.toMatchObject({ code: 'SQLITE_NOTADB' });
  });

  it('that could not be opened is tried again', async () => {
    const path = newPath();
    mkdirSync(path);
    const clock = createVirtualClock(0);
    const store = openStore(`file:${path}`, { log, clock });
    const failing = countLocks(store).catch((error: unknown) => error);
    await new Promise(setImmediate);
    await clock.advance(1500);
    expect(await failing).toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect(store.health()).toEqual({ status: 'degraded', problem: 'database' });
    rmSync(path, { recursive: true });
    const counting = countLocks(store);
    await clock.advance(1200);
    expect(await counting).toBe(0);
    expect(store.health()).toBeUndefined();
    await store.close();
  });
});

describe('a statement', () => {
  it('may not have booleans, on which the driver would end the process', async () => {
    const db = await createLetters();
    const values = [true, false];
    for (const value of values) {
      await expect(sql`select ${value}`.execute(db)).rejects.toThrow(new TypeError('SQLite has no booleans'));
      await expect(sql`insert into letters values ('a', ${value})`.execute(db)).rejects.toThrow(TypeError);
      const stream = db.selectFrom('letters').selectAll().where(sql<boolean>`${value}`).stream();
      await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow(TypeError);
    }
    expect(await lettersOf(db)).toBe('');
  });

  it('reports what it changed', async () => {
    const db = await createLetters();
    await insert(db, 'a');
    await insert(db, 'b');
    const result = await db.updateTable('letters').set({ n: 2 }).executeTakeFirst();
    expect(result.numUpdatedRows).toBe(2n);
    expect(await db.selectFrom('letters').selectAll().where('letter', '=', 'a').execute()).toEqual([
      { letter: 'a', n: 2 },
    ]);
  });

  it('that fails leaves no lock behind, and the same statement works again', async () => {
    const path = newPath();
    const db = await createLetters(path);
    await insert(db, 'a');
    for (let i = 0; i < 2; i++) await expect(insert(db, 'a')).rejects.toMatchObject({ code: /CONSTRAINT/ });
    const other = connect(path);
    await insert(other, 'b');
    await insert(db, 'c');
    expect(await lettersOf(other)).toBe('abc');
  });

  it('works again after hundreds of other ones', async () => {
    const db = await createLetters();
    for (let i = 0; i < 250; i++) await sql.raw(`select ${i}`).execute(db);
    await insert(db, 'a');
    const { rows } = await sql<{ n: number }>`select 0 as n`.execute(db);
    expect(rows).toEqual([{ n: 0 }]);
    expect(await lettersOf(db)).toBe('a');
  });

  it('can be read row by row', async () => {
    const db = await createLetters();
    for (const letter of ['a', 'b']) await insert(db, letter);
    const found: string[] = [];
    for await (const { letter } of db.selectFrom('letters').selectAll().where('n', '=', 1).stream()) found.push(letter);
    expect(found).toEqual(['a', 'b']);
  });
});

describe('a transaction', () => {
  it('is committed as a whole', async () => {
    const path = newPath();
    const db = await createLetters(path);
    const other = connect(path);
    await db.transaction().execute(async (trx) => {
      await insert(trx, 'a');
      await insert(trx, 'b');
      expect(await lettersOf(other)).toBe('');
    });
    expect(await lettersOf(other)).toBe('ab');
  });

  it('is rolled back if its work throws, and later ones work', async () => {
    const db = await createLetters();
    const failing = db.transaction().execute(async (trx) => {
      await insert(trx, 'a');
      throw new RangeError('own');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await lettersOf(db)).toBe('');
    await db.transaction().execute((trx) => insert(trx, 'b'));
    expect(await lettersOf(db)).toBe('b');
  });

  it('in which a statement failed can go on', async () => {
    const db = await createLetters();
    await db.transaction().execute(async (trx) => {
      await insert(trx, 'a');
      await expect(insert(trx, 'a')).rejects.toThrow('UNIQUE');
      await insert(trx, 'b');
    });
    expect(await lettersOf(db)).toBe('ab');
  });

  it('takes the write lock at its start, so others fail immediately and then work', async () => {
    const path = newPath();
    const db = await createLetters(path);
    const other = connect(path);
    await db.transaction().execute(async () => {
      for (let i = 0; i < 2; i++) {
        await expect(insert(other, 'b')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
        await expect(other.transaction().execute((trx) => insert(trx, 'c'))).rejects.toMatchObject({
          code: 'SQLITE_BUSY',
        });
      }
      expect(await lettersOf(other)).toBe('');
    });
    await insert(other, 'b');
    await other.transaction().execute((trx) => insert(trx, 'c'));
    expect(await lettersOf(db)).toBe('bc');
  });

  it('that SQLite has rolled back by itself fails with its first error', async () => {
    const db = await createLetters();
    const failing = db.transaction().execute(async (trx) => {
      // As on a full disk.
      await sql`rollback`.execute(trx);
      throw new RangeError('the first error');
    });
    await expect(failing).rejects.toThrow('the first error');
    await insert(db, 'a');
    expect(await lettersOf(db)).toBe('a');
  });
});
