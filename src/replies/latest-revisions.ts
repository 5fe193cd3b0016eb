// The newest revisions of all topics of a guild, read page by page.
import { sql } from 'kysely';
import { yieldToEventLoop } from '../slices.ts';
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';

/** Reading SQLite stops everything else, and replies can have 4,000 characters: so many rows take some milliseconds. */
const PAGE_SIZE = 500;

/**
 * A condition on revisions under the name `r`: there is none with a higher number. It looks up one entry of the index for
 * each row. As `not exists`, PostgreSQL compares every row with every other one in a table that grew a moment ago: 2.2 s
 * for 1,000 of 10,000 topics, instead of 3 ms.
 */
export const isLatest = sql<boolean>`r.number = (select max(later.number) from revisions as later
  where later.guild_id = r.guild_id and later.topic = r.topic)`;

/**
 * The newest revision of every topic of a guild, removed ones too, in the order of topics.
 * @throws {StoreError} where the database fails
 */
export async function* latestRevisions(store: Store, guildId: string): AsyncGenerator<RevisionRow[]> {
  for (let after = ''; ; ) {
    const rows = await store.run((db) => newestAfter(db, guildId, after));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = last.topic;
    // Lets others have their turn: the driver of SQLite never waits by itself.
    await yieldToEventLoop();
  }
}

/** One page of them. */
function newestAfter(db: Db, guildId: string, after: string): Promise<RevisionRow[]> {
  return newestIn(db, guildId).where('r.topic', '>', after).limit(PAGE_SIZE).execute();
}

/** The newest revisions of these topics, as `newestRevisions`. @throws {StoreError} where the database fails */
export async function latestRevision(store: Store, guildId: string, topics: readonly string[]): Promise<RevisionRow[]> {
  const found: RevisionRow[] = [];
  for (let at = 0; at < topics.length; at += PAGE_SIZE) {
    const page = topics.slice(at, at + PAGE_SIZE);
    found.push(...(await store.run((db) => newestIn(db, guildId).where('r.topic', 'in', page).execute())));
    await yieldToEventLoop();
  }
  return found;
}

/** The number of the newest revision of each of these topics that has any. Reads the key alone, which is quick. */
export async function latestNumbers(db: Db, guildId: string, topics: readonly string[]): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  for (let at = 0; at < topics.length; at += PAGE_SIZE) {
    const rows = await db
      .selectFrom('revisions')
      .select(({ fn }) => ['topic', fn.max('number').as('number')])
      .where('guild_id', '=', guildId)
      .where('topic', 'in', topics.slice(at, at + PAGE_SIZE))
      .groupBy('topic')
      .execute();
    for (const { topic, number } of rows) numbers.set(topic, number);
    await yieldToEventLoop();
  }
  return numbers;
}

function newestIn(db: Db, guildId: string) {
  return db
    .selectFrom('revisions as r')
    .selectAll('r')
    .where('r.guild_id', '=', guildId)
    .where(isLatest)
    .orderBy('r.topic');
}
