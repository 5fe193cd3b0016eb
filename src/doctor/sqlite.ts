// SQLite: the file, its folder, and what is in it.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { toStoreError } from '../store/errors.ts';
import { type DoctorFinding, hint, pass, problem } from './finding.ts';
import type { Redact } from './foreign.ts';
import { judgeSchema } from './schema.ts';

/** How long another process may hold the file, in ms. */
const BUSY_MS = 2000;

/** @param path of the file, which need not exist */
export function checkSqlite(path: string, conceal: Redact): DoctorFinding[] {
  return [checkFile(path, conceal), ...checkMode(path)];
}

function checkFile(path: string, conceal: Redact): DoctorFinding {
  if (!existsSync(path)) return checkPlace(path);
  if (!statSync(path).isFile())
    return problem('database', `${path} is no file`, 'DATABASE_URL=file:… must name a file, not a folder.');
  // SQLite writes its log into files of its own beside the database.
  const locked = [path, dirname(path)].find((one) => !isWritable(one));
  if (locked !== undefined) return notWritable(locked);
  try {
    return look(path);
  } catch (error) {
    const kind = toStoreError(error)?.kind;
    if (kind === 'corrupt') return damaged(path, conceal(messageOf(error)));
    return problem(
      'database',
      `${path} cannot be opened: ${conceal(messageOf(error))}`,
      kind === 'locked'
        ? 'Another program holds it for long: end that program, or look at it again in a minute.'
        : 'Look at the disk (is it full? does it take writes?) and at who owns the file.',
    );
  }
}

/** Version 1.0.0 made files that every user of the machine may read. Windows has no such modes. */
function checkMode(path: string): DoctorFinding[] {
  if (process.platform === 'win32' || !existsSync(path)) return [];
  const stats = statSync(path);
  if (!stats.isFile() || (stats.mode & 0o007) === 0) return [];
  const text = `${path} can be read by other users of this machine`;
  return [hint('database', text, `Run: chmod o-rwx ${path}*`)];
}

/** A file that the first start will make. */
function checkPlace(path: string): DoctorFinding {
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory())
    return problem('database', `${folder} is no folder`, 'DATABASE_URL=file:… must name a file in a folder.');
  if (!isWritable(folder)) return notWritable(folder);
  return pass('database', `${path} does not exist yet: it will be made at the first start`);
}

function look(path: string): DoctorFinding {
  const database = new Database(path, { timeout: BUSY_MS });
  const rows = <T>(schema: z.ZodType<T>, query: string) => z.array(schema).parse(database.prepare(query).all());
  try {
    const [found] = rows(z.object({ quick_check: z.string() }), 'pragma quick_check(1)');
    if (found && found.quick_check !== 'ok') return damaged(path, found.quick_check);
    const names = z.object({ name: z.string() });
    const [table] = rows(names, "select name from sqlite_master where name = 'kysely_migration'");
    const applied = table && rows(names, 'select name from kysely_migration order by name').map(({ name }) => name);
    return judgeSchema(path, applied);
  } finally {
    database.close();
  }
}

function damaged(path: string, found: string): DoctorFinding {
  return problem(
    'database',
    `${path} is damaged, or no SQLite database: ${found}`,
    'End the bot, keep a copy of the file, and restore a backup (docs/operating.md, "Backup and restore").',
  );
}

function notWritable(path: string): DoctorFinding {
  return problem(
    'database',
    `${path} is not writable for the user who runs this`,
    'Run this as the user who runs the bot. If that user it is: give it the file and its folder (chown, chmod).',
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
