// A database that may be down: connects in the background, again and again, and lets callers wait a moment.
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { backoffMs } from '../jobs.ts';
import { StoreError, toStoreError } from './errors.ts';
import type { Tables } from './schema.ts';

/** Leaves room to say within Discord's 3 seconds that the database is down. */
const WAIT_MS = 1500;
const BACKOFF = { firstMs: 100, longestMs: 1000 };
/** The pause while the database belongs to a newer version: only a person changes that. */
const NEWER_MS = 60_000;
const CLOSING_MS = 1000;

export interface Connection {
  readonly isReady: boolean;
  /** The open database. @throws {StoreError} where it is not open within 1.5 seconds, or will not be */
  ready(): Promise<Kysely<Tables>>;
  /**
   * Looks whether a database still works on which something failed, and connects again only where it does not: one slow
   * or lost connection is replaced by its pool. Returns at once.
   */
  suspect(failed: Kysely<Tables>): void;
  close(): Promise<void>;
}

/** How a database is opened, and asked whether it is there. */
export interface Connecting {
  /** Opens and migrates. Its failures are logged once until it succeeds again. */
  connect(): Promise<Kysely<Tables>>;
  /** Rejects where no connection can be made. Left out where a failure always means that the database must be opened again. */
  check?(): Promise<void>;
}

/** Begins to connect and returns at once. */
export function keepConnected(
  { connect, check }: Connecting,
  { log, clock }: { log: Logger; clock: Clock },
): Connection {
  const closing = new AbortController();
  let current: Kysely<Tables> | undefined;
  let failure: StoreError | undefined;
  let isChecking = false;
  let connecting = connectLater();

  async function connectLater(): Promise<void> {
    for (let failures = 1; !closing.signal.aborted; failures++) {
      try {
        const db = await connect();
        if (closing.signal.aborted) return end(db);
        if (failure) log.info('database reconnected');
        failure = undefined;
        current = db;
        return;
      } catch (error) {
        const isNews = failure === undefined;
        const before = failure?.kind;
        failure = toStoreError(error) ?? new StoreError('unavailable', 'the database cannot be used', error);
        if (isNews || before !== failure.kind) {
          log.warn({ err: failure, kind: failure.kind }, `database not usable, trying again: ${failure.message}`);
        }
      }
      const pause = failure.kind === 'newer' ? NEWER_MS : backoffMs(failures, BACKOFF, clock.random);
      await clock.sleep(pause, { ref: false, signal: closing.signal }).catch(() => undefined);
    }
  }

  function drop(failed: Kysely<Tables>): void {
    if (failed !== current || closing.signal.aborted) return;
    current = undefined;
    log.warn('database connection failed, reconnecting');
    void end(failed);
    connecting = connectLater();
  }

  return {
    get isReady() {
      return current !== undefined;
    },
    async ready() {
      const waiting = new AbortController();
      if (!current && !closing.signal.aborted && failure?.kind !== 'newer') {
        await Promise.race([
          connecting,
          clock.sleep(WAIT_MS, { signal: waiting.signal }).catch(() => undefined),
        ]).finally(() => waiting.abort());
      }
      if (current) return current;
      if (closing.signal.aborted) throw new StoreError('unavailable', 'the store is closed', failure);
      const { kind, message } = failure ?? { kind: 'unavailable' as const, message: 'the database does not answer' };
      throw new StoreError(kind, message, failure);
    },
    suspect(failed) {
      if (failed !== current) return;
      if (!check) return drop(failed);
      if (isChecking) return;
      isChecking = true;
      check()
        .catch((error) => {
          log.debug({ err: error }, 'database check failed');
          drop(failed);
        })
        .finally(() => {
          isChecking = false;
        });
    },
    async close() {
      closing.abort();
      const db = current;
      current = undefined;
      if (db) await Promise.race([end(db), clock.sleep(CLOSING_MS)]);
    },
  };

  async function end(db: Kysely<Tables>): Promise<void> {
    await db.destroy().catch((error) => log.debug({ err: error }, 'database not closed'));
  }
}
