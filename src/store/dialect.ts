// Which dialect a database speaks, and its time in that dialect.
import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely';

type AnyDb = Pick<Kysely<unknown>, 'getExecutor'>;

/** Whether the database is SQLite; otherwise it is PostgreSQL. */
export function isSqlite(db: AnyDb): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

/**
 * The database's time, shifted by a number of seconds, as ISO text.
 * @param digits of the second's fraction on PostgreSQL: 3 (`MS`) or 6 (`US`). SQLite has 3.
 */
export function databaseTime(db: AnyDb, shiftS: number, digits: 'MS' | 'US' = 'MS'): RawBuilder<string> {
  const shift = sql.lit(`${shiftS < 0 ? '' : '+'}${shiftS} seconds`);
  if (isSqlite(db)) return sql<string>`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ${shift})`;
  const format = sql.lit(`YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"`);
  return sql<string>`to_char((clock_timestamp() + ${shift}::interval) at time zone 'utc', ${format})`;
}
