// The table of counts, and deleting counts and questions.
import { sql } from 'kysely';
import { compareText } from '../compare-text.ts';
import { yieldToEventLoop } from '../slices.ts';
import type { CountRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { daysBefore } from '../time.ts';
import { QUESTION_LIMITS } from './unanswered.ts';

/** Days that counts are kept. */
const KEPT_DAYS = 400;
/** Few enough that writing them does not hold up an answer. */
const MAX_ROWS_PER_STATEMENT = 128;

/** Adds counts to the stored ones, inside a transaction. @param counts each guild, day, kind and subject once */
export async function saveCounts(db: Db, counts: readonly CountRow[]): Promise<void> {
  // Sorted: otherwise two processes that add to the same rows could deadlock.
  const rows = [...counts].sort(
    (a, b) =>
      compareText(a.guild_id, b.guild_id) ||
      compareText(a.day, b.day) ||
      compareText(a.kind, b.kind) ||
      compareText(a.subject, b.subject),
  );
  for (let start = 0, size = 0; start < rows.length; start += size) {
    // Powers of two: SQLite keeps every statement that it has prepared, and each size is another one.
    size = 2 ** Math.floor(Math.log2(Math.min(rows.length - start, MAX_ROWS_PER_STATEMENT)));
    await db
      .insertInto('counts')
      .values(rows.slice(start, start + size))
      .onConflict((conflict) =>
        conflict.columns(['guild_id', 'day', 'kind', 'subject']).doUpdateSet({ n: sql<number>`counts.n + excluded.n` }),
      )
      .execute();
    await yieldToEventLoop();
  }
}

/** Deletes the counts and questions of a guild that the bot left. @throws {StoreError} then nothing was deleted */
export async function deleteGuildStats(store: Store, guildId: string): Promise<void> {
  await store.transact(async (trx) => {
    await trx.deleteFrom('counts').where('guild_id', '=', guildId).executeTakeFirst();
    await trx.deleteFrom('questions').where('guild_id', '=', guildId).executeTakeFirst();
  });
}

/**
 * Deletes counts older than 400 days and questions older than 30.
 * @param today `YYYY-MM-DD`
 * @param signal ends it after the server at which it is
 * @throws {StoreError}
 */
export async function deleteExpired(store: Store, today: string, signal: AbortSignal): Promise<void> {
  const questionsFrom = daysBefore(today, QUESTION_LIMITS.days);
  await store.run((db) => db.deleteFrom('questions').where('asked_on', '<', questionsFrom).executeTakeFirst());
  const from = daysBefore(today, KEPT_DAYS);
  // Guild by guild along the key: there is no index by day, so a single statement would read the whole table.
  for (let guildId = await nextGuild(store, ''); guildId; guildId = await nextGuild(store, guildId)) {
    if (signal.aborted) return;
    const id = guildId;
    await store.run((db) =>
      db.deleteFrom('counts').where('guild_id', '=', id).where('day', '<', from).executeTakeFirst(),
    );
    await yieldToEventLoop();
  }
}

async function nextGuild(store: Store, after: string): Promise<string | undefined> {
  const row = await store.run((db) =>
    db
      .selectFrom('counts')
      .select('guild_id')
      .where('guild_id', '>', after)
      .orderBy('guild_id')
      .limit(1)
      .executeTakeFirst(),
  );
  return row?.guild_id;
}
