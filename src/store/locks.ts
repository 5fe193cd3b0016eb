// Named locks across processes, so that one replica at a time does what needs doing once.
import { randomUUID } from 'node:crypto';
import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { StoreError } from './errors.ts';
import type { Tables } from './schema.ts';

/** Work under a lock. Its signal aborts when the lock is lost: another process may then hold it. */
export type LockedWork<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Runs the work while it holds the lock of that name. Resolves with undefined where another holds it.
 * @throws {StoreError} of the kind `locked` where the lock was lost meanwhile: the work may be incomplete
 */
export type WithLock = <T>(name: string, work: LockedWork<T>) => Promise<T | undefined>;

/** After a crash another process takes over so much later, in ms; a pin must follow a change within 8 seconds. */
const EXPIRES_MS = 5000;
const RENEW_MS = 1000;

/**
 * Locks as rows that expire unless they are renewed. They work the same on SQLite and on PostgreSQL, also behind a
 * pooler, where a lock of the session would stay with a connection that somebody else gets.
 *
 * No process's own clock counts: rows are compared with the database's time, and how long a lock is held is measured
 * from before it was asked for, on a clock that cannot be set.
 * @param run runs a query, as `Store.run` does
 */
export function rowLocks(
  run: <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>,
  { log, clock }: { log: Logger; clock: Clock },
): WithLock {
  return async (name, work) => {
    const owner = randomUUID();
    const asked = clock.monotonic();
    if (!(await run((db) => takeRow(db, name, owner)))) return undefined;
    const lost = new AbortController();
    const ended = new AbortController();
    const renew = () => run((db) => renewRow(db, name, owner));
    void keep(clock, renew, asked + EXPIRES_MS, lost, ended.signal);
    try {
      const result = await work(lost.signal);
      if (lost.signal.aborted) throw new StoreError('locked', `the lock ${name} was lost`);
      return result;
    } finally {
      ended.abort();
      await run((db) =>
        db.deleteFrom('locks').where('name', '=', name).where('owner', '=', owner).executeTakeFirst(),
      ).catch((error) => log.warn({ err: error, name }, 'lock not released, it expires by itself'));
    }
  };
}

/**
 * Renews a lock until it is ended or lost, whichever is first.
 * @param renew false where another holds the lock
 * @param heldUntil as `Clock.monotonic()`; `lost` aborts at the latest then
 */
async function keep(
  clock: Clock,
  renew: () => Promise<boolean>,
  heldUntil: number,
  lost: AbortController,
  ended: AbortSignal,
): Promise<void> {
  const expireAt = (until: number) => clock.after(until - clock.monotonic(), () => lost.abort());
  const either = AbortSignal.any([lost.signal, ended]);
  let cancelExpiry = expireAt(heldUntil);
  while (!either.aborted) {
    await clock.sleep(RENEW_MS, { signal: either, ref: false }).catch(() => undefined);
    if (either.aborted) break;
    const asked = clock.monotonic();
    try {
      if (!(await renew())) lost.abort();
    } catch {
      // A database that is down may be back before the lock expires.
      continue;
    }
    cancelExpiry();
    if (!either.aborted) cancelExpiry = expireAt(asked + EXPIRES_MS);
  }
  cancelExpiry();
}

/**
 * Whether the row is now this owner's, for the next 5 seconds. What expires later than that was written before the
 * clock was set back, and counts for nothing.
 */
async function takeRow(db: Kysely<Tables>, name: string, owner: string): Promise<boolean> {
  const [now, expires_at] = timesIn(db);
  const result = await db
    .insertInto('locks')
    .values({ name, owner, expires_at })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ owner, expires_at })
        .where((eb) => eb.or([eb('locks.expires_at', '<', now), eb('locks.expires_at', '>', expires_at)])),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Only the row that is there: a renewal that comes after the release makes none. */
async function renewRow(db: Kysely<Tables>, name: string, owner: string): Promise<boolean> {
  const [, expires_at] = timesIn(db);
  const result = await db
    .updateTable('locks')
    .set({ expires_at })
    .where('name', '=', name)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The database's time, and when a lock taken now expires, as ISO text. */
function timesIn(db: Kysely<Tables>): [now: RawBuilder<string>, expires: RawBuilder<string>] {
  const seconds = EXPIRES_MS / 1000;
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    const at = (shift: string) => sql<string>`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ${sql.lit(shift)})`;
    return [at('+0 seconds'), at(`+${seconds} seconds`)];
  }
  const at = (shift: string) =>
    sql<string>`to_char((clock_timestamp() + ${sql.lit(shift)}::interval) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return [at('0 seconds'), at(`${seconds} seconds`)];
}
