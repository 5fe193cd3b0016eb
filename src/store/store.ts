// The database as the rest of the program sees it: embedded SQLite or PostgreSQL, by its address.
import { type Dialect, Kysely, type Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { JobProblem } from '../jobs.ts';
import { announceChange, type ChangeListener, createChanges, listenToOthers, watchFile } from './changes.ts';
import { type Connecting, keepConnected } from './connection.ts';
import { toStoreError } from './errors.ts';
import { rowLocks, type WithLock } from './locks.ts';
import { migrate } from './migrations.ts';
import { checkServer, MIGRATION_MS, postgresDialect } from './postgres.ts';
import type { Tables } from './schema.ts';
import { pathOf, sqliteDialect } from './sqlite.ts';
import { createUpgradeCopy } from './upgrade-copy.ts';

/** How long an operation is tried again while another process holds the lock. */
const PATIENCE_MS = 2000;
const LONGEST_PAUSE_MS = 200;

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

export interface Store {
  readonly kind: 'sqlite' | 'postgres';
  /** The time that is saved with what is written. */
  readonly clock: Clock;
  /** False while the database is down or not yet open. Nothing has to be done about it: it is tried on. */
  readonly isReady: boolean;
  /** Undefined while the database can be used. */
  health(): JobProblem | undefined;
  /**
   * Runs queries, outside a transaction.
   * @param work may run again where the database was locked; must not call the store itself
   * @throws {StoreError} where the database fails, after 1.5 seconds at most where it is down
   */
  run<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * Runs a transaction: all of it is saved, or nothing.
   * @param work as for `run`. What it throws undoes the transaction.
   * @param options.changes the guild whose replies it changes: listeners hear of it, here and in other processes
   * @throws {StoreError} where the database fails
   */
  transact<T>(work: (trx: Trx) => Promise<T>, options?: { changes?: string }): Promise<T>;
  /**
   * Does something that one process at a time may do.
   * @returns undefined, without running it, where another holds the lock
   * @throws {StoreError} where the database fails, or the lock was lost before the work ended
   */
  readonly withLock: WithLock;
  /** Tells of changed replies: of one guild's, or (undefined) that any may have changed. @returns a function that ends it */
  onChange(listener: ChangeListener): () => void;
  /** Says that a guild's replies have changed, here and to all processes. @throws {StoreError} */
  announce(guildId: string): Promise<void>;
  /** Ends within a second. */
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Opens a database. Returns at once: it connects and migrates in the background and goes on trying, so that the guides
 * answer while the database is down.
 * @param url `file:` and a path, or `postgres://…`
 */
export function openStore(url: string, { log, clock }: StoreOptions): Store {
  const isPostgres = /^postgres(ql)?:/.test(url);
  const connection = keepConnected(isPostgres ? postgres(url, log, clock) : sqlite(pathOf(url), log, clock), {
    log,
    clock,
  });
  const changes = createChanges(log);

  const run: Store['run'] = async (work) => {
    const until = clock.monotonic() + PATIENCE_MS;
    for (let pause = 10; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const db = await connection.ready();
      try {
        return await work(db);
      } catch (error) {
        const failure = toStoreError(error);
        if (!failure) throw error;
        if (failure.kind === 'unavailable' || failure.kind === 'corrupt') connection.suspect(db);
        if (failure.kind !== 'locked' || clock.monotonic() + pause * 1.5 >= until) throw failure;
      }
      // Those that wait for the same writer do not all come at the same moment.
      await clock.sleep(pause * (0.5 + clock.random()));
    }
  };
  const { tell } = changes;
  const stopListening = isPostgres ? listenToOthers({ url, run, tell, log, clock }) : watchFile({ run, tell, clock });

  return {
    kind: isPostgres ? 'postgres' : 'sqlite',
    clock,
    get isReady() {
      return connection.isReady;
    },
    health: () => (connection.isReady ? undefined : { status: 'degraded', problem: 'database' }),
    run,
    async transact(work, options = {}) {
      const { changes: guildId } = options;
      const result = await run((db) =>
        db.transaction().execute(async (trx) => {
          const done = await work(trx);
          // Inside the transaction: others hear of it exactly when it is saved.
          if (guildId !== undefined) await announceChange(trx, guildId);
          return done;
        }),
      );
      if (guildId !== undefined) changes.tell(guildId);
      return result;
    },
    withLock: rowLocks(run, { log, clock }),
    onChange: changes.on,
    async announce(guildId) {
      changes.tell(guildId);
      await run((db) => announceChange(db, guildId));
    },
    async close() {
      stopListening();
      await connection.close();
    },
  };
}

function sqlite(path: string, log: Logger, clock: Clock): Connecting {
  const beforeUpgrade = createUpgradeCopy(path, { log, clock });
  return { connect: () => open(sqliteDialect(path), (db) => migrate(db, clock, beforeUpgrade)) };
}

function postgres(url: string, log: Logger, clock: Clock): Connecting {
  return {
    async connect() {
      // In a pool of its own, whose statements may take longer.
      const migrating = await open(postgresDialect(url, { log, clock, statementMs: MIGRATION_MS }), (db) =>
        migrate(db, clock),
      );
      await migrating.destroy();
      return open(postgresDialect(url, { log, clock }), async () => undefined);
    },
    check: () => checkServer(url),
  };
}

/** Closes the database again where the preparation fails. */
async function open(dialect: Dialect, prepare: (db: Kysely<unknown>) => Promise<void>): Promise<Db> {
  const db = new Kysely<unknown>({ dialect });
  try {
    await prepare(db);
    // Only the type changes: while migrations run, the tables are not yet those of `Tables`.
    return db as unknown as Db;
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw error;
  }
}
