// A copy of a SQLite file, made before a new version changes its tables, so that one can go back.
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'libsql';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** How long another process may hold the file, in ms. */
const BUSY_MS = 1000;
/** A draft that was not written to for so long belongs to a process that was killed, in ms. */
const ABANDONED_MS = 60_000;

/**
 * Makes a function that copies a database to a file beside it, once. Without room for a copy it logs that and goes on:
 * migrations run in one transaction, so the database itself is not at risk.
 * @param path of the database
 * @returns takes the name of the first migration that follows, which becomes a part of the copy's name
 */
export function createUpgradeCopy(
  path: string,
  { log, clock }: { log: Logger; clock: Clock },
): (first: string) => Promise<void> {
  let isDone = false;
  return async (first) => {
    if (isDone) return;
    isDone = true;
    const place = `${path}.before-${first}`;
    const draft = `${place}.${process.pid}`;
    try {
      removeAbandoned(place, clock.now());
      copy(path, draft);
      // Another process may have migrated in the meantime: its copy is the right one.
      if (isMigrated(draft, first)) return rmSync(draft, { force: true });
      renameSync(draft, place);
      log.info({ copy: place }, 'database copied before the upgrade');
    } catch (error) {
      rmSync(draft, { force: true });
      log.warn({ err: error, copy: place }, 'database not copied before the upgrade');
    }
  };
}

/** Removes drafts that killed processes left: each is as large as the database. */
function removeAbandoned(place: string, now: number): void {
  const folder = dirname(place);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(place)}.`) || !/\.\d+$/.test(name)) continue;
    const { mtimeMs } = statSync(join(folder, name));
    if (mtimeMs < now - ABANDONED_MS) rmSync(join(folder, name), { force: true });
  }
}

/** Writes all that is saved, the write-ahead log included, into a file that only this user may read. */
function copy(path: string, draft: string): void {
  rmSync(draft, { force: true });
  closeSync(openSync(draft, 'wx', 0o600));
  const database = new Database(path, { timeout: BUSY_MS });
  try {
    database.exec(`vacuum into '${draft.replaceAll("'", "''")}'`);
  } finally {
    database.close();
  }
  const file = openSync(draft, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function isMigrated(draft: string, first: string): boolean {
  const database = new Database(draft);
  try {
    return database.prepare('select 1 from kysely_migration where name = ?').all([first]).length > 0;
  } finally {
    database.close();
  }
}
