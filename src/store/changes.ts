// Tells listeners that the replies of a server have changed, and keeps the table of changes that other processes read.
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { JobProgress } from '../jobs.ts';
import { databaseTime, isSqlite } from './dialect.ts';
import type { Tables } from './schema.ts';

/** @param guildId undefined: the replies of any server may have changed */
export type ChangeListener = (guildId: string | undefined) => void;

/** Notices changes by other processes until it is stopped. */
export interface ChangeWatcher extends JobProgress {
  stop(): void;
}

interface ChangeEmitter {
  /** @returns a function that removes the listener */
  on(listener: ChangeListener): () => void;
  emit(guildId: string | undefined): void;
}

/** How the store runs queries: `Store.run`. */
export type RunQuery = <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;

/** PostgreSQL's notification channel for changes; the payload is the server's id. Version 1.0.0 uses it too. */
export const CHANGE_CHANNEL = 'guidepost_changes';
/** How often a process that gets no notifications reads the table of changes. */
export const POLL_INTERVAL_MS = 1500;
/** Rows stay for longer than any process needs to read them once. */
export const CHANGE_RETENTION_MS = 60 * 60 * 1000;

/** Listeners of this process. An error in one is logged and doesn't affect the others. */
export function createChangeEmitter(log: Logger): ChangeEmitter {
  const listeners = new Set<ChangeListener>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(guildId) {
      for (const listener of listeners) {
        try {
          listener(guildId);
        } catch (error) {
          log.error({ err: error }, 'change listener failed');
        }
      }
    },
  };
}

/** Tells all processes that a server's replies have changed, as soon as the transaction commits. */
export async function publishChange(db: Kysely<Tables>, guildId: string, clock: Clock): Promise<void> {
  const changed_at = databaseTime(db, clock, 0, 'US');
  await db
    .insertInto('changes')
    .values({ guild_id: guildId, changed_at })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet({ changed_at }))
    .execute();
  if (!isSqlite(db)) await sql`select pg_notify(${CHANGE_CHANNEL}, ${guildId})`.execute(db);
}

/** Deletes changes older than an hour. Never rejects. */
export async function deleteOldChanges(run: RunQuery, clock: Clock): Promise<void> {
  await run((db) =>
    db
      .deleteFrom('changes')
      .where('changed_at', '<', databaseTime(db, clock, -CHANGE_RETENTION_MS / 1000, 'US'))
      .execute(),
  ).catch(() => []);
}

/** When the replies of each server changed, by server id. */
export type ChangeTimes = ReadonlyMap<string, string>;

/** Reads the table of changes. @returns its content, and the servers whose time differs from `before` */
export async function readChanges(
  run: RunQuery,
  before: ChangeTimes = new Map(),
): Promise<{ times: ChangeTimes; changed: string[] }> {
  const rows = await run((db) => db.selectFrom('changes').selectAll().execute());
  const times = new Map(rows.map((row) => [row.guild_id, row.changed_at]));
  return { times, changed: [...times.keys()].filter((guildId) => times.get(guildId) !== before.get(guildId)) };
}
