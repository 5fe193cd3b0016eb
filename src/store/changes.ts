// How one process learns that the replies of a server have changed, by itself or by another.
import { randomUUID } from 'node:crypto';
import { type Kysely, SqliteAdapter, sql } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { CancelTimer, Clock } from '../clock.ts';
import { backoffMs } from '../jobs.ts';
import { connectClient, endClient } from './postgres.ts';
import type { Tables } from './schema.ts';

/** @param guildId undefined: anything may have changed */
export type ChangeListener = (guildId: string | undefined) => void;

export interface Changes {
  on(listener: ChangeListener): () => void;
  tell(guildId: string | undefined): void;
}

/** Listeners of this process. A listener that throws is logged and does not keep the others from hearing. */
export function createChanges(log: Logger): Changes {
  const listeners = new Set<ChangeListener>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(guildId) {
      for (const listener of listeners) {
        try {
          listener(guildId);
        } catch (error) {
          log.error({ err: error }, 'change listener failed');
        }
      }
    },
  };
}

/** PostgreSQL's channel for changes; the payload is the server's id. Version 1.0.0 uses it too. */
const CHANNEL = 'guidepost_changes';
/** The channel on which a process tells itself something, to know whether it hears. */
const ECHO_CHANNEL = 'guidepost_echo';

const RECONNECT = { firstMs: 500, longestMs: 10_000 };
/** How often it is tested whether notifications arrive: networks drop connections in silence. */
const PROBE_MS = 15_000;
/** How long a notification may take to arrive. */
const ECHO_MS = 5000;
/** How often a process that hears nothing looks for changes. */
const LOOK_MS = 1500;
/** Changes are kept for longer than any process needs to look once. */
const FORGET_MS = 60 * 60 * 1000;

type Run = <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;

/** Says to all processes that a server's replies have changed; they hear or see it when the transaction is saved. */
export async function announceChange(db: Kysely<Tables>, guildId: string): Promise<void> {
  const changed_at = timeIn(db);
  await db
    .insertInto('changes')
    .values({ guild_id: guildId, changed_at })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ changed_at }))
    .execute();
  if (!isSqlite(db)) await sql`select pg_notify(${CHANNEL}, ${guildId})`.execute(db);
}

