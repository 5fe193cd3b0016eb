// Embedded SQLite: the `libsql` driver behind Kysely's dialect.
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import Database from 'libsql';
import { StoreError, toStoreError } from './errors.ts';

/** As short as possible, because the driver waits synchronously and blocks the whole process. `store.ts` retries. */
const BUSY_TIMEOUT_MS = 1;
/** Prepared statements are freed by garbage collection only, which their small handles rarely trigger. */
const MAX_STATEMENTS = 100;

/**
 * The path in a `file:` URL. Options after a question mark, which other programs support, are dropped: SQLite would use
 * them as part of the file name. An existing file with that name is kept.
 */
export function sqlitePath(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url);
  const path = url.slice('file:'.length);
  return existsSync(path) ? path : path.replace(/\?.*$/s, '');
}

/** A Kysely dialect that opens the file at the first query. Creates missing files and folders, for this user only. */
export function sqliteDialect(path: string): Dialect {
  let database: OpenDatabase | undefined;
  const open = async () => {
    database = openFile(path);
    return database;
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new Driver({ database: open }, () => database?.isInTransaction() ?? false),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

interface OpenDatabase extends SqliteDatabase {
  isInTransaction(): boolean;
}

type Statement = ReturnType<SqliteDatabase['prepare']>;

function openFile(path: string): OpenDatabase {
  const database = createDatabase(path);
  const run = (pragma: string) => database.prepare(`pragma ${pragma}`).all([]);
  run('journal_mode = wal');
  // FULL syncs the write-ahead log at every commit. With NORMAL, a commit survives kill -9 but not a power cut: the log
  // is then synced only at checkpoints. What was reported as saved must last, and saves are rare.
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  run('wal_autocheckpoint = 1000');
  const statements = new Map<string, Statement>();
  return {
    isInTransaction: () => database.open && database.inTransaction,
    prepare(sql) {
      // Deleted and added again, so that the map is in order of use.
      const cached = statements.get(sql);
      statements.delete(sql);
      const statement = cached ?? prepareStatement(database, sql, () => statements.delete(sql));
      statements.set(sql, statement);
      for (const oldest of statements.keys()) {
        if (statements.size <= MAX_STATEMENTS) break;
        statements.delete(oldest);
      }
      return statement;
    },
    close() {
      statements.clear();
      try {
        // So that the file is complete without the log, for backups.
        run('wal_checkpoint(truncate)');
      } catch {
        // The log remains and is read at the next start.
      }
      database.close();
    },
  };
}

function createDatabase(path: string): Database.Database {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite would make it readable for every user. The log gets the same mode as the file.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    return new Database(path, { timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    const known = toStoreError(error);
    throw known ?? new StoreError('unavailable', `the database ${path} cannot be opened: ${String(error)}`, error);
  }
}

/** The statements that begin and end transactions. */
const BEGIN = 'begin immediate';
const TRANSACTION_CONTROL = new Set([BEGIN, 'commit', 'rollback']);

/**
 * libsql never resets a statement that failed because another process was writing, and then no transaction on the
 * connection can commit ("SQL statements in progress"). `exec` has no such problem: so the write lock is always taken by
 * `exec`, and a statement never runs into another writer. For the same reason only a transaction may use
 * `returning`, which libsql runs as a read.
 */
function prepareStatement(database: Database.Database, sql: string, discard: () => void): Statement {
  if (TRANSACTION_CONTROL.has(sql)) return prepareControl(database, sql);
  const statement = database.prepare(sql);
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      discard();
      throw error;
    }
  };
  return {
    reader: statement.reader,
    all: (parameters) => guarded(() => statement.all(rejectBooleans(parameters))),
    run: (parameters) => guarded(() => withWriteLock(database, () => statement.run(rejectBooleans(parameters)))),
    iterate: (parameters) => statement.iterate(rejectBooleans(parameters)),
  };
}

/** Throws for booleans, on which libsql ends the process ("not yet implemented", in Rust). */
function rejectBooleans(parameters: readonly unknown[]): readonly unknown[] {
  if (parameters.some((value) => typeof value === 'boolean')) throw new TypeError('SQLite has no booleans');
  return parameters;
}

function prepareControl(database: Database.Database, sql: string): Statement {
  return {
    reader: false,
    all: () => [],
    iterate: () => [].values(),
    run() {
      database.exec(sql);
      return { changes: 0, lastInsertRowid: 0 };
    },
  };
}

function withWriteLock<T>(database: Database.Database, write: () => T): T {
  if (database.open && database.inTransaction) return write();
  database.exec(BEGIN);
  try {
    const result = write();
    database.exec('commit');
    return result;
  } catch (error) {
    if (database.open && database.inTransaction) database.exec('rollback');
    throw error;
  }
}

class Driver extends SqliteDriver {
  readonly #isInTransaction: () => boolean;

  constructor(config: { database: () => Promise<SqliteDatabase> }, isInTransaction: () => boolean) {
    super(config);
    this.#isInTransaction = isInTransaction;
  }

  /** Takes the write lock at the start: a transaction that reads first can't wait for it later (SQLITE_BUSY_SNAPSHOT). */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }

  /** On a full disk SQLite rolls back itself; a second rollback would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
  }
}
