// The database, opened as the bot opens it, but nothing in it is made or changed.
import { sqlitePath } from '../store/sqlite.ts';
import type { DoctorFinding } from './finding.ts';
import type { Redact } from './foreign.ts';
import { checkPostgres } from './postgres.ts';
import { checkSqlite } from './sqlite.ts';

/** @param url as DATABASE_URL names it */
export async function checkDatabase(url: string, conceal: Redact): Promise<DoctorFinding[]> {
  return url.startsWith('file:') ? checkSqlite(sqlitePath(url), conceal) : checkPostgres(url, conceal);
}
