// Checks a SQLite file: its permissions, its integrity and its schema version.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { toStoreError } from '../store/errors.ts';
import { type DoctorFinding, hint, pass, problem } from './finding.ts';
import type { Redact } from './redact.ts';
import { checkSchema } from './schema.ts';

/** How long another process may hold the file, in ms. */
const BUSY_TIMEOUT_MS = 2000;

/** @param path of the file; it may not exist yet */
export function checkSqlite(path: string, redact: Redact): DoctorFinding[] {
  return [checkFile(path, redact), ...checkMode(path)];
}

function checkFile(path: string, redact: Redact): DoctorFinding {
  if (!existsSync(path)) return checkNewFile(path);
  if (!statSync(path).isFile())
    return problem('database', `${path} is not a file`, 'Set DATABASE_URL=file:… to a file, not a folder.');
  // SQLite writes its log into files beside the database.
  const unwritable = [path, dirname(path)].find((one) => !isWritable(one));
  if (unwritable !== undefined) return notWritable(unwritable);
  try {
    return inspectFile(path);
  } catch (error) {
    const kind = toStoreError(error)?.kind;
    if (kind === 'corrupt') return damaged(path, redact(messageOf(error)));
    return problem(
      'database',
      `${path} cannot be opened: ${redact(messageOf(error))}`,
      kind === 'locked'
        ? 'Another program has locked it: end that program, or run this again in a minute.'
        : 'Check the disk (is it full or read-only?) and the owner of the file.',
    );
  }
}

/** Version 1.0.0 created files that all users of the machine can read. Windows has no such modes. */
function checkMode(path: string): DoctorFinding[] {
  if (process.platform === 'win32' || !existsSync(path)) return [];
  const stats = statSync(path);
  if (!stats.isFile() || (stats.mode & 0o007) === 0) return [];
  const text = `other users of this machine have access to ${path}`;
  return [hint('database', text, `Run: chmod o-rwx "${path}"*`)];
}

/** The first start creates the file. */
function checkNewFile(path: string): DoctorFinding {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory())
    return problem('database', `${folder} is not a folder`, 'Set DATABASE_URL=file:… to a file in a folder.');
  if (!isWritable(folder)) return notWritable(folder);
  return pass('database', `${path} does not exist yet: the first start creates it`);
}

function inspectFile(path: string): DoctorFinding {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  const rows = <T>(schema: z.ZodType<T>, query: string) => z.array(schema).parse(database.prepare(query).all());
  try {
    const [found] = rows(z.object({ quick_check: z.string() }), 'pragma quick_check(1)');
    if (found && found.quick_check !== 'ok') return damaged(path, found.quick_check);
    const names = z.object({ name: z.string() });
    const [table] = rows(names, "select name from sqlite_master where name = 'kysely_migration'");
    const applied = table && rows(names, 'select name from kysely_migration order by name').map(({ name }) => name);
    return checkSchema(path, applied);
  } finally {
    database.close();
  }
}

function damaged(path: string, found: string): DoctorFinding {
  return problem(
    'database',
    `${path} is damaged, or not a SQLite database: ${found}`,
    'Stop the bot, keep a copy of the file, and restore a backup (docs/operating.md, "Backup and restore").',
  );
}

function notWritable(path: string): DoctorFinding {
  return problem(
    'database',
    `${path} is not writable for the current user`,
    'Run this as the bot’s user. If you did, give that user write access to the file and its folder (chown, chmod).',
  );
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
