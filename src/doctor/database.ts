// Checks the database, without creating or changing anything in it.
import { sqlitePath } from '../store/sqlite.ts';
import type { DoctorFinding } from './finding.ts';
import { checkPostgres } from './postgres.ts';
import type { Redact } from './redact.ts';
import { checkSqlite } from './sqlite.ts';

/** @param url the value of DATABASE_URL */
export async function checkDatabase(url: string, redact: Redact): Promise<DoctorFinding[]> {
  return url.startsWith('file:') ? checkSqlite(sqlitePath(url), redact) : checkPostgres(url, redact);
}
