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

/**
 * The driver waits synchronously, which stops every answer of the bot, and many waiting writers one after the other.
 * Hardly at all here; `store.ts` is patient.
 */
const BUSY_MS = 1;
/** Statements are freed only when JavaScript's garbage is collected, which small handles hardly ever cause. */
const KEPT_STATEMENTS = 100;

/**
 * The path in a `file:` address. Options behind a question mark, which other programs have there, are left out: SQLite
 * would take them for a part of the name, and another file for the database. A file that has that name is meant.
 */
export function pathOf(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url);
  const path = url.slice('file:'.length);
  return existsSync(path) ? path : path.replace(/\?.*$/s, '');
}

/** A dialect that opens the file at the first query. File and folder are made where they are missing, for this user only. */
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
  const database = connect(path);
  const run = (pragma: string) => database.prepare(`pragma ${pragma}`).all([]);
  run('journal_mode = wal');
  // FULL syncs the write-ahead log at every commit. With NORMAL a commit would survive kill -9 but not a power cut:
  // the log is then synced only at checkpoints. What a moderator was told is saved must be there afterwards, and
  // moderators save seldom enough to wait for the disk.
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  run('wal_autocheckpoint = 1000');
  const statements = new Map<string, Statement>();
  return {
    isInTransaction: () => database.open && database.inTransaction,
    prepare(sql) {
      const kept = statements.get(sql);
      statements.delete(sql);
      const statement = kept ?? toStatement(database, sql, () => statements.delete(sql));
      statements.set(sql, statement);
      for (const oldest of statements.keys()) {
        if (statements.size <= KEPT_STATEMENTS) break;
        statements.delete(oldest);
      }
      return statement;
    },
    close() {
      statements.clear();
      try {
        // The file is then whole without the log beside it, for whoever copies it.
        run('wal_checkpoint(truncate)');
      } catch {
        // The log stays and is read at the next start.
      }
      database.close();
    },
  };
}

function connect(path: string): Database.Database {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite would let every user read it. Its log beside the file gets the same rights.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    return new Database(path, { timeout: BUSY_MS });
  } catch (error) {
    const known = toStoreError(error);
    throw known ?? new StoreError('unavailable', `the database ${path} cannot be opened: ${String(error)}`, error);
  }
}

/** What Kysely begins and ends transactions with. */
const BEGIN = 'begin immediate';
const CONTROL = new Set([BEGIN, 'commit', 'rollback']);

/**
 * A statement that fails because another process writes is never reset by libsql, and then no transaction of its
 * connection can commit ("SQL statements in progress"). `exec` leaves nothing behind; so the write lock is always taken
 * by an `exec`, and a statement never meets another writer. For the same reason no query here may write and return rows
 * (`returning`), which libsql runs as a reading.
 */
function toStatement(database: Database.Database, sql: string, forget: () => void): Statement {
  if (CONTROL.has(sql)) return toControl(database, sql);
  const statement = database.prepare(sql);
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      forget();
      throw error;
    }
  };
  return {
    reader: statement.reader,
    all: (parameters) => guarded(() => statement.all(bindable(parameters))),
    run: (parameters) => guarded(() => locked(database, () => statement.run(bindable(parameters)))),
    iterate: (parameters) => statement.iterate(bindable(parameters)),
  };
}

/** At a boolean, and only there, libsql does not throw but ends the process ("not yet implemented", in Rust). */
function bindable(parameters: readonly unknown[]): readonly unknown[] {
  if (parameters.some((value) => typeof value === 'boolean')) throw new TypeError('SQLite has no booleans');
  return parameters;
}

function toControl(database: Database.Database, sql: string): Statement {
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

function locked<T>(database: Database.Database, write: () => T): T {
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

  /** Taking the write lock at once: a transaction that read first could not wait for it later (SQLITE_BUSY_SNAPSHOT). */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }

  /** After a full disk SQLite has rolled back itself; a second rollback would hide the first error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
  }
}
