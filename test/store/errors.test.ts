// The conversion of drivers' errors to a StoreError.
import { describe, expect, test } from 'vitest';
import { StoreError, toStoreError } from '../../src/store/errors.ts';

test.each([
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'duplicate'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'duplicate'],
  ['SQLITE_CONSTRAINT_NOTNULL', undefined],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_WRITE', 'full'],
  ['SQLITE_IOERR_FSYNC', 'full'],
  ['SQLITE_IOERR_DIR_FSYNC', 'full'],
  ['SQLITE_IOERR_TRUNCATE', 'full'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_CORRUPT_INDEX', 'corrupt'],
  ['SQLITE_CANTOPEN', 'unavailable'],
  ['SQLITE_NOMEM', 'unavailable'],
  ['SQLITE_READONLY_DBMOVED', 'read-only'],
  ['SQLITE_IOERR_READ', 'unavailable'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EFBIG', 'full'],
  ['EROFS', 'read-only'],
  ['EPERM', 'read-only'],
  ['EPIPE', 'unavailable'],
  ['ETWO', undefined],
  ['EACCES', 'read-only'],
  ['ENOTFOUND', 'unavailable'],
  ['SQLITE_ERROR', undefined],
])('the driver’s error %s is of kind %s', (code, kind) => {
  expect(toStoreError(Object.assign(new Error('x'), { code }))?.kind).toBe(kind);
});

/** PostgreSQL's codes and their names (manual, appendix A). */
test.each([
  ['08006', 'connection_failure', 'unavailable'],
  ['08P01', 'protocol_violation', 'unavailable'],
  ['25006', 'read_only_sql_transaction', 'read-only'],
  ['25P02', 'in_failed_sql_transaction', undefined],
  ['25P03', 'idle_in_transaction_session_timeout', 'unavailable'],
  ['25P04', 'transaction_timeout', 'unavailable'],
  ['28P01', 'invalid_password', 'unavailable'],
  ['3D000', 'invalid_catalog_name', 'unavailable'],
  ['40001', 'serialization_failure', 'locked'],
  ['40002', 'transaction_integrity_constraint_violation', undefined],
  ['40003', 'statement_completion_unknown', 'unavailable'],
  ['40P01', 'deadlock_detected', 'locked'],
  ['42501', 'insufficient_privilege', 'read-only'],
  ['53000', 'insufficient_resources', 'locked'],
  ['53100', 'disk_full', 'full'],
  ['53200', 'out_of_memory', 'locked'],
  ['53300', 'too_many_connections', 'locked'],
  ['53400', 'configuration_limit_exceeded', 'unavailable'],
  ['55000', 'object_not_in_prerequisite_state', 'unavailable'],
  ['55006', 'object_in_use', 'locked'],
  ['55P02', 'cant_change_runtime_param', 'unavailable'],
  ['55P03', 'lock_not_available', 'locked'],
  ['57000', 'operator_intervention', 'unavailable'],
  ['57014', 'query_canceled', 'locked'],
  ['57P01', 'admin_shutdown', 'unavailable'],
  ['57P02', 'crash_shutdown', 'unavailable'],
  ['57P03', 'cannot_connect_now', 'unavailable'],
  ['57P04', 'database_dropped', 'unavailable'],
  ['57P05', 'idle_session_timeout', 'unavailable'],
  ['58030', 'io_error', 'unavailable'],
  ['72000', 'snapshot_too_old', 'locked'],
  ['F0000', 'config_file_error', 'unavailable'],
  ['XX000', 'internal_error', 'unavailable'],
  ['XX001', 'data_corrupted', 'corrupt'],
  ['XX002', 'index_corrupted', 'corrupt'],
  ['23505', 'unique_violation', 'duplicate'],
  ['23502', 'not_null_violation', undefined],
  ['22021', 'character_not_in_repertoire', undefined],
  ['42P01', 'undefined_table', undefined],
  ['54001', 'statement_too_complex', undefined],
  ['0A000', 'feature_not_supported', undefined],
])('PostgreSQL’s error %s (%s) is of kind %3$s', (code, _, kind) => {
  expect(toStoreError(Object.assign(new Error('x'), { code, name: 'error' }))?.kind).toBe(kind);
});

describe('an error without a code', () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });

  test.each([
    ['timeout exceeded when trying to connect', 'locked'],
    ['Query read timeout', 'unavailable'],
    ['Connection terminated unexpectedly', 'unavailable'],
    ['The database connection is not open', 'unavailable'],
    ['Client was closed and is not queryable', 'unavailable'],
    ['driver has already been destroyed', 'unavailable'],
    ['Unable to open connection to local database', 'unavailable'],
    ['Cannot use a pool after calling end on the pool', 'unavailable'],
    ['something else', undefined],
  ])('%s is of kind %s', (message, kind) => {
    for (const name of ['Error', 'TypeError', 'AggregateError', 'SqliteError'])
      expect(toStoreError(named(name, message))?.kind).toBe(kind);
  });

  test('of another class is the caller’s own', () => {
    expect(toStoreError(named('Refusal', 'the connection was closed'))).toBeUndefined();
  });
});

test('a commit that an unfinished statement blocks needs a new connection, whatever its code says', () => {
  const error = Object.assign(new Error('SQL statements in progress'), { code: 'SQLITE_BUSY', name: 'SqliteError' });
  expect(toStoreError(error)?.kind).toBe('unavailable');
});

test('a StoreError has the driver’s message and error', () => {
  const error = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  expect(toStoreError(error)).toMatchObject({
    name: 'StoreError',
    kind: 'full',
    message: 'the database failed: no space',
    cause: error,
  });
  const all = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  expect(toStoreError(all)?.message).toBe('the database failed: ECONNREFUSED');
});

test('a StoreError is kept as it is, and has a cause only if it is given one', () => {
  const error = new StoreError('full', 'x');
  expect(toStoreError(error)).toBe(error);
  expect('cause' in error).toBe(false);
});

test.each([['text'], [undefined], [{ code: 'ENOSPC' }]])('%o is not an error of the database', (value) => {
  expect(toStoreError(value)).toBeUndefined();
});

test('a code that is not text is not a code', () => {
  expect(toStoreError(Object.assign(new Error('terminated'), { code: 53100 }))?.kind).toBe('unavailable');
});
