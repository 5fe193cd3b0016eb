// Limits how many replies a server can have.
import { sql } from 'kysely';
import { yieldToEventLoop } from '../slices.ts';
import type { Db, Store } from '../store/store.ts';
import { isLatest } from './latest-revisions.ts';
import { MAX_REPLIES, TooManyRepliesError } from './reply.ts';

/** Rows per query: reading from SQLite blocks the process. */
const PAGE_SIZE = 1000;

/**
 * Checks, inside a transaction and before it writes, that a server has room for more replies.
 * @param more how many topics become visible
 * @throws {TooManyRepliesError} if there is no room
 */
export async function requireCapacity(db: Db, kind: Store['kind'], guildId: string, more: number): Promise<void> {
  if (more === 0) return;
  // SQLite has one writer at a time. On PostgreSQL, two concurrent counts could both find room for one more.
  if (kind === 'postgres') await sql`select pg_advisory_xact_lock(hashtext(${`replies ${guildId}`}))`.execute(db);
  if (more > MAX_REPLIES) throw new TooManyRepliesError(more);
  // Reads the key only. All rows must be read only if the sum including removed replies exceeds the limit.
  if ((await countTopics(db, guildId)) + more <= MAX_REPLIES) return;
  if ((await countShown(db, guildId)) + more > MAX_REPLIES) throw new TooManyRepliesError(more);
}

/** Counts a server's topics including removed ones, up to one more than the limit. */
async function countTopics(db: Db, guildId: string): Promise<number> {
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

async function countShown(db: Db, guildId: string): Promise<number> {
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
