// Copies a SQLite file before a new version changes its tables, so that the operator can go back.
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'libsql';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** How long another process may hold the file, in ms. */
const BUSY_TIMEOUT_MS = 1000;
/** After this time without a write, a temporary file counts as left by a process that was killed, in ms. */
const ABANDONED_MS = 60_000;

/**
 * Creates the function that copies a database to a file beside it, once. It takes the name of the first pending
 * migration, which becomes part of the copy's name. If the copy fails, for example on a full disk, it logs a warning:
 * migrations run in one transaction, so the database itself is not at risk.
 * @param path of the database
 */
export function createUpgradeCopy(
  path: string,
  { log, clock }: { log: Logger; clock: Clock },
): (first: string) => Promise<void> {
  let isDone = false;
  return async (first) => {
    if (isDone) return;
    isDone = true;
    const copyPath = `${path}.before-${first}`;
    const temporary = `${copyPath}.${process.pid}`;
    try {
      removeAbandoned(copyPath, clock.now());
      copyDatabase(path, temporary);
      // Another process may have migrated meanwhile: then its copy is the right one.
      if (isMigrated(temporary, first)) return rmSync(temporary, { force: true });
      renameSync(temporary, copyPath);
      log.info({ copy: copyPath }, 'database copied before the upgrade');
    } catch (error) {
      rmSync(temporary, { force: true });
      log.warn({ err: error, copy: copyPath }, 'database not copied before the upgrade');
    }
  };
}

/** Removes temporary files that killed processes left: each is as large as the database. */
function removeAbandoned(copyPath: string, now: number): void {
  const folder = dirname(copyPath);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(copyPath)}.`) || !/\.\d+$/.test(name)) continue;
    const { mtimeMs } = statSync(join(folder, name));
    if (mtimeMs < now - ABANDONED_MS) rmSync(join(folder, name), { force: true });
  }
}

/** Copies the database, including its write-ahead log, into a file that only this user may read. */
function copyDatabase(path: string, temporary: string): void {
  rmSync(temporary, { force: true });
  closeSync(openSync(temporary, 'wx', 0o600));
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(`vacuum into '${temporary.replaceAll("'", "''")}'`);
  } finally {
    database.close();
  }
  const file = openSync(temporary, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isMigrated(temporary: string, first: string): boolean {
  const database = new Database(temporary);
  try {
    return database.prepare('select 1 from kysely_migration where name = ?').all([first]).length > 0;
  } finally {
    database.close();
  }
}
