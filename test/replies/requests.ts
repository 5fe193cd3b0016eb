// What the tests of stored replies share: drafts, requests by somebody in a server of their own, and many replies.
import { sql } from 'kysely';
import type { Store } from '../../src/store/store.ts';

let count = 0;

export const PAGE = 'close-account#money';
export const draft = (text: string) => ({ title: 'Refunds', text, aliases: ['money back'] });
export const by = (guildId: string) => ({ guildId, authorId: '77', cause: `cause-${++count}` });

/** The topic of a reply that `saveMany` saved, counted from 0. */
export const numbered = (i: number) => `r:${10_000_000 + i}`;

/** Saves many replies with one statement: a first revision each, of the topics from `numbered(from)`. */
export async function saveMany(store: Store, guildId: string, many: number, from = 0): Promise<void> {
  await store.run((db) =>
    sql`insert into revisions
      (guild_id, topic, number, title, text, aliases, state, action, author_id, saved_at, cause)
      with recursive n(i) as (select ${sql.lit(from)} union all select i + 1 from n where i + 1 < ${sql.lit(from + many)})
      select ${guildId}, 'r:' || (10000000 + i), 1, 'Reply ' || i, 'text', '[]', 'shown', 'import', '77',
        '2026-01-01T00:00:00.000Z', 'saved-' || i from n`.execute(db),
  );
}
