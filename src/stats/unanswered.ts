// Questions that found no answer: their words without whoever asked, kept for 30 days.

import { type Clock, randomLetters } from '../clock.ts';
import { getOrInsert } from '../get-or-insert.ts';
import { isBlank, removeDirectionMarks } from '../replies/characters.ts';
import { DRAFT_LIMITS } from '../replies/draft.ts';
import { fold } from '../search/autocomplete.ts';
import type { QuestionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';

/**
 * Days that a question is kept, and how many of a guild; the oldest days go first. A day has a tenth of them for
 * different questions, those that come first, and a tenth for their repetitions: a day on which somebody plays with the
 * bot must not push out what others asked on other days.
 */
export const RETENTION_DAYS = { days: 30, perGuild: 500, differentPerDay: 50, repeatedPerDay: 50 } as const;
/** In code points. */
export const MAX_QUESTION = 300;
/** What follows is not looked at. */
const LONGEST_INPUT = 1000;
const ID_LENGTH = 12;

/** Questions of the same words, as a moderator sees them. */
export interface Question {
  /** Of the newest one. */
  readonly id: string;
  readonly text: string;
  /** How often it was asked. */
  readonly count: number;
}

/**
 * The words of a question that are kept: one line of at most 300 code points, without what may point to a person
 * (mentions, names with @, e-mail addresses, links, telephone numbers), which becomes "…".
 * @param text of any length and content
 * @returns an empty text where no words are left
 */
export function searchableWords(text: string): string {
  // Names of replies have no controls of direction either: a question that is answered is found by its words.
  const line = removeDirectionMarks(text.slice(0, LONGEST_INPUT))
    // Neither database keeps NUL or half of a surrogate pair.
    .replace(/\0|\p{Surrogate}/gu, ' ')
    .replace(/<[^<>\s]{1,100}>/g, '…')
    .replace(/(?:https?:\/\/|www\.)\S+/gi, '…')
    .replace(/[^\s@]{0,64}@\S+/g, '…')
    .replace(/[+\d][\d ().-]*\d/g, (digits) => (digits.replace(/\D/g, '').length > 8 ? '…' : digits))
    .replace(/\s+/g, ' ')
    .trim();
  return isBlank(line) || fold(line) === '' ? '' : [...line].slice(0, MAX_QUESTION).join('').trim();
}

/** The row of a question; undefined where it has no words. @param day `YYYY-MM-DD` */
export function questionRow(
  guildId: string,
  text: string,
  day: string,
  clock: Pick<Clock, 'random'>,
): QuestionRow | undefined {
  const words = searchableWords(text);
  if (words === '') return undefined;
  // Random: a number that counts up would tell the order in which members asked.
  const id = randomLetters(clock, ID_LENGTH);
  return { guild_id: guildId, asked_on: day, id, text: words };
}

/** Writes questions, inside a transaction: each day's share of them. Of a guild with too many, those of the oldest days go. */
export async function saveQuestions(db: Db, rows: readonly QuestionRow[]): Promise<void> {
  const days = new Map<string, QuestionRow[]>();
  for (const row of rows) getOrInsert(days, `${row.guild_id} ${row.asked_on}`, () => []).push(row);
  for (const asked of days.values()) {
    const kept = await keptOfDay(db, asked[0]);
    for (const row of asked) {
      const isRepeated = kept.words.has(fold(row.text));
      const isFull = isRepeated
        ? kept.ids.size - kept.words.size >= RETENTION_DAYS.repeatedPerDay
        : kept.words.size >= RETENTION_DAYS.differentPerDay;
      // A batch whose commit was not confirmed is written once more.
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
          .limit(RETENTION_DAYS.perGuild),
      )
      .executeTakeFirst();
  }
}

/** What is kept of the day and guild of a question: the ids, and the words folded. */
async function keptOfDay(db: Db, one: QuestionRow | undefined): Promise<{ ids: Set<string>; words: Set<string> }> {
  const rows = await db
    .selectFrom('questions')
    .select(['id', 'text'])
    .where('guild_id', '=', one?.guild_id ?? '')
    .where('asked_on', '=', one?.asked_on ?? '')
    .execute();
  return { ids: new Set(rows.map(({ id }) => id)), words: new Set(rows.map(({ text }) => fold(text))) };
}

/**
 * The questions of a guild, those asked most first; of equals the newest. As long as there are others, no
 * more than half of any beginning of the list are of one day.
 * @param since the first day, `YYYY-MM-DD`
 * @param isAnswered leaves out questions that are answered by now, by what `nameFor` makes of them, folded
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
  const open = [...groups.values()].filter(({ text }) => !isAnswered(fold(nameFor(text))));
  return spread(open.sort((a, b) => b.count - a.count)).map(({ id, text, count }) => ({ id, text, count }));
}

/** The same order, but that a day waits for others while half of what comes before is its own. */
function spread<T extends { day: string }>(sorted: readonly T[]): T[] {
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

/** A question's words, where it is still there. @throws {StoreError} */
export async function findQuestion(store: Store, guildId: string, id: string): Promise<string | undefined> {
  const row = await store.run((db) =>
    db.selectFrom('questions').select('text').where('guild_id', '=', guildId).where('id', '=', id).executeTakeFirst(),
  );
  return row?.text;
}

/** A question as another name of the reply that answers it: no commas, which part names, and no longer than a name may be. */
export function nameFor(question: string): string {
  const line = question.replace(/[,\s]+/g, ' ').trim();
  return [...line].slice(0, DRAFT_LIMITS.alias).join('').trim();
}
