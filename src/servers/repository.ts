// Servers with stored data: whether the bot is in them, and deleting their data after it has left.
import { sql } from 'kysely';
import { yieldToEventLoop } from '../slices.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import type { ServerRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { dayOf } from '../time.ts';

/** Days that the replies of a server are kept after the bot has left it: it may have been removed by accident. */
export const REPLY_RETENTION_DAYS = 30;

/** The tables with data of servers. `deleteServerData` deletes it from each of them. */
const TABLES_WITH_GUILDS = ['counts', 'questions', 'pins', 'revisions', 'settings', 'posts', 'open_questions'] as const;
/** Servers per query: reading from and writing to SQLite block the process. */
const PAGE_SIZE = 500;

/** A server with stored data in which the bot was seen. */
export interface ServerRecord {
  readonly guildId: string;
  /** The bot's application in that server. */
  readonly applicationId: string;
  readonly listedAt: Date;
  /** When the bot was first found missing; undefined while it is in the server. */
  readonly leftAt: Date | undefined;
}

/** The ids of all servers with stored data. @throws {StoreError} if the database fails */
export async function serversWithData(store: Store): Promise<Set<string>> {
  const found = new Set<string>();
  for (const table of TABLES_WITH_GUILDS) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const ids = await store.run((db) => nextServerIds(db, table, after ?? ''));
      for (const id of ids) found.add(id);
      after = ids.length < PAGE_SIZE ? undefined : ids.at(-1);
      await yieldToEventLoop();
    }
  }
  return found;
}

/** Skips along an index from one server to the next: `select distinct` would read every row of the table. */
async function nextServerIds(db: Db, table: (typeof TABLES_WITH_GUILDS)[number], after: string): Promise<string[]> {
  const { rows } = await sql<{ guild_id: string }>`
    with recursive found (guild_id) as (
      select min(guild_id) from ${sql.table(table)} where guild_id > ${after}
      union all
      select (select min(t.guild_id) from ${sql.table(table)} t where t.guild_id > found.guild_id)
      from found where found.guild_id is not null
    )
    select guild_id from found where guild_id is not null limit ${PAGE_SIZE}`.execute(db);
  return rows.map(({ guild_id }) => guild_id);
}

/** All servers with stored data in which the bot was seen. @throws {StoreError} */
export async function serverRecords(store: Store): Promise<ServerRecord[]> {
  const rows = await store.run((db) => db.selectFrom('servers').selectAll().orderBy('guild_id').execute());
  return rows.map(toServerRecord);
}

/**
 * Records that the bot is in these servers, even if it had left them before.
 * @param seen the bot's application, and the time
 * @throws {StoreError} if the database fails; then some may be recorded
 */
export async function markPresent(
  store: Store,
  guildIds: readonly string[],
  seen: { applicationId: string; at: Date },
): Promise<void> {
  const state = { application_id: seen.applicationId, listed_at: seen.at.toISOString(), left_at: null };
  for (let from = 0; from < guildIds.length; from += PAGE_SIZE) {
    const rows: ServerRow[] = guildIds.slice(from, from + PAGE_SIZE).map((guild_id) => ({ guild_id, ...state }));
    await store.run((db) =>
      db
        .insertInto('servers')
        .values(rows)
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(state))
        .executeTakeFirst(),
    );
    await yieldToEventLoop();
  }
}

/** Deletes the records of these servers, but none of their data. @throws {StoreError} */
export async function deleteServerRecords(store: Store, guildIds: readonly string[]): Promise<void> {
  for (let from = 0; from < guildIds.length; from += PAGE_SIZE) {
    const ids = guildIds.slice(from, from + PAGE_SIZE);
    await store.run((db) => db.deleteFrom('servers').where('guild_id', 'in', ids).executeTakeFirst());
  }
}

/**
 * Deletes the data of a server that the bot has left, except its replies, and records the time. Can be repeated after a
 * failure. Listeners of changes drop what they have of the server.
 * @throws {StoreError} if the database fails
 */
export async function deleteAllButReplies(
  store: Store,
  stats: StatsRecorder,
  guildId: string,
  leftAt: Date,
): Promise<void> {
  await stats.forget(guildId);
  await store.transact((trx) => deletePinsAndSettings(trx, guildId), { changedGuild: guildId });
  await store.run((db) =>
    db
      .updateTable('servers')
      .set({ left_at: leftAt.toISOString() })
      .where('guild_id', '=', guildId)
      .where('left_at', 'is', null)
      .executeTakeFirst(),
  );
}

/** Deletes all data of a server. Can be repeated after a failure. @throws {StoreError} */
export async function deleteServerData(store: Store, stats: StatsRecorder, guildId: string): Promise<void> {
  await stats.forget(guildId);
  const write = async (trx: Db) => {
    await deletePinsAndSettings(trx, guildId);
    await trx.deleteFrom('revisions').where('guild_id', '=', guildId).executeTakeFirst();
  };
  await store.transact(write, { changedGuild: guildId });
  await deleteServerRecords(store, [guildId]);
}

async function deletePinsAndSettings(trx: Db, guildId: string): Promise<void> {
  for (const table of ['pins', 'settings', 'posts', 'open_questions'] as const) {
    await trx.deleteFrom(table).where('guild_id', '=', guildId).executeTakeFirst();
  }
}

/**
 * Whether a server that the bot has left uses it again: it may have been added for its commands only, and Discord never
 * lists such a server. Counts as use: a reply saved after the bot left, or a question or shared topic on a later day.
 * @throws {StoreError} if the database fails
 */
export async function isUsedSince(store: Store, guildId: string, leftAt: Date): Promise<boolean> {
  return store.run(async (db) => {
    const saved = await db
      .selectFrom('revisions')
      .select('number')
      .where('guild_id', '=', guildId)
      .where('saved_at', '>', leftAt.toISOString())
      .limit(1)
      .executeTakeFirst();
    if (saved) return true;
    const counted = await db
      .selectFrom('counts')
      .select('n')
      .where('guild_id', '=', guildId)
      .where('day', '>', dayOf(leftAt.getTime()))
      .where('kind', 'in', ['asked', 'shown'])
      .limit(1)
      .executeTakeFirst();
    return counted !== undefined;
  });
}

function toServerRecord({ guild_id, application_id, listed_at, left_at }: ServerRow): ServerRecord {
  return {
    guildId: guild_id,
    applicationId: application_id,
    listedAt: new Date(listed_at),
    leftAt: left_at === null ? undefined : new Date(left_at),
  };
}
