// The check of a SQLite file, without creating or changing anything.
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'libsql';
import { afterAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/doctor/database.ts';
import { checkSqlite } from '../../src/doctor/sqlite.ts';
import { MIGRATION_NAMES } from '../../src/store/migrations.ts';
import { temporaryFolder } from '../store/databases.ts';

const home = temporaryFolder();
afterAll(() => rmSync(home, { recursive: true }));

const check = (path: string) => checkSqlite(path, (text) => `<${text}>`);
/** A file for its user only. */
function createFile(name: string, text = ''): string {
  const path = join(home, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
function createDatabase(name: string, statements: string): string {
  const path = createFile(name);
  const database = new Database(path);
  database.exec(statements);
  database.close();
  return path;
}
const problem = (text: string, advice: string) => [{ level: 'problem', check: 'database', text, advice, details: [] }];
const WRITE_ACCESS =
  'Run this as the bot’s user. If you did, give that user write access to the file and its folder (chown, chmod).';
const ok = (text: string) => [{ level: 'ok', check: 'database', text }];

describe('a SQLite file', () => {
  it('that does not exist yet is ok, and not created by the check', () => {
    const path = join(home, 'new', 'folder', 'guidepost.db');
    for (const one of [path, relative('.', path)])
      expect(check(one)).toEqual(ok(`${one} does not exist yet: the first start creates it`));
    expect(existsSync(join(home, 'new'))).toBe(false);
  });

  it('cannot be a folder, or be inside a file', () => {
    expect(check(home)).toEqual(problem(`${home} is not a file`, 'Set DATABASE_URL=file:… to a file, not a folder.'));
    const file = createFile('file');
    expect(check(join(file, 'a', 'guidepost.db'))).toEqual(
      problem(`${file} is not a folder`, 'Set DATABASE_URL=file:… to a file in a folder.'),
    );
  });

  it('that is empty is ok', () => {
    const path = createFile('empty.db');
    expect(check(path)).toEqual(ok(`${path} is empty: the first start creates its tables`));
  });

  it('with all migrations is ok, and left as it is', async () => {
    const rows = MIGRATION_NAMES.map((name) => `('${name}')`).reverse();
    const path = createDatabase(
      'used.db',
      `create table kysely_migration (name text); insert into kysely_migration values ${rows.join(', ')}`,
    );
    expect(check(path)).toEqual(ok(`${path} is healthy; its tables are up to date`));
    expect(await checkDatabase(`file:${path}?mode=ro`, (text) => text)).toEqual(check(path));
    expect(readdirSync(home).filter((name) => name.startsWith('used'))).toEqual(['used.db']);
  });

  it('of a newer version names the unknown migrations in order', () => {
    const path = createDatabase(
      'newer.db',
      "create table kysely_migration (name text); insert into kysely_migration values ('0999-b'), ('0998-a')",
    );
    expect(check(path)).toEqual(
      problem(
        `${path} is from a newer version of the bot: this version does not know 0998-a, 0999-b`,
        'Run the newer version again, or restore the backup from before it (docs/operating.md, "Upgrade").',
      ),
    );
  });

  it('that is not a database is a problem with advice to restore a backup', () => {
    const path = createFile('text.db', 'Dear diary, this is no database at all.'.repeat(500));
    expect(check(path)).toEqual([
      expect.objectContaining({
        level: 'problem',
        text: expect.stringMatching(/text\.db is damaged, or not a SQLite database: <.+>$/),
        advice:
          'Stop the bot, keep a copy of the file, and restore a backup (docs/operating.md, "Backup and restore").',
      }),
    ]);
  });

  it('that is damaged is a problem with what SQLite found', () => {
    const path = createDatabase('damaged.db', 'create table t (x text)');
    const file = openSync(path, 'r+');
    // The number of unused pages (https://sqlite.org/fileformat.html, "The Database Header").
    writeSync(file, Buffer.from([0, 0, 0, 5]), 0, 4, 36);
    closeSync(file);
    expect(check(path)).toEqual([
      expect.objectContaining({
        level: 'problem',
        text: expect.stringMatching(/damaged\.db is damaged, or not a SQLite database: [^<]*reelist/),
        advice: expect.stringContaining('restore a backup'),
      }),
    ]);
  });

  it('that cannot be read in the expected way is a problem with the error', () => {
    const path = createDatabase('odd.db', 'create table kysely_migration (other text)');
    expect(check(path)).toEqual(
      problem(
        `${path} cannot be opened: <no such column: name>`,
        'Check the disk (is it full or read-only?) and the owner of the file.',
      ),
    );
  });

  it.skipIf(process.getuid?.() === 0)('that is not writable is a problem, and so is its folder', () => {
    const folder = join(home, 'locked');
    mkdirSync(folder);
    const path = createFile('locked/guidepost.db');
    chmodSync(path, 0o400);
    expect(check(path)).toEqual(problem(`${path} is not writable for the current user`, WRITE_ACCESS));
    chmodSync(path, 0o600);
    chmodSync(folder, 0o500);
    for (const one of [path, join(folder, 'new.db')])
      expect(check(one)).toEqual(problem(`${folder} is not writable for the current user`, WRITE_ACCESS));
    chmodSync(folder, 0o700);
  });

  it.each([
    [0o600, 1],
    [0o660, 1],
    [0o604, 2],
    [0o602, 2],
    [0o601, 2],
  ])('of mode %o has %i findings', (mode, count) => {
    const path = createFile(`mode-${mode}.db`);
    chmodSync(path, mode);
    const findings = check(path);
    expect(findings).toHaveLength(count);
    expect(findings[1]).toEqual(
      count === 1
        ? undefined
        : {
            level: 'hint',
            check: 'database',
            text: `other users of this machine have access to ${path}`,
            advice: `Run: chmod o-rwx "${path}"*`,
            details: [],
          },
    );
  });
});
