// How many replies a server shows, and whether there is room for more.
import { sql } from 'kysely';
import { yieldToEventLoop } from '../slices.ts';
import type { Db, Store } from '../store/store.ts';
import { isLatest } from './latest-revisions.ts';
import { MAX_REPLIES, TooManyRepliesError } from './reply.ts';

/** Rows read at once: reading SQLite stops everything else. */
const PAGE_SIZE = 1000;

/**
 * Makes sure, inside a transaction and before it writes, that a server may show so many replies more.
 * @param more topics that are not shown now
 * @throws {TooManyRepliesError} where it may not
 */
export async function requireCapacity(db: Db, kind: Store['kind'], guildId: string, more: number): Promise<void> {
  if (more === 0) return;
  // SQLite has one writer at a time. On PostgreSQL two who count at once would both find the last place free.
  if (kind === 'postgres') await sql`select pg_advisory_xact_lock(hashtext(${`replies ${guildId}`}))`.execute(db);
  if (more > MAX_REPLIES) throw new TooManyRepliesError(more);
  // Reads the key alone. Only where removed ones make it too many, all the rows have to be looked at.
  if ((await topicsOf(db, guildId)) + more <= MAX_REPLIES) return;
  if ((await shownOf(db, guildId)) + more > MAX_REPLIES) throw new TooManyRepliesError(more);
}

/** How many topics a server has, removed ones too; where there are more than it may show, just that many more. */
async function topicsOf(db: Db, guildId: string): Promise<number> {
  const { count } = await db
    .selectFrom((from) =>
      from
        .selectFrom('revisions')
        .select('topic')
        .distinct()
        .where('guild_id', '=', guildId)
        .limit(MAX_REPLIES + 1)
        .as('topics'),
    )
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function shownOf(db: Db, guildId: string): Promise<number> {
  let shown = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    const rows: { topic: string; state: string }[] = await db
      .selectFrom('revisions as r')
      .select(['r.topic', 'r.state'])
      .where('r.guild_id', '=', guildId)
      .where('r.topic', '>', from)
      .where(isLatest)
      .orderBy('r.topic')
      .limit(PAGE_SIZE)
      .execute();
    shown += rows.filter(({ state }) => state === 'shown').length;
    after = rows.length < PAGE_SIZE ? undefined : rows.at(-1)?.topic;
    await yieldToEventLoop();
  }
  return shown;
}
