// Detects changes that other processes made in the same SQLite file.
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import {
  CHANGE_RETENTION_MS,
  type ChangeListener,
  type ChangeTimes,
  type ChangeWatcher,
  deleteOldChanges,
  POLL_INTERVAL_MS,
  type RunQuery,
  readChanges,
} from './changes.ts';

/**
 * Polls for changes by other processes: SQLite sends no notifications. The table of changes is read only after another
 * connection wrote to the file (https://sqlite.org/pragma.html#pragma_data_version).
 */
export function watchSqliteFile({
  run,
  emit,
  clock,
}: {
  run: RunQuery;
  emit: ChangeListener;
  clock: Clock;
}): ChangeWatcher {
  let lastSuccess: number | undefined;
  let version: number | undefined;
  let times: ChangeTimes | undefined;
  let isPolling = false;
  const poll = async () => {
    if (isPolling) return;
    isPolling = true;
    try {
      const { rows } = await run((db) => sql<{ data_version: number }>`pragma data_version`.execute(db));
      const current = rows[0]?.data_version;
      if (!times || current !== version) {
        const found = await readChanges(run, times);
        if (times) for (const guildId of found.changed) emit(guildId);
        ({ times } = found);
        version = current;
      }
      lastSuccess = clock.now() / 1000;
    } catch {
      // The database is down; other callers report that.
    } finally {
      isPolling = false;
    }
  };
  const timers = [
    clock.every(POLL_INTERVAL_MS, () => void poll()),
    clock.every(CHANGE_RETENTION_MS, () => void deleteOldChanges(run, clock)),
  ];
  void poll();
  return {
    name: 'changes',
    /** Nothing is known of a change before it is noticed. */
    backlog: () => undefined,
    /** When the file was last polled. */
    get lastSuccess() {
      return lastSuccess;
    },
    stop() {
      for (const cancel of timers) cancel();
    },
  };
}
