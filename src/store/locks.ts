// Named locks across processes, for work that only one process may do at a time.
import { randomUUID } from 'node:crypto';
import type { Kysely, RawBuilder } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { RunQuery } from './changes.ts';
import { databaseTime } from './dialect.ts';
import { StoreError } from './errors.ts';
import type { Tables } from './schema.ts';

/** Work under a lock. The signal aborts when the lock is lost: another process may then hold it. */
type LockedWork<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Runs the work while it holds the lock of that name. Resolves with undefined if another process holds it.
 * @throws {StoreError} of kind `locked` if the lock was lost meanwhile: the work may be incomplete
 */
export type WithLock = <T>(name: string, work: LockedWork<T>) => Promise<T | undefined>;

/** After a crash another process takes over after this time, in ms: soon enough for pins (docs/decisions/007). */
const LEASE_MS = 5000;
const RENEW_INTERVAL_MS = 1000;

/**
 * Locks as rows with a lease that must be renewed. They work the same on SQLite and on PostgreSQL, including behind a
 * pooler, where a session lock would stay with a connection that another client gets.
 *
 * They don't depend on the clocks of the processes: rows are compared with the time that all of them share
 * (`databaseTime`), and the lease is measured on a monotonic clock from before the request.
 * @param run runs a query, as `Store.run` does
 */
export function createRowLocks(run: RunQuery, { log, clock }: { log: Logger; clock: Clock }): WithLock {
  return async (name, work) => {
    const owner = randomUUID();
    const requestedAt = clock.monotonic();
    if (!(await run((db) => acquireLock(db, clock, name, owner)))) return undefined;
    const lost = new AbortController();
    const ended = new AbortController();
    const renew = () => run((db) => renewLock(db, clock, name, owner));
    void keepRenewing(clock, renew, requestedAt + LEASE_MS, lost, ended.signal);
    try {
      const result = await work(lost.signal);
      if (lost.signal.aborted) throw new StoreError('locked', `the lock ${name} was lost`);
      return result;
    } finally {
      ended.abort();
      await run((db) =>
        db.deleteFrom('locks').where('name', '=', name).where('owner', '=', owner).executeTakeFirst(),
      ).catch((error) => log.warn({ err: error, name }, 'lock not released, it will expire'));
    }
  };
}

/**
 * Renews a lock until it is released or lost.
 * @param renew resolves with false if another process holds the lock
 * @param heldUntil as `Clock.monotonic()`; `lost` aborts at this time or earlier
 */
async function keepRenewing(
  clock: Clock,
  renew: () => Promise<boolean>,
  heldUntil: number,
  lost: AbortController,
  ended: AbortSignal,
): Promise<void> {
  const expireAt = (until: number) => clock.after(until - clock.monotonic(), () => lost.abort());
  const stopped = AbortSignal.any([lost.signal, ended]);
  let cancelExpiry = expireAt(heldUntil);
  while (!stopped.aborted) {
    await clock.sleep(RENEW_INTERVAL_MS, { signal: stopped, ref: false }).catch(() => undefined);
    if (stopped.aborted) break;
    const requestedAt = clock.monotonic();
    try {
      if (!(await renew())) lost.abort();
    } catch {
      // A database that is down may be back before the lock expires.
      continue;
    }
    cancelExpiry();
    if (!stopped.aborted) cancelExpiry = expireAt(requestedAt + LEASE_MS);
  }
  cancelExpiry();
}

/**
 * Takes the lock for 5 seconds if it is free. A lease that ends later than that was written before the database's clock
 * was set back: it is ignored.
 * @returns whether this owner holds the lock
 */
async function acquireLock(db: Kysely<Tables>, clock: Clock, name: string, owner: string): Promise<boolean> {
  const [now, expires_at] = timesIn(db, clock);
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

/** Updates an existing row only: a renewal after the release must not create one. */
async function renewLock(db: Kysely<Tables>, clock: Clock, name: string, owner: string): Promise<boolean> {
  const [, expires_at] = timesIn(db, clock);
  const result = await db
    .updateTable('locks')
    .set({ expires_at })
    .where('name', '=', name)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The time that all processes share, and the end of a lease that starts now, as ISO text. */
function timesIn(db: Kysely<Tables>, clock: Clock): [now: RawBuilder<string>, expires: RawBuilder<string>] {
  return [databaseTime(db, clock, 0), databaseTime(db, clock, LEASE_MS / 1000)];
}
