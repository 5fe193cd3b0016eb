// A database that may be down: connects in the background, again and again, and lets callers wait a moment.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { StoreError, toStoreError } from './errors.ts';
import type { Tables } from './schema.ts';

/** Leaves room to say within Discord's 3 seconds that the database is down. */
const WAIT_MS = 1500;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;
const CLOSING_MS = 1000;

export interface Connection {
  readonly isReady: boolean;
  /** The open database. @throws {StoreError} where it is not open within 1.5 seconds */
  ready(): Promise<Kysely<Tables>>;
  /** Gives up a database that failed and connects anew; does nothing where that has happened already. */
  drop(failed: Kysely<Tables>): void;
  close(): Promise<void>;
}

/**
 * Begins to connect and returns at once.
 * @param connect opens and migrates; its failures are logged once until it succeeds again
 */
export function keepConnected(connect: () => Promise<Kysely<Tables>>, log: Logger): Connection {
  let current: Kysely<Tables> | undefined;
  let failure: StoreError | undefined;
  let isClosed = false;
  let connecting = connectLater();

  async function connectLater(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !isClosed; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const db = await connect();
        if (isClosed) return end(db);
        if (failure) log.info('the database is back');
        failure = undefined;
        current = db;
        return;
      } catch (error) {
        const isNews = failure === undefined;
        failure = toStoreError(error) ?? new StoreError('unavailable', 'the database cannot be used', error);
        if (isNews) log.warn({ err: failure, kind: failure.kind }, 'the database cannot be used; trying on');
      }
      await sleep(pause, undefined, { ref: false });
    }
  }

  return {
    get isReady() {
      return current !== undefined;
    },
    async ready() {
      const waiting = new AbortController();
      if (!current && !isClosed) {
        await Promise.race([
          connecting,
          sleep(WAIT_MS, undefined, { signal: waiting.signal }).catch(() => undefined),
        ]).finally(() => waiting.abort());
      }
      if (current) return current;
      const { kind, message } = failure ?? { kind: 'unavailable' as const, message: 'the database does not answer' };
      throw new StoreError(kind, isClosed ? 'the store is closed' : message, failure);
    },
    drop(failed) {
      if (failed !== current || isClosed) return;
      current = undefined;
      log.warn('the connection to the database failed; connecting anew');
      void end(failed);
      connecting = connectLater();
    },
    async close() {
      isClosed = true;
      const db = current;
      current = undefined;
      if (db) await Promise.race([end(db), sleep(CLOSING_MS)]);
    },
  };

  async function end(db: Kysely<Tables>): Promise<void> {
    await db.destroy().catch((error) => log.debug({ err: error }, 'the database could not be closed'));
  }
}
