// Reads the latest revisions of a guild's topics, page by page.
import { sql } from 'kysely';
import { yieldToEventLoop } from '../slices.ts';
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';

/** Reading from SQLite blocks the process: this many rows of up to 4,000 characters take some milliseconds. */
const PAGE_SIZE = 500;

/**
 * A condition on revisions under the alias `r`: no revision has a higher number. It needs one index lookup per row. With
 * `not exists`, PostgreSQL compares every row with every other one if the table has just grown: 2.2 s for 1,000 of
 * 10,000 topics instead of 3 ms.
 */
export const isLatest = sql<boolean>`r.number = (select max(later.number) from revisions as later
  where later.guild_id = r.guild_id and later.topic = r.topic)`;

/**
 * The latest revision of every topic of a guild, including removed ones, ordered by topic.
 * @throws {StoreError} if the database fails
 */
export async function* latestRevisions(store: Store, guildId: string): AsyncGenerator<RevisionRow[]> {
  for (let after = ''; ; ) {
    const rows = await store.run((db) => latestPage(db, guildId, after));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = last.topic;
    // SQLite's driver never yields by itself.
    await yieldToEventLoop();
  }
}

function latestPage(db: Db, guildId: string, after: string): Promise<RevisionRow[]> {
  return selectLatest(db, guildId).where('r.topic', '>', after).limit(PAGE_SIZE).execute();
}

/** The latest revisions of some topics, including removed ones. @throws {StoreError} if the database fails */
export async function latestRevisionsOf(
  store: Store,
  guildId: string,
  topics: readonly string[],
): Promise<RevisionRow[]> {
  const found: RevisionRow[] = [];
  for (let at = 0; at < topics.length; at += PAGE_SIZE) {
    const page = topics.slice(at, at + PAGE_SIZE);
    found.push(...(await store.run((db) => selectLatest(db, guildId).where('r.topic', 'in', page).execute())));
    await yieldToEventLoop();
  }
  return found;
}

/** The number of the latest revision of each of these topics. Reads the key only, which is fast. */
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

function selectLatest(db: Db, guildId: string) {
  return db
    .selectFrom('revisions as r')
    .selectAll('r')
    .where('r.guild_id', '=', guildId)
    .where(isLatest)
    .orderBy('r.topic');
}
