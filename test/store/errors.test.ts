import { expect, test } from 'vitest';
import { toStoreError } from '../../src/store/errors.ts';

test.each([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_WRITE', 'full'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
  ['SQLITE_READONLY_DBMOVED', 'read-only'],
  ['SQLITE_IOERR_READ', 'unavailable'],
  ['ENOSPC', 'full'],
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