function isSqlite(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

/** The database's time as ISO text, so many seconds ago. */
function timeIn(db: Kysely<Tables>, secondsAgo = 0) {
  return isSqlite(db)
    ? sql<string>`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ${sql.lit(`-${secondsAgo} seconds`)})`
    : sql<string>`to_char((clock_timestamp() - ${sql.lit(`${secondsAgo} seconds`)}::interval) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

async function forgetChanges(run: Run): Promise<void> {
  await run((db) =>
    db
      .deleteFrom('changes')
      .where('changed_at', '<', timeIn(db, FORGET_MS / 1000))
      .execute(),
  ).catch(() => []);
}

type Seen = ReadonlyMap<string, string>;

/** When the replies of each server changed, and which of them after an earlier look. */
async function lookForChanges(run: Run, before: Seen = new Map()): Promise<{ seen: Seen; changed: string[] }> {
  const rows = await run((db) => db.selectFrom('changes').selectAll().execute());
  const seen = new Map(rows.map((row) => [row.guild_id, row.changed_at]));
  return { seen, changed: [...seen.keys()].filter((guildId) => seen.get(guildId) !== before.get(guildId)) };
}

/**
 * Learns of changes by other processes on the same SQLite file, which notifies nobody. SQLite tells whether another
 * connection wrote to it (https://sqlite.org/pragma.html#pragma_data_version); only then the table of changes is read.
 * @returns a function that stops it
 */
export function watchFile({ run, tell, clock }: Pick<ListenOptions, 'run' | 'tell' | 'clock'>): () => void {
  let version: number | undefined;
  let seen: Seen | undefined;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      const { rows } = await run((db) => sql<{ data_version: number }>`pragma data_version`.execute(db));
      const current = rows[0]?.data_version;
      if (seen && current === version) return;
      const found = await lookForChanges(run, seen);
      if (seen) for (const guildId of found.changed) tell(guildId);
      ({ seen } = found);
      version = current;
    } catch {
      // The database is down; its other users report that.
    } finally {
      isLooking = false;
    }
  };
  const timers = [clock.every(LOOK_MS, () => void look()), clock.every(FORGET_MS, () => void forgetChanges(run))];
  void look();
  return () => {
    for (const cancel of timers) cancel();
  };
}

/** What listening needs. */
export interface ListenOptions {
  readonly url: string;
  /**
   * Runs a query on another connection than the one that listens. On the same one even a pooler that passes on no
   * notifications would let it hear itself.
   */
  readonly run: Run;
  readonly tell: ChangeListener;
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Learns of changes by other processes on PostgreSQL. Normally it is notified (LISTEN). While it does not hear its own
 * notifications, because there is no connection or a pooler in transaction mode does not pass them on, it looks into
 * the table of changes instead. Each time the way changes, `tell(undefined)`: something may have been missed.
 * @returns a function that stops it
 */
export function listenToOthers(options: ListenOptions): () => void {
  const listener = new Listener(options);
  listener.start();
  return () => listener.stop();
}

class Listener {
  readonly #options: ListenOptions;
  readonly #echo = randomUUID();
  readonly #timers: CancelTimer[] = [];
  #client: pg.Client | undefined;
  #cancelRetry: CancelTimer | undefined;
  #cancelDeadline: CancelTimer | undefined;
  #failures = 0;
  #isStopped = false;
  #hears = false;
  #isDeafLogged = false;
  /** When each server's replies changed, as last seen; undefined until it has been looked. */
  #seen: Seen | undefined;
  #isLooking = false;

  constructor(options: ListenOptions) {
    this.#options = options;
  }

  start(): void {
    const { clock, run } = this.#options;
    this.#timers.push(
      clock.every(PROBE_MS, () => this.#probe()),
      clock.every(LOOK_MS, () => void this.#look()),
      clock.every(FORGET_MS, () => void forgetChanges(run)),
    );
    void this.#connect();
    void forgetChanges(run);
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#timers) cancel();
    this.#cancelRetry?.();
    this.#cancelDeadline?.();
    if (this.#client) endClient(this.#client);
  }

  async #connect(): Promise<void> {
    const { url, tell, log } = this.#options;
    try {
      const client = await connectClient(url, () => this.#reconnect());
      this.#client = client;
      if (this.#isStopped) return endClient(client);
      client.on('notification', ({ channel, payload }) => {
        if (channel === CHANNEL) tell(payload || undefined);
        else if (payload === this.#echo) this.#heard();
      });
      await client.query(`listen ${CHANNEL}; listen ${ECHO_CHANNEL}`);
      this.#failures = 0;
      this.#probe();
    } catch (error) {
      log.debug({ err: error }, 'listening for changes failed');
      // Connected, and LISTEN itself was refused.
      if (this.#client) this.#logDeaf(error);
      this.#reconnect();
    }
  }

  #reconnect(): void {
    this.#hears = false;
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

  /** Notifies itself. */
  #probe(): void {
    const { run, clock } = this.#options;
    const client = this.#client;
    if (!client || this.#cancelDeadline) return;
    this.#cancelDeadline = clock.after(ECHO_MS, () => {
      this.#cancelDeadline = undefined;
      if (client === this.#client) this.#isDeaf(client);
    });
    run((db) => sql`select pg_notify(${ECHO_CHANNEL}, ${this.#echo})`.execute(db)).catch(() => {
      // What was not sent cannot arrive.
      this.#cancelDeadline?.();
      this.#cancelDeadline = undefined;
    });
  }

  #heard(): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = undefined;
    if (this.#hears) return;
    this.#hears = true;
    this.#seen = undefined;
    if (this.#isDeafLogged) this.#options.log.info('database notifications arrive again');
    this.#isDeafLogged = false;
    this.#options.tell(undefined);
  }

  /** The connection is open, or seems so, and a notification did not arrive. */
  #isDeaf(client: pg.Client): void {
    this.#hears = false;
    client.query('select 1').then(
      () => this.#logDeaf(),
      () => this.#reconnect(),
    );
  }

  /** @param error why LISTEN was refused */
  #logDeaf(error?: unknown): void {
    if (this.#isDeafLogged || this.#isStopped) return;
    this.#isDeafLogged = true;
    this.#options.log.warn(
      error === undefined ? {} : { err: error },
      `database notifications do not arrive (a pooler in transaction mode?): looking for changes every ${LOOK_MS} ms`,
    );
  }

  /** Looks for changes where they are not heard. */
  async #look(): Promise<void> {
    if (this.#hears || this.#isLooking) return;
    this.#isLooking = true;
    const { run, tell } = this.#options;
    try {
      const before = this.#seen;
      const { seen, changed } = await lookForChanges(run, before);
      if (this.#hears || this.#isStopped) return;
      this.#seen = seen;
      if (!before) return tell(undefined);
      for (const guildId of changed) tell(guildId);
    } catch {
      // The database is down; its other users report that.
    } finally {
      this.#isLooking = false;
    }
  }
}
