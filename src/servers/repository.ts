// Servers of which something is stored: whether the bot is in them, and what goes when it has left.
import { sql } from 'kysely';
import { removeGuild } from '../pins/repository.ts';
import { yieldToEventLoop } from '../slices.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import { dayOf } from '../stats/repository.ts';
import type { ServerRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';

/** Days that the replies of a server are kept after the bot has left it: bots are removed by accident. */
export const REPLIES_KEPT_DAYS = 30;

/** What holds something of servers. */
const TABLES = ['counts', 'questions', 'pins', 'revisions'] as const;
/** Servers read or written at once: reading and writing SQLite stops everything else. */
const PAGE_SIZE = 500;

/** A server of which something is stored, and that the bot was seen to be in. */
export interface Server {
  readonly guildId: string;
  /** The application of the bot that was seen there. */
  readonly applicationId: string;
  readonly listedAt: Date;
  /** When it was first found missing; undefined while the bot is there. */
  readonly leftAt: Date | undefined;
}

/** The ids of all servers of which something is stored. @throws {StoreError} where the database fails */
export async function serversWithData(store: Store): Promise<Set<string>> {
  const found = new Set<string>();
  for (const table of TABLES) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const ids = await store.run((db) => nextServers(db, table, after ?? ''));
      for (const id of ids) found.add(id);
      after = ids.length < PAGE_SIZE ? undefined : ids.at(-1);
      await yieldToEventLoop();
    }
  }
  return found;
}

/** Leaps along an index from one server to the next: `select distinct` would read every row of the table. */
async function nextServers(db: Db, table: (typeof TABLES)[number], after: string): Promise<string[]> {
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

/** All servers that the bot was seen to be in, and of which something is stored. @throws {StoreError} */
export async function recordedServers(store: Store): Promise<Server[]> {
  const rows = await store.run((db) => db.selectFrom('servers').selectAll().orderBy('guild_id').execute());
  return rows.map(toServer);
}

/**
 * Remembers that the bot is in these servers; one that it had left is taken for never left.
 * @param seen the bot's application, and when it was seen there
 * @throws {StoreError} where the database fails; then some may be remembered
 */
export async function markListed(
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

/** Forgets whether the bot is in these servers, and nothing else of them. @throws {StoreError} */
export async function unmark(store: Store, guildIds: readonly string[]): Promise<void> {
  for (let from = 0; from < guildIds.length; from += PAGE_SIZE) {
    const ids = guildIds.slice(from, from + PAGE_SIZE);
    await store.run((db) => db.deleteFrom('servers').where('guild_id', 'in', ids).executeTakeFirst());
  }
}

/**
 * Deletes what is stored of a server that the bot has left, except its own replies, and remembers when it left. Cut off
 * in the middle, it can be done again.
 * @throws {StoreError} where the database fails
 */
export async function markLeft(store: Store, counters: StatsRecorder, guildId: string, at: Date): Promise<void> {
  await counters.forget(guildId);
  await removeGuild(store, guildId, true);
  await store.run((db) =>
    db
      .updateTable('servers')
      .set({ left_at: at.toISOString() })
      .where('guild_id', '=', guildId)
      .where('left_at', 'is', null)
      .executeTakeFirst(),
  );
}

/** Deletes all that is stored of a server. Cut off in the middle, it can be done again. @throws {StoreError} */
export async function deleteServer(store: Store, counters: StatsRecorder, guildId: string): Promise<void> {
  await counters.forget(guildId);
  await removeGuild(store, guildId, false);
  await unmark(store, [guildId]);
}

/**
 * Whether a server that was left uses the bot: it may have been added again for its commands alone, and such a server is
 * never listed. Only what takes a command counts, on a day after it was left; buttons of old messages may go on working.
 * @throws {StoreError} where the database fails
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

function toServer({ guild_id, application_id, listed_at, left_at }: ServerRow): Server {
  return {
    guildId: guild_id,
    applicationId: application_id,
    listedAt: new Date(listed_at),
    leftAt: left_at === null ? undefined : new Date(left_at),
  };
}
