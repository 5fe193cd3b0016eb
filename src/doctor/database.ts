// The database, opened as the bot opens it, but nothing in it is made or changed.
import { pathOf } from '../store/sqlite.ts';
import type { Finding } from './finding.ts';
import type { Conceal } from './foreign.ts';
import { checkPostgres } from './postgres.ts';
import { checkSqlite } from './sqlite.ts';

/** @param url as DATABASE_URL names it */
export async function checkDatabase(url: string, conceal: Conceal): Promise<Finding[]> {
  return url.startsWith('file:') ? checkSqlite(pathOf(url), conceal) : checkPostgres(url, conceal);
}
