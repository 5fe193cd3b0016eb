// Which dialect a database speaks, and its time in that dialect.
import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { isoTime } from '../time.ts';

type AnyDb = Pick<Kysely<unknown>, 'getExecutor'>;

/** Whether the database is SQLite; otherwise it is PostgreSQL. */
export function isSqlite(db: AnyDb): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

/**
 * The time that all processes of a database share, shifted by a number of seconds, as ISO text. On PostgreSQL it is the
 * server's. Processes that use one SQLite file are on one machine, so there it is the clock's.
 * @param digits of the second's fraction on PostgreSQL: 3 (`MS`) or 6 (`US`). SQLite has 3.
 */
export function databaseTime(
  db: AnyDb,
  clock: Pick<Clock, 'now'>,
  shiftS: number,
  digits: 'MS' | 'US' = 'MS',
): RawBuilder<string> {
  if (isSqlite(db)) return sql<string>`${isoTime(clock.now() + shiftS * 1000)}`;
  const shift = sql.lit(`${shiftS < 0 ? '' : '+'}${shiftS} seconds`);
  const format = sql.lit(`YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"`);
  return sql<string>`to_char((clock_timestamp() + ${shift}::interval) at time zone 'utc', ${format})`;
}
