// The database as the rest of the program sees it: embedded SQLite or PostgreSQL, depending on the URL.
import { type Dialect, Kysely, type Transaction } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { JobProblem, JobProgress } from '../jobs.ts';
import { type ChangeListener, createChangeEmitter, publishChange, type RunQuery } from './changes.ts';
import { Connection, type Connector } from './connection.ts';
import { toStoreError } from './errors.ts';
import { createRowLocks, type WithLock } from './locks.ts';
import { migrate } from './migrations.ts';
import { MIGRATION_TIMEOUT_MS, pingServer, postgresDialect } from './postgres.ts';
import { listenOnPostgres } from './postgres-changes.ts';
import type { Tables } from './schema.ts';
import { sqliteDialect, sqlitePath } from './sqlite.ts';
import { watchSqliteFile } from './sqlite-changes.ts';
import { createUpgradeCopy } from './upgrade-copy.ts';

/** How long an operation is retried while another process holds the write lock. */
const LOCKED_TIMEOUT_MS = 2000;
const MAX_RETRY_DELAY_MS = 200;

export type Db = Kysely<Tables>;
type Trx = Transaction<Tables>;

export interface Store {
  readonly kind: 'sqlite' | 'postgres';
  /** The source of the times in saved rows. */
  readonly clock: Clock;
  /** Undefined while the database is usable. While it is down or not yet open, the store reconnects by itself. */
  health(): JobProblem | undefined;
  /**
   * Runs queries, outside a transaction.
   * @param work runs again if the database was locked; must not call the store itself
   * @throws {StoreError} if the database fails; within 1.5 seconds if it is down
   */
  readonly run: RunQuery;
  /**
   * Runs a transaction.
   * @param work as for `run`. Throwing rolls the transaction back.
   * @param options.changedGuild the guild whose replies it changes: listeners are notified, here and in other processes
   * @throws {StoreError} if the database fails
   */
  transact<T>(work: (trx: Trx) => Promise<T>, options?: { changedGuild?: string }): Promise<T>;
  /**
   * Runs work that only one process at a time may do.
   * @returns undefined, without running the work, if another process holds the lock
   * @throws {StoreError} if the database fails, or the lock was lost before the work ended
   */
  readonly withLock: WithLock;
  /** The job that notices changes by other processes. */
  readonly changes: JobProgress;
  /** Adds a listener for changed replies. @returns a function that removes it */
  onChange(listener: ChangeListener): () => void;
  /** Resolves within a second. */
  close(): Promise<void>;
}

interface StoreOptions {
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Opens a database. Returns immediately: it connects and migrates in the background and keeps retrying, so that the
 * guides work while the database is down.
 * @param url `file:` and a path, or `postgres://…`
 */
export function openStore(url: string, options: StoreOptions): Store {
  const { log, clock } = options;
  const isPostgres = /^postgres(ql)?:/.test(url);
  const connection = new Connection(
    isPostgres ? postgresConnector(url, options) : sqliteConnector(sqlitePath(url), options),
    options,
  );
  const emitter = createChangeEmitter(log);

  const run = createRunner(connection, clock);
  const { emit } = emitter;
  const changes = isPostgres ? listenOnPostgres({ url, run, emit, log, clock }) : watchSqliteFile({ run, emit, clock });

  return {
    kind: isPostgres ? 'postgres' : 'sqlite',
    clock,
    health: () => (connection.isReady ? undefined : { status: 'degraded', problem: 'database' }),
    run,
    async transact(work, options = {}) {
      const { changedGuild } = options;
      const result = await run((db) =>
        db.transaction().execute(async (trx) => {
          const done = await work(trx);
          // Inside the transaction, so that others are notified when it commits.
          if (changedGuild !== undefined) await publishChange(trx, changedGuild, clock);
          return done;
        }),
      );
      if (changedGuild !== undefined) emit(changedGuild);
      return result;
    },
    withLock: createRowLocks(run, options),
    changes,
    onChange: emitter.on,
    async close() {
      changes.stop();
      await connection.close();
    },
  };
}

/** Runs work on the open database, and retries while another process holds its lock. */
function createRunner(connection: Connection, clock: Clock): RunQuery {
  return async (work) => {
    const until = clock.monotonic() + LOCKED_TIMEOUT_MS;
    for (let delay = 10; ; delay = Math.min(delay * 2, MAX_RETRY_DELAY_MS)) {
      const db = await connection.ready();
      try {
        return await work(db);
      } catch (error) {
        const failure = toStoreError(error);
        if (!failure) throw error;
        if (failure.kind === 'unavailable' || failure.kind === 'corrupt') connection.reportFailure(db);
        if (failure.kind !== 'locked' || clock.monotonic() + delay * 1.5 >= until) throw failure;
      }
      // With jitter, so that those who wait for the same writer don't all retry at the same moment.
      await clock.sleep(delay * (0.5 + clock.random()));
    }
  };
}

function sqliteConnector(path: string, options: StoreOptions): Connector {
  const beforeUpgrade = createUpgradeCopy(path, options);
  return { connect: () => open(sqliteDialect(path), (db) => migrate(db, options.clock, beforeUpgrade)) };
}

function postgresConnector(url: string, options: StoreOptions): Connector {
  return {
    async connect() {
      // In a separate pool, whose statements may take longer.
      const dialect = postgresDialect(url, { ...options, statementMs: MIGRATION_TIMEOUT_MS });
      const migrating = await open(dialect, (db) => migrate(db, options.clock));
      await migrating.destroy();
      return open(postgresDialect(url, options), async () => undefined);
    },
    check: () => pingServer(url),
  };
}

/** Closes the database again if `prepare` fails. */
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
