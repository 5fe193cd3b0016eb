// Unanswered questions: their text, without data about persons, kept for 30 days.
import { sql } from 'kysely';
import { type Clock, randomId } from '../clock.ts';
import { getOrInsert } from '../get-or-insert.ts';
import { isBlank, removeDirectionMarks } from '../replies/characters.ts';
import { DRAFT_LIMITS } from '../replies/draft.ts';
import { fold } from '../search/autocomplete.ts';
import { MIGRATION_TABLE, SETTINGS_MIGRATION } from '../store/migrations.ts';
import type { QuestionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { daysBefore } from '../time.ts';

/**
 * How many days a question is kept, and how many questions per guild; the oldest days are deleted first. A day can have a
 * tenth of them as different questions and a tenth as repetitions: someone who plays with the bot on one day must not
 * displace the questions of other days.
 */
export const QUESTION_LIMITS = { days: 30, perGuild: 500, differentPerDay: 50, repeatedPerDay: 50 } as const;
/** In code points. */
export const MAX_QUESTION_LENGTH = 300;
/** The rest is ignored. In UTF-16 units. */
const MAX_INPUT_LENGTH = 1000;
const ID_LENGTH = 12;

/** Questions with the same words, as a moderator sees them. */
export interface Question {
  /** The id of the latest one. */
  readonly id: string;
  readonly text: string;
  /** How often it was asked. */
  readonly count: number;
}

/**
 * Returns the part of a question that is stored: one line of at most 300 code points, in which everything that may
 * identify a person (mentions, names with @, e-mail addresses, links, phone numbers) is replaced by "…".
 * @param text of any length and content
 * @returns an empty string if no words are left
 */
export function anonymizeQuestion(text: string): string {
  // Titles and aliases have no direction controls either, so that an answered question is recognized by its words.
  const line = removeDirectionMarks(text.slice(0, MAX_INPUT_LENGTH))
    // The databases can't store NUL or lone surrogates.
    .replace(/\0|\p{Surrogate}/gu, ' ')
    .replace(/<[^<>\s]{1,100}>/g, '…')
    .replace(/(?:https?:\/\/|www\.)\S+/gi, '…')
    .replace(/[^\s@]{0,64}@\S+/g, '…')
    .replace(/[+\d][\d ().-]*\d/g, (digits) => (digits.replace(/\D/g, '').length > 8 ? '…' : digits))
    .replace(/\s+/g, ' ')
    .trim();
  return isBlank(line) || fold(line) === '' ? '' : [...line].slice(0, MAX_QUESTION_LENGTH).join('').trim();
}

/** @param day `YYYY-MM-DD` @returns undefined if no words are left */
export function toQuestionRow(
  guildId: string,
  text: string,
  day: string,
  clock: Pick<Clock, 'random'>,
): QuestionRow | undefined {
  const words = anonymizeQuestion(text);
  if (words === '') return undefined;
  // Random: an incrementing id would reveal the order in which members asked.
  const id = randomId(clock, ID_LENGTH);
  return { guild_id: guildId, asked_on: day, id, text: words };
}

/** Saves questions, inside a transaction, within the limits per day. If a guild has too many, the oldest are deleted. */
export async function saveQuestions(db: Db, rows: readonly QuestionRow[]): Promise<void> {
  const days = new Map<string, QuestionRow[]>();
  for (const row of rows) getOrInsert(days, `${row.guild_id} ${row.asked_on}`, () => []).push(row);
  for (const asked of days.values()) {
    const kept = await questionsOfDay(db, asked[0]);
    for (const row of asked) {
      const isRepeated = kept.words.has(fold(row.text));
      const isFull = isRepeated
        ? kept.ids.size - kept.words.size >= QUESTION_LIMITS.repeatedPerDay
        : kept.words.size >= QUESTION_LIMITS.differentPerDay;
      // If a commit was not confirmed, the batch is saved again.
      if (isFull || kept.ids.has(row.id)) continue;
      kept.words.add(fold(row.text));
      kept.ids.add(row.id);
      await db
        .insertInto('questions')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
    }
  }
  for (const guildId of new Set(rows.map(({ guild_id }) => guild_id))) {
    await db
      .deleteFrom('questions')
      .where('guild_id', '=', guildId)
      .where('id', 'not in', (eb) =>
        eb
          .selectFrom('questions')
          .select('id')
          .where('guild_id', '=', guildId)
          .orderBy('asked_on', 'desc')
          .orderBy('id')
          .limit(QUESTION_LIMITS.perGuild),
      )
      .executeTakeFirst();
  }
}

/** The ids and the folded words of the questions with the same day and guild. */
async function questionsOfDay(db: Db, one: QuestionRow | undefined): Promise<{ ids: Set<string>; words: Set<string> }> {
  const rows = await db
    .selectFrom('questions')
    .select(['id', 'text'])
    .where('guild_id', '=', one?.guild_id ?? '')
    .where('asked_on', '=', one?.asked_on ?? '')
    .execute();
  return { ids: new Set(rows.map(({ id }) => id)), words: new Set(rows.map(({ text }) => fold(text))) };
}

/**
 * The questions of a guild, most frequent first, then latest first. At any length of the list, at most half of it is from
 * the same day, as long as there are others.
 * @param since the first day, `YYYY-MM-DD`
 * @param isAnswered gets the folded `aliasFor` of a question; answered questions are left out
 */
export async function questionsSince(
  db: Db,
  guildId: string,
  since: string,
  isAnswered: (name: string) => boolean = () => false,
): Promise<Question[]> {
  const rows = await db
    .selectFrom('questions')
    .select(['id', 'text', 'asked_on'])
    .where('guild_id', '=', guildId)
    .where('asked_on', '>=', since)
    .orderBy('asked_on', 'desc')
    .orderBy('id')
    .execute();
  const groups = new Map<string, Question & { day: string }>();
  for (const { id, text, asked_on: day } of rows) {
    const known = groups.get(fold(text));
    groups.set(fold(text), known ? { ...known, count: known.count + 1 } : { id, text, count: 1, day });
  }
  const open = [...groups.values()].filter(({ text }) => !isAnswered(fold(aliasFor(text))));
  return mixDays(open.sort((a, b) => b.count - a.count)).map(({ id, text, count }) => ({ id, text, count }));
}

/** Keeps the order, except that a day is delayed while half of the items before are from it. */
function mixDays<T extends { day: string }>(sorted: readonly T[]): T[] {
  const left = [...sorted];
  const taken = new Map<string, number>();
  const list: T[] = [];
  for (const _ of sorted) {
    const share = Math.ceil((list.length + 1) / 2);
    const at = left.findIndex(({ day }) => (taken.get(day) ?? 0) < share);
    const [next] = left.splice(Math.max(0, at), 1);
    if (!next) break;
    taken.set(next.day, (taken.get(next.day) ?? 0) + 1);
    list.push(next);
  }
  return list;
}

/**
 * A question's words, or undefined if it has been deleted.
 * @param since the first day, `YYYY-MM-DD`, of questions that the person may see
 * @throws {StoreError}
 */
export async function findQuestion(store: Store, guildId: string, id: string, since = ''): Promise<string | undefined> {
  const row = await store.run((db) =>
    db
      .selectFrom('questions')
      .select('text')
      .where('guild_id', '=', guildId)
      .where('id', '=', id)
      .where('asked_on', '>=', since)
      .executeTakeFirst(),
  );
  return row?.text;
}

/**
 * The first day, `YYYY-MM-DD`, of questions that helpers may see. Members who asked before the bot was upgraded to the
 * version with helpers were told that only moderators see their questions.
 * @throws {StoreError}
 */
export async function helpersSeeSince(store: Store): Promise<string> {
  const { rows } = await store.run((db) =>
    sql<{ name: string; timestamp: string }>`select name, timestamp from ${sql.table(MIGRATION_TABLE)}`.execute(db),
  );
  const [first] = rows.map(({ timestamp }) => timestamp).sort();
  const upgraded = rows.find(({ name }) => name === SETTINGS_MIGRATION)?.timestamp;
  if (upgraded === undefined || upgraded === first) return '';
  return daysBefore(upgraded.slice(0, 10), -1);
}

/** A question as an alias of the reply that answers it: without commas, and within the length limit of aliases. */
export function aliasFor(question: string): string {
  const line = question.replace(/[,\s]+/g, ' ').trim();
  return [...line].slice(0, DRAFT_LIMITS.alias).join('').trim();
}
