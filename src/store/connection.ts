// Keeps a database connected: connects in the background, retries with back-off, and lets callers wait for it briefly.
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { backoffMs, withinTimeout } from '../jobs.ts';
import { StoreError, toStoreError } from './errors.ts';
import type { Tables } from './schema.ts';

/** Leaves time to report a database that is down within Discord's 3 seconds. */
const READY_TIMEOUT_MS = 1500;
const BACKOFF = { firstMs: 100, longestMs: 1000 };
/** Used while the schema is of a newer version, which only the operator can change. */
const NEWER_RETRY_DELAY_MS = 60_000;
const CLOSE_TIMEOUT_MS = 1000;

/** How to open a database, and how to check it. */
export interface Connector {
  /** Opens and migrates the database. */
  connect(): Promise<Kysely<Tables>>;
  /** Rejects if no connection can be made. Omit it if any failure means that the database must be opened again. */
  check?(): Promise<void>;
}

/** A database that reconnects by itself. Starts to connect when it is created. */
export class Connection {
  readonly #connector: Connector;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #current: Kysely<Tables> | undefined;
  #failure: StoreError | undefined;
  #isChecking = false;
  #connecting: Promise<void>;

  constructor(connector: Connector, { log, clock }: { log: Logger; clock: Clock }) {
    this.#connector = connector;
    this.#log = log;
    this.#clock = clock;
    this.#connecting = this.#connect();
  }

  get isReady(): boolean {
    return this.#current !== undefined;
  }

  /** The open database. @throws {StoreError} if it isn't open within 1.5 seconds, or can't be opened */
  async ready(): Promise<Kysely<Tables>> {
    const waiting = new AbortController();
    if (!this.#current && !this.#isClosed && this.#failure?.kind !== 'newer') {
      await Promise.race([
        this.#connecting,
        this.#clock.sleep(READY_TIMEOUT_MS, { signal: waiting.signal }).catch(() => undefined),
      ]).finally(() => waiting.abort());
    }
    if (this.#current) return this.#current;
    if (this.#isClosed) throw new StoreError('unavailable', 'the store is closed', this.#failure);
    const { kind, message } = this.#failure ?? {
      kind: 'unavailable' as const,
      message: 'the database does not answer',
    };
    throw new StoreError(kind, message, this.#failure);
  }

  /**
   * Checks in the background whether the database still works after a query failed, and reconnects only if it doesn't:
   * the pool itself replaces a single slow or lost connection.
   */
  reportFailure(failed: Kysely<Tables>): void {
    if (failed !== this.#current) return;
    const { check } = this.#connector;
    if (!check) this.#reconnect(failed);
    if (!check || this.#isChecking) return;
    this.#isChecking = true;
    check()
      .catch((error) => {
        this.#log.debug({ err: error }, 'database check failed');
        this.#reconnect(failed);
      })
      .finally(() => {
        this.#isChecking = false;
      });
  }

  /** Resolves within a second. */
  async close(): Promise<void> {
    this.#closing.abort();
    const db = this.#current;
    this.#current = undefined;
    if (db) await withinTimeout(this.#clock, this.#destroy(db), CLOSE_TIMEOUT_MS);
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #connect(): Promise<void> {
    for (let failures = 1; !this.#isClosed; failures++) {
      try {
        const db = await this.#connector.connect();
        if (this.#isClosed) return this.#destroy(db);
        if (this.#failure) this.#log.info('database connected');
        this.#failure = undefined;
        this.#current = db;
        return;
      } catch (error) {
        this.#onConnectError(error);
      }
      const delay =
        this.#failure?.kind === 'newer' ? NEWER_RETRY_DELAY_MS : backoffMs(failures, BACKOFF, this.#clock.random);
      await this.#clock.sleep(delay, { ref: false, signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  /** Logs the same kind of failure once. */
  #onConnectError(error: unknown): void {
    const lastKind = this.#failure?.kind;
    const failure = toStoreError(error) ?? new StoreError('unavailable', 'the database cannot be used', error);
    this.#failure = failure;
    if (failure.kind === lastKind) return;
    this.#log.warn({ err: failure, kind: failure.kind }, `database not usable, trying again: ${failure.message}`);
  }

  #reconnect(failed: Kysely<Tables>): void {
    if (failed !== this.#current || this.#isClosed) return;
    this.#current = undefined;
    this.#log.warn('database connection failed, reconnecting');
    void this.#destroy(failed);
    this.#connecting = this.#connect();
  }

  async #destroy(db: Kysely<Tables>): Promise<void> {
    await db.destroy().catch((error) => this.#log.debug({ err: error }, 'closing the database failed'));
  }
}
