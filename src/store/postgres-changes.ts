// Reports changes in PostgreSQL, made by any process: by notification, or by polling if none arrive.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { CancelTimer, Clock } from '../clock.ts';
import { backoffMs } from '../jobs.ts';
import {
  CHANGE_CHANNEL,
  CHANGE_RETENTION_MS,
  type ChangeListener,
  type ChangeTimes,
  type ChangeWatcher,
  deleteOldChanges,
  POLL_INTERVAL_MS,
  type RunQuery,
  readChanges,
} from './changes.ts';
import { connectClient, endClient } from './postgres.ts';

/** The channel on which a process notifies itself, to test whether notifications arrive. */
const ECHO_CHANNEL = 'guidepost_echo';

const RECONNECT = { firstMs: 500, longestMs: 10_000 };
/** How often notifications are tested: networks drop connections without an error. */
const ECHO_INTERVAL_MS = 15_000;
/** How long a notification may take to arrive. */
const ECHO_TIMEOUT_MS = 5000;

interface PostgresChangeOptions {
  readonly url: string;
  /**
   * Runs a query on another connection than the one that listens: on the same one, even a pooler that passes on no
   * notifications would deliver the echo.
   */
  readonly run: RunQuery;
  readonly emit: ChangeListener;
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Listens for changes by other processes (LISTEN). While the process doesn't get its own test notifications, because
 * there is no connection or a pooler in transaction mode drops them, it polls the table of changes. When it switches
 * from one to the other it calls `emit(undefined)`: changes may have been missed.
 */
export function listenOnPostgres(options: PostgresChangeOptions): ChangeWatcher {
  const listener = new PostgresChangeListener(options);
  listener.start();
  return listener;
}

class PostgresChangeListener implements ChangeWatcher {
  readonly name = 'changes';
  readonly #options: PostgresChangeOptions;
  readonly #echo = randomUUID();
  readonly #timers: CancelTimer[] = [];
  #client: pg.Client | undefined;
  #cancelRetry: CancelTimer | undefined;
  #cancelEchoTimeout: CancelTimer | undefined;
  #failures = 0;
  #isStopped = false;
  /** Whether notifications arrive. */
  #isReceiving = false;
  #isWarned = false;
  /** As of the last poll; undefined before the first one. */
  #times: ChangeTimes | undefined;
  #isPolling = false;
  #lastSuccess: number | undefined;

  constructor(options: PostgresChangeOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, run } = this.#options;
    this.#timers.push(
      clock.every(ECHO_INTERVAL_MS, () => this.#sendEcho()),
      clock.every(POLL_INTERVAL_MS, () => void this.#poll()),
      clock.every(CHANGE_RETENTION_MS, () => void deleteOldChanges(run, clock)),
    );
    void this.#connect();
    void deleteOldChanges(run, clock);
  }

  /** Nothing is known of a change before it is noticed. */
  backlog(): undefined {
    return undefined;
  }

  /** When a test notification last arrived, or the table of changes was read. */
  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#timers) cancel();
    this.#cancelRetry?.();
    this.#cancelEchoTimeout?.();
    if (this.#client) endClient(this.#client);
  }

  async #connect(): Promise<void> {
    const { url, emit, log } = this.#options;
    try {
      const client = await connectClient(url, () => this.#reconnect());
      this.#client = client;
      if (this.#isStopped) return endClient(client);
      client.on('notification', ({ channel, payload }) => {
        if (channel === CHANGE_CHANNEL) emit(payload || undefined);
        else if (payload === this.#echo) this.#onEcho();
      });
      await client.query(`listen ${CHANGE_CHANNEL}; listen ${ECHO_CHANNEL}`);
      this.#failures = 0;
      this.#sendEcho();
    } catch (error) {
      log.debug({ err: error }, 'listening for changes failed');
      // Connected, and LISTEN itself was refused.
      if (this.#client) this.#warn(error);
      this.#reconnect();
    }
  }

  #reconnect(): void {
    this.#isReceiving = false;
    if (this.#client) endClient(this.#client);
    this.#client = undefined;
    if (this.#isStopped || this.#cancelRetry) return;
    this.#failures += 1;
    const { clock } = this.#options;
    this.#cancelRetry = clock.after(backoffMs(this.#failures, RECONNECT, clock.random), () => {
      this.#cancelRetry = undefined;
      void this.#connect();
    });
  }

  #sendEcho(): void {
    const { run, clock } = this.#options;
    const client = this.#client;
    if (!client || this.#cancelEchoTimeout) return;
    this.#cancelEchoTimeout = clock.after(ECHO_TIMEOUT_MS, () => {
      this.#cancelEchoTimeout = undefined;
      if (client === this.#client) this.#onEchoTimeout(client);
    });
    run((db) => sql`select pg_notify(${ECHO_CHANNEL}, ${this.#echo})`.execute(db)).catch(() => {
      // It was not sent, so its absence says nothing.
      this.#cancelEchoTimeout?.();
      this.#cancelEchoTimeout = undefined;
    });
  }

  #onEcho(): void {
    this.#cancelEchoTimeout?.();
    this.#cancelEchoTimeout = undefined;
    this.#succeeded();
    if (this.#isReceiving) return;
    this.#isReceiving = true;
    this.#times = undefined;
    if (this.#isWarned) this.#options.log.info('database notifications arrive again');
    this.#isWarned = false;
    this.#options.emit(undefined);
  }

  #succeeded(): void {
    this.#lastSuccess = this.#options.clock.now() / 1000;
  }

  /** The connection is open, or looks open, and the test notification did not arrive. */
  #onEchoTimeout(client: pg.Client): void {
    this.#isReceiving = false;
    client.query('select 1').then(
      () => this.#warn(),
      () => this.#reconnect(),
    );
  }

  /** @param error why LISTEN was refused */
  #warn(error?: unknown): void {
    if (this.#isWarned || this.#isStopped) return;
    this.#isWarned = true;
    this.#options.log.warn(
      error === undefined ? {} : { err: error },
      `database notifications do not arrive (a pooler in transaction mode?), polling every ${POLL_INTERVAL_MS} ms`,
    );
  }

  /** Reads the table of changes while notifications don't arrive. */
  async #poll(): Promise<void> {
    if (this.#isReceiving || this.#isPolling) return;
    this.#isPolling = true;
    const { run, emit } = this.#options;
    try {
      const before = this.#times;
      const { times, changed } = await readChanges(run, before);
      if (this.#isReceiving || this.#isStopped) return;
      this.#times = times;
      this.#succeeded();
      if (!before) return emit(undefined);
      for (const guildId of changed) emit(guildId);
    } catch {
      // The database is down; other callers report that.
    } finally {
      this.#isPolling = false;
    }
  }
}
