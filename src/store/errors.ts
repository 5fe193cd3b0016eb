// The one error of the store, and how the errors of both drivers become it.

/**
 * - `unavailable`: down, not reachable, cannot be opened, not migrated
 * - `locked`: another writer held it for longer than we wait
 * - `full`: the disk did not take the write; what was saved before is untouched
 * - `read-only`: the file, the disk or the server takes no writes
 * - `corrupt`: the file is no database
 * - `duplicate`: a row with that key is there already
 */
export type StoreErrorKind = 'unavailable' | 'locked' | 'full' | 'read-only' | 'corrupt' | 'duplicate';

/** The database did not do what it was asked to. `cause` is the driver's own error. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** Codes of SQLite (https://sqlite.org/rescode.html), PostgreSQL (appendix A) and Node, by how they begin. */
const KINDS: readonly (readonly [StoreErrorKind, RegExp])[] = [
  ['duplicate', /^(SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)|23505)$/],
  ['locked', /^(SQLITE_BUSY|SQLITE_LOCKED|40001$|40P01$|55P03$|57014$)/],
  // A write beyond a quota or a file size limit reaches SQLite as EDQUOT or EFBIG, which it reports as IOERR_WRITE.
  ['full', /^(SQLITE_FULL|SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE)|53100$|ENOSPC|EDQUOT|EFBIG)/],
  ['read-only', /^(SQLITE_READONLY|25006$|EROFS)/],
  ['corrupt', /^(SQLITE_NOTADB|SQLITE_CORRUPT)/],
  ['unavailable', /^(SQLITE_IOERR|SQLITE_CANTOPEN|SQLITE_NOMEM|08|28|3D|53|57P|58|E[A-Z]{4,})/],
];

/** What drivers say without a code. */
const SAID =
  /timeout|terminated|not open|closed|destroyed|Unable to open|statements in progress|not queryable|Cannot use a pool/i;
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
  if (isDriverError(error) && (code === '' || UNFINISHED.test(error.message))) {
    return SAID.test(error.message) ? 'unavailable' : undefined;
  }
  return KINDS.find(([, pattern]) => pattern.test(code))?.[0];
}

/** An error class of the caller's own is not the driver's, whatever its message says. */
function isDriverError(error: Error): boolean {
  return ['Error', 'TypeError', 'AggregateError', 'SqliteError'].includes(error.name);
}
