// Questions to a server's helpers that wait for an answer. Their words and who asked stand in the post itself only.
import { getOrInsert } from '../get-or-insert.ts';
import type { OpenQuestionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { DAY_MS, isoTime } from '../time.ts';

/** Days that a question waits: after that, nobody is reminded of it any more. */
const KEPT_DAYS = 30;

/** A question that waits, as the post in the helpers' channel. */
export interface OpenQuestion {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly askedAt: Date;
}

/** Records a question that was posted to the helpers. @throws {StoreError} */
export async function addOpenQuestion(
  store: Store,
  { guildId, channelId, messageId }: Omit<OpenQuestion, 'askedAt'>,
): Promise<void> {
  const row = { guild_id: guildId, channel_id: channelId, message_id: messageId, asked_at: isoTime(store.clock.now()) };
  await store.run((db) =>
    db
      .insertInto('open_questions')
      .values({ ...row, listed_on: null })
      .onConflict((conflict) => conflict.columns(['guild_id', 'message_id']).doNothing())
      .executeTakeFirst(),
  );
}

/** Records that a question was answered, or that its post is gone. @throws {StoreError} */
export async function closeQuestion(store: Store, guildId: string, messageId: string): Promise<void> {
  await store.run((db) =>
    db
      .deleteFrom('open_questions')
      .where('guild_id', '=', guildId)
      .where('message_id', '=', messageId)
      .executeTakeFirst(),
  );
}

/** The questions that wait in a server, oldest first. @throws {StoreError} */
export async function openQuestionsOf(store: Store, guildId: string): Promise<OpenQuestion[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('open_questions')
      .selectAll()
      .where('guild_id', '=', guildId)
      .orderBy('asked_at')
      .orderBy('message_id')
      .execute(),
  );
  return rows.map(toQuestion);
}

/**
 * The questions that have waited for a day, of the servers whose helpers were not reminded today, by server.
 * @param today `YYYY-MM-DD` in UTC
 * @throws {StoreError}
 */
export async function overdueQuestions(store: Store, today: string): Promise<Map<string, OpenQuestion[]>> {
  const rows = await store.run((db) =>
    db.selectFrom('open_questions').selectAll().where('asked_at', '<=', dayAgo(store)).orderBy('asked_at').execute(),
  );
  const isReminded = new Set(rows.flatMap((row) => (row.listed_on === today ? [row.guild_id] : [])));
  const overdue = new Map<string, OpenQuestion[]>();
  for (const row of rows) {
    if (!isReminded.has(row.guild_id)) getOrInsert(overdue, row.guild_id, () => []).push(toQuestion(row));
  }
  return overdue;
}

/**
 * Records that a server's helpers are reminded today of what has waited for a day.
 * @returns false if another process has done so
 * @throws {StoreError}
 */
export async function markListed(store: Store, guildId: string, today: string): Promise<boolean> {
  const { numUpdatedRows } = await store.run((db) =>
    db
      .updateTable('open_questions')
      .set({ listed_on: today })
      .where('guild_id', '=', guildId)
      .where('asked_at', '<=', dayAgo(store))
      .where((eb) => eb.or([eb('listed_on', 'is', null), eb('listed_on', '<', today)]))
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

/** Deletes questions that have waited for more than 30 days. @throws {StoreError} */
export async function deleteOldQuestions(store: Store): Promise<void> {
  const before = isoTime(store.clock.now() - KEPT_DAYS * DAY_MS);
  await store.run((db) => db.deleteFrom('open_questions').where('asked_at', '<', before).executeTakeFirst());
}

function toQuestion({ guild_id, channel_id, message_id, asked_at }: OpenQuestionRow): OpenQuestion {
  return { guildId: guild_id, channelId: channel_id, messageId: message_id, askedAt: new Date(asked_at) };
}

function dayAgo(store: Store): string {
  return isoTime(store.clock.now() - DAY_MS);
}
