// The one error of the store, and how the errors of both drivers become it.

/**
 * - `unavailable`: down, not reachable, cannot be opened, not migrated
 * - `locked`: busy; another writer held it, or it had nothing free, for longer than we wait
 * - `full`: the disk did not take the write; what was saved before is untouched
 * - `read-only`: the file, the disk or the server takes no writes, or none of ours
 * - `corrupt`: the file is no database
 * - `duplicate`: a row with that key is there already
 * - `newer`: a newer version of the bot made its tables
 */
export type StoreErrorKind = 'unavailable' | 'locked' | 'full' | 'read-only' | 'corrupt' | 'duplicate' | 'newer';

/** The database did not do what it was asked to. `cause` is the driver's own error. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

type Kinds = readonly (readonly [StoreErrorKind, RegExp])[];

/** Codes of SQLite (https://sqlite.org/rescode.html) and Node, by how they begin; the first that fits counts. */
const SQLITE_AND_NODE: Kinds = [
  ['duplicate', /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/],
  ['locked', /^SQLITE_(BUSY|LOCKED)/],
  // A write beyond a quota or a file size limit reaches SQLite as EDQUOT or EFBIG, which it reports as IOERR_WRITE.
  ['full', /^(SQLITE_FULL|SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE)|ENOSPC|EDQUOT|EFBIG)/],
  // EACCES, EPERM: file or folder belongs to another user.
  ['read-only', /^(SQLITE_READONLY|EROFS|EACCES|EPERM)/],
  ['corrupt', /^(SQLITE_NOTADB|SQLITE_CORRUPT)/],
  ['unavailable', /^(SQLITE_IOERR|SQLITE_CANTOPEN|SQLITE_NOMEM|E[A-Z]{4,})/],
];

/**
 * Codes of PostgreSQL (manual, appendix A), by how they begin: two characters are a class. The first that fits counts.
 * Whatever is not here is a mistake of ours: wrong SQL (42), wrong data (22), a broken constraint (23), a limit of the
 * program (54).
 */
const POSTGRES: Kinds = [
  ['duplicate', /^23505/],
  ['full', /^53100/],
  // No connection (53300) or memory (53200) is free. That passes, and a new connection would only make it worse.
  ['locked', /^53[023]00/],
  // Rolled back: as such, could not be serialized, deadlock; an object in use, a lock not to be had, a statement's
  // time-out, a snapshot too old.
  ['locked', /^(40000|40001|40P01|55006|55P03|57014|72000)/],
  // 42501: the role may not write. PostgreSQL says the same where its file system takes no writes (EROFS).
  ['read-only', /^(25006|42501)/],
  ['corrupt', /^XX00[12]/],
  // Connection (08), idle or long transaction whose session was ended (25P03, 25P04), authorization (28), no such database
  // (3D), outcome not known (40003), resources (53), not in the state for it, such as a database that takes no
  // connections (55), operator's intervention (57), system (58), configuration (F0), internal error (XX; hosted poolers
  // say this of databases that are suspended).
  ['unavailable', /^(08|25P03|25P04|28|3D|40003|53|55|57|58|F0|XX000)/],
];

const KINDS: Kinds = [...SQLITE_AND_NODE, ...POSTGRES];

/** What drivers say without a code. */
const SAID =
  /timeout|terminated|not open|closed|destroyed|Unable to open|statements in progress|not queryable|Cannot use a pool/i;
/** What pg's pool says where all of its connections are busy for too long. */
const ALL_BUSY = /^timeout exceeded when trying to connect$/;
/** A statement of libsql that failed midway blocks every commit of its connection, under a code that says "locked". */
const UNFINISHED = /statements in progress/;

/**
 * The store's error for a driver's one.
 * @returns undefined where the error is no failure of the database, such as a mistake in a query or an error of the
 *   caller's own
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
  if (code === '' && ALL_BUSY.test(error.message)) return 'locked';
  if (isDriverError(error) && (code === '' || UNFINISHED.test(error.message))) {
    return SAID.test(error.message) ? 'unavailable' : undefined;
  }
  return KINDS.find(([, pattern]) => pattern.test(code))?.[0];
}

/** An error class of the caller's own is not the driver's, whatever its message says. */
function isDriverError(error: Error): boolean {
  return ['Error', 'TypeError', 'AggregateError', 'SqliteError'].includes(error.name);
}
