// The database as the rest of the program sees it: embedded SQLite or PostgreSQL, by its address.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialect, Kysely, type Transaction } from 'kysely';
import type { Logger } from 'pino';
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

/**
 * Opens a database. Returns at once: it connects and migrates in the background and goes on trying, so that the guides
 * answer while the database is down.
 * @param url `file:` and a path, or `postgres://…`
 */
export function openStore(url: string, { log }: { log: Logger }): Store {
  const isPostgres = /^postgres(ql)?:/.test(url);
  const connection = keepConnected(isPostgres ? postgres(url, log) : sqlite(pathOf(url), log), log);
  const changes = createChanges(log);

  const run: Store['run'] = async (work) => {
    const until = performance.now() + PATIENCE_MS;
    for (let pause = 10; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const db = await connection.ready();
      try {
        return await work(db);
      } catch (error) {
        const failure = toStoreError(error);
        if (!failure) throw error;
        if (failure.kind === 'unavailable' || failure.kind === 'corrupt') connection.suspect(db);
        if (failure.kind !== 'locked' || performance.now() + pause * 1.5 >= until) throw failure;
      }
      // Those that wait for the same writer do not all come at the same moment.
      await sleep(pause * (0.5 + Math.random()));
    }
  };
  const { tell } = changes;
  const stopListening = isPostgres ? listenToOthers({ url, run, tell, log }) : watchFile({ run, tell });

  return {
    kind: isPostgres ? 'postgres' : 'sqlite',
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
    withLock: rowLocks(run, log),
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

function sqlite(path: string, log: Logger): Connecting {
  const beforeUpgrade = createUpgradeCopy(path, log);
  return { connect: () => open(sqliteDialect(path), (db) => migrate(db, beforeUpgrade)) };
}

function postgres(url: string, log: Logger): Connecting {
  return {
    async connect() {
      // In a pool of its own, whose statements may take longer.
      const migrating = await open(postgresDialect(url, log, MIGRATION_MS), migrate);
      await migrating.destroy();
      return open(postgresDialect(url, log), async () => undefined);
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
