// The copy of a SQLite file before an upgrade.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUpgradeCopy } from '../../src/store/upgrade-copy.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { temporaryFolder } from './databases.ts';
import { rowsOfVersion1, tablesOfVersion1 } from './version-1.ts';

const FIRST = '0004-pin-retries';
const COPY = `it's.db.before-${FIRST}`;
const lines: string[] = [];
const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
let folder: string;
let path: string;
let writer: Database.Database;
beforeEach(() => {
  lines.length = 0;
  folder = temporaryFolder();
  // A quote is part of the name.
  path = join(folder, 'it’s.db'.replace('’', "'"));
  writer = new Database(path);
  writer.exec('pragma journal_mode = wal');
  writer.exec(tablesOfVersion1('SQLite'));
});
afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true });
});

const createCopy = (now = Date.now()) => createUpgradeCopy(path, { log, clock: createVirtualClock(now) });
const copies = () =>
  readdirSync(folder)
    .filter((name) => name.includes('before'))
    .sort();
const counted = (table: string) => {
  const copy = new Database(join(folder, COPY));
  try {
    return copy.prepare(`select count(*) as n from ${table}`).get([]);
  } finally {
    copy.close();
  }
};

test('has the write-ahead log of the original, is for this user only, and is logged', async () => {
  writer.exec(rowsOfVersion1('late')[0] ?? '');
  await createCopy()(FIRST);
  expect(copies()).toEqual([COPY]);
  expect(counted('revisions')).toMatchObject({ n: 1 });
  expect((statSync(join(folder, COPY)).mode & 0o777).toString(8)).toBe('600');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 30, copy: join(folder, COPY), msg: 'database copied before the upgrade' },
  ]);
});

test('is made once by each process', async () => {
  const copy = createCopy();
  await copy(FIRST);
  rmSync(join(folder, COPY));
  await copy(FIRST);
  expect(copies()).toEqual([]);
});

test('replaces the copy of an earlier try', async () => {
  await createCopy()(FIRST);
  writer.exec(rowsOfVersion1('late')[0] ?? '');
  await createCopy()(FIRST);
  expect(counted('revisions')).toMatchObject({ n: 1 });
});

test('of a database that another process has upgraded meanwhile is dropped', async () => {
  await createCopy()(FIRST);
  writer.exec(rowsOfVersion1('late')[0] ?? '');
  writer.exec(`insert into kysely_migration values ('${FIRST}', '')`);
  lines.length = 0;
  await createCopy()(FIRST);
  expect(copies()).toEqual([COPY]);
  expect(counted('revisions')).toMatchObject({ n: 0 });
  expect(lines).toEqual([]);
});

test('removes temporary files without a write for more than a minute, and nothing else', async () => {
  const now = Date.now();
  const ages = { [`${COPY}.1`]: 60_100, [`${COPY}.2`]: 59_900, [`${COPY}.bak`]: 90_000, [`x${COPY}.3`]: 90_000 };
  for (const [name, age] of Object.entries(ages)) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), new Date(now), new Date(now - age));
  }
  await createCopy(now)(FIRST);
  expect(copies()).toEqual([COPY, `${COPY}.2`, `${COPY}.bak`, `x${COPY}.3`].sort());
});

test('replaces its own temporary file', async () => {
  writeFileSync(join(folder, `${COPY}.${process.pid}`), 'half a copy');
  await createCopy()(FIRST);
  expect(copies()).toEqual([COPY]);
  expect(counted('kysely_migration')).toMatchObject({ n: 3 });
});

test('that fails is a warning, and leaves nothing behind', async () => {
  mkdirSync(join(folder, COPY));
  await createCopy()(FIRST);
  expect(copies()).toEqual([COPY]);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 40,
    msg: 'database not copied before the upgrade',
    copy: join(folder, COPY),
    err: { code: expect.stringMatching(/^E/) },
  });
});

test('of a file that is missing is a warning', async () => {
  const missing = createUpgradeCopy(join(folder, 'no', 'db'), { log, clock: createVirtualClock(0) });
  await missing(FIRST);
  expect(lines).toHaveLength(1);
  expect(existsSync(join(folder, 'no'))).toBe(false);
});
