// The store's error class, and the conversion of both drivers' errors to it.

/**
 * - `unavailable`: down, not reachable, cannot be opened, not migrated
 * - `locked`: busy: another writer held it, or no connection was free, for longer than we wait
 * - `full`: the disk is full; saved data is not affected
 * - `read-only`: the file, the disk, the server or the user's permissions don't allow writes
 * - `corrupt`: the database is damaged, or the file is not one
 * - `duplicate`: a row with that key already exists
 * - `newer`: a newer version of the bot created the tables
 */
type StoreErrorKind = 'unavailable' | 'locked' | 'full' | 'read-only' | 'corrupt' | 'duplicate' | 'newer';

/** A database operation failed. `cause` is the driver's own error. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

type Kinds = readonly (readonly [StoreErrorKind, RegExp])[];

/** Codes of SQLite (https://sqlite.org/rescode.html) and Node, by prefix; the first match counts. */
const SQLITE_AND_NODE: Kinds = [
  ['duplicate', /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/],
  ['locked', /^SQLITE_(BUSY|LOCKED)/],
  // A write beyond a quota or a file size limit reaches SQLite as EDQUOT or EFBIG, which it reports as IOERR_WRITE.
  ['full', /^(SQLITE_FULL|SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE)|ENOSPC|EDQUOT|EFBIG)/],
  // EACCES, EPERM: the file or folder belongs to another user.
  ['read-only', /^(SQLITE_READONLY|EROFS|EACCES|EPERM)/],
  ['corrupt', /^(SQLITE_NOTADB|SQLITE_CORRUPT)/],
  ['unavailable', /^(SQLITE_IOERR|SQLITE_CANTOPEN|SQLITE_NOMEM|E[A-Z]{4,})/],
];

/**
 * Codes of PostgreSQL (manual, appendix A), by prefix: two characters are a class. The first match counts. All other
 * codes are bugs of ours: wrong SQL (42), wrong data (22), a constraint violation (23), a program limit (54).
 */
const POSTGRES: Kinds = [
  ['duplicate', /^23505/],
  ['full', /^53100/],
  // No connection (53300), memory (53200) or other resource (53000) is free now. Reconnecting would make it worse.
  ['locked', /^53[023]00/],
  // Rolled back, serialization failure, deadlock, object in use, lock not available, statement timeout, snapshot too old.
  ['locked', /^(40000|40001|40P01|55006|55P03|57014|72000)/],
  // 42501: the role may not write. PostgreSQL uses it for a read-only file system (EROFS) too.
  ['read-only', /^(25006|42501)/],
  ['corrupt', /^XX00[12]/],
  // Connection (08), session ended for an idle or long transaction (25P03, 25P04), authorization (28), no such database
  // (3D), outcome unknown (40003), resources (53), wrong state, such as a database that allows no connections (55),
  // operator intervention (57), system (58), configuration (F0), internal error (XX; hosted poolers use it for a
  // suspended database).
  ['unavailable', /^(08|25P03|25P04|28|3D|40003|53|55|57|58|F0|XX000)/],
];

const KINDS: Kinds = [...SQLITE_AND_NODE, ...POSTGRES];

/** Messages of driver errors that have no code. */
const MESSAGE_OF_LOST_CONNECTION =
  /timeout|terminated|not open|closed|destroyed|Unable to open|statements in progress|not queryable|Cannot use a pool/i;
/** The message of pg's pool when all of its connections are busy for too long. */
const POOL_EXHAUSTED = /^timeout exceeded when trying to connect$/;
/** A libsql statement that failed midway blocks every commit on its connection, with a code that means "locked". */
const UNFINISHED_STATEMENT = /statements in progress/;

/**
 * Converts an error of a driver.
 * @returns undefined if the database did not fail: the error is a bug in a query, or the caller's own
 */
export function toStoreError(error: unknown): StoreError | undefined {
  if (error instanceof StoreError) return error;
  if (!(error instanceof Error)) return undefined;
  const kind = kindOf(error);
  if (kind === undefined) return undefined;
  // Several addresses of one host that all refuse: Node reports them in one AggregateError without a message.
  return new StoreError(kind, `the database failed: ${error.message || codeOf(error)}`, error);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function kindOf(error: Error): StoreErrorKind | undefined {
  const code = codeOf(error);
  if (code === '' && POOL_EXHAUSTED.test(error.message)) return 'locked';
  if (isDriverError(error) && (code === '' || UNFINISHED_STATEMENT.test(error.message))) {
    return MESSAGE_OF_LOST_CONNECTION.test(error.message) ? 'unavailable' : undefined;
  }
  return KINDS.find(([, pattern]) => pattern.test(code))?.[0];
}

/** Errors of other classes are the caller's own, even with a similar message. */
function isDriverError(error: Error): boolean {
  return ['Error', 'TypeError', 'AggregateError', 'SqliteError'].includes(error.name);
}
