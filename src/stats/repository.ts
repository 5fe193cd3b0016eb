// The table of counts: days, adding to it, and deleting from it.
import { CompiledQuery, sql } from 'kysely';
import { getOrInsert } from '../get-or-insert.ts';
import type { CountRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { RETENTION_DAYS } from './unanswered.ts';

/** Days that counts are kept. */
const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;
/** Rows of one statement. With powers of two there are few different statements to prepare. */
const MOST_ROWS = 128;

/** The day of a time in ms since 1970, as `YYYY-MM-DD` in UTC. */
export function dayOf(ms: number): string {
  const number = Math.floor(ms / DAY_MS);
  // Asked at every count, and nearly always for the same day.
  if (number !== last.number) last = { number, day: new Date(ms).toISOString().slice(0, 10) };
  return last.day;
}
let last = { number: Number.NaN, day: '' };

/** The day so many days before another. @param day `YYYY-MM-DD` */
export function daysBefore(day: string, days: number): string {
  return dayOf(Date.parse(day) - days * DAY_MS);
}

/** Adds counts to those that are there, inside a transaction. @param counts each guild, day, kind and subject once */
export async function saveCounts(db: Db, counts: readonly CountRow[]): Promise<void> {
  // In one order: two replicas that add to the same rows would else wait for each other.
  const rows = [...counts].sort(
    (a, b) =>
      order(a.guild_id, b.guild_id) || order(a.day, b.day) || order(a.kind, b.kind) || order(a.subject, b.subject),
  );
  for (let at = 0; at < rows.length; ) {
    const size = 2 ** Math.floor(Math.log2(Math.min(rows.length - at, MOST_ROWS)));
    const values = rows
      .slice(at, at + size)
      .flatMap(({ guild_id, day, kind, subject, n }) => [guild_id, day, kind, subject, n]);
    await db.executeQuery(CompiledQuery.raw(additionOf(db, size), values));
    at += size;
    await new Promise(setImmediate);
  }
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The statement that adds so many rows. Building it takes longer than the database does: it is built once. */
function additionOf(db: Db, size: number): string {
  const { adapter } = db.getExecutor();
  const bySize = getOrInsert(additions, adapter, () => new Map<number, string>());
  return getOrInsert(bySize, size, () => addition(db, size));
}
const additions = new WeakMap<object, Map<number, string>>();

function addition(db: Db, size: number): string {
  const row: CountRow = { guild_id: '', day: '', kind: 'seen', subject: '', n: 0 };
  const { sql: text } = db
    .insertInto('counts')
    .values(Array.from({ length: size }, () => row))
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'day', 'kind', 'subject']).doUpdateSet({ n: sql<number>`counts.n + excluded.n` }),
    )
    .compile();
  return text;
}

/** Deletes what was counted and asked in a guild that the bot left. @throws {StoreError} then nothing was deleted */
export async function deleteGuildStats(store: Store, guildId: string): Promise<void> {
  await store.transact(async (trx) => {
    await trx.deleteFrom('counts').where('guild_id', '=', guildId).executeTakeFirst();
    await trx.deleteFrom('questions').where('guild_id', '=', guildId).executeTakeFirst();
  });
}

/** Deletes counts older than 400 days and questions older than 30. @param today `YYYY-MM-DD` @throws {StoreError} */
export async function deleteExpired(store: Store, today: string): Promise<void> {
  const questionsFrom = daysBefore(today, RETENTION_DAYS.days);
  await store.run((db) => db.deleteFrom('questions').where('asked_on', '<', questionsFrom).executeTakeFirst());
  const from = daysBefore(today, KEPT_DAYS);
  // Guild by guild along the key: without an index of its own, a search by day would read the whole table at once.
  for (let guildId = await nextGuild(store, ''); guildId; guildId = await nextGuild(store, guildId)) {
    const id = guildId;
    await store.run((db) =>
      db.deleteFrom('counts').where('guild_id', '=', id).where('day', '<', from).executeTakeFirst(),
    );
    await new Promise(setImmediate);
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
