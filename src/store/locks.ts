// Named locks across processes, so that one replica at a time does what needs doing once.
import { createHash, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { toStoreError } from './errors.ts';
import { connectClient, endClient } from './postgres.ts';
import type { Tables } from './schema.ts';

/** Work under a lock. Its signal aborts when the lock is lost: another process may then hold it. */
export type LockedWork<T> = (signal: AbortSignal) => Promise<T>;

/** Runs the work while it holds the lock of that name. Resolves with undefined where another holds it. */
export type WithLock = <T>(name: string, work: LockedWork<T>) => Promise<T | undefined>;

/**
 * Locks of PostgreSQL, held by a connection of their own: whoever dies loses them at once.
 * @param url the database
 */
export function postgresLocks(url: string): WithLock {
  return async (name, work) => {
    const lost = new AbortController();
    try {
      const client = await connectClient(url, () => lost.abort());
      try {
        const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as is_held', [keyOf(name)]);
        return rows[0]?.is_held === true ? await work(lost.signal) : undefined;
      } finally {
        // Ending the connection gives the lock back too, but only once the server has noticed.
        await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
        endClient(client);
      }
    } catch (error) {
      throw toStoreError(error) ?? error;
    }
  };
}

/** Advisory locks are numbers. */
function keyOf(name: string): string {
  return createHash('sha256').update(`guidepost ${name}`).digest().readBigInt64BE().toString();
}

/** After a crash another process takes over so much later; a pin must follow a change within 8 seconds. */
const EXPIRES_MS = 5000;
const RENEW_MS = 1000;

/**
 * Locks as rows that expire unless they are renewed: SQLite has none that outlive a transaction.
 * @param run runs a query, as `Store.run` does
 */
export function rowLocks(run: <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>, log: Logger): WithLock {
  return async (name, work) => {
    const owner = randomUUID();
    const take = () => run((db) => takeRow(db, name, owner));
    if (!(await take())) return undefined;
    const lost = new AbortController();
    let heldUntil = Date.now() + EXPIRES_MS;
    const renewing = setInterval(() => {
      take()
        .then((isHeld) => {
          if (isHeld) heldUntil = Date.now() + EXPIRES_MS;
          else lost.abort();
        })
        .catch(() => {
          if (Date.now() >= heldUntil) lost.abort();
        });
    }, RENEW_MS).unref();
    try {
      return await work(lost.signal);
    } finally {
      clearInterval(renewing);
      await run((db) =>
        db.deleteFrom('locks').where('name', '=', name).where('owner', '=', owner).executeTakeFirst(),
      ).catch((error) => log.warn({ err: error, name }, 'a lock could not be given back; it expires'));
    }
  };
}

/** Whether the row is now this owner's, for the next 5 seconds. */
async function takeRow(db: Kysely<Tables>, name: string, owner: string): Promise<boolean> {
  const now = Date.now();
  const expires_at = new Date(now + EXPIRES_MS).toISOString();
  const result = await db
    .insertInto('locks')
    .values({ name, owner, expires_at })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ owner, expires_at })
        .where((eb) =>
          eb.or([eb('locks.owner', '=', owner), eb('locks.expires_at', '<', new Date(now).toISOString())]),
        ),
    )
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
