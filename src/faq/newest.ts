// The newest revisions of all topics of a guild, read page by page.
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';

/** Reading SQLite stops everything else, and replies can have 4,000 characters: so many rows take some milliseconds. */
const PAGE_SIZE = 500;

/**
 * The newest revision of every topic of a guild, removed ones too, in the order of topics.
 * @throws {StoreError} where the database fails
 */
export async function* newestRevisions(store: Store, guildId: string): AsyncGenerator<RevisionRow[]> {
  for (let after = ''; ; ) {
    const rows = await store.run((db) => newestAfter(db, guildId, after));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = last.topic;
    // Lets others have their turn: the driver of SQLite never waits by itself.
    await new Promise(setImmediate);
  }
}

/** One page of them, for use inside a transaction. */
export function newestAfter(db: Db, guildId: string, after: string, limit = PAGE_SIZE): Promise<RevisionRow[]> {
  return db
    .selectFrom('revisions as r')
    .selectAll('r')
    .where('r.guild_id', '=', guildId)
    .where('r.topic', '>', after)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('revisions as later')
            .select('later.number')
            .whereRef('later.guild_id', '=', 'r.guild_id')
            .whereRef('later.topic', '=', 'r.topic')
            .whereRef('later.number', '>', 'r.number'),
        ),
      ),
    )
    .orderBy('r.topic')
    .limit(limit)
    .execute();
}
