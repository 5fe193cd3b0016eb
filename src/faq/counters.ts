// Counters without personal data: what happened how often, per server and day, written in batches.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { StoreError } from '../store/errors.ts';
import type { CountRow, QuestionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { dayOf, daysBefore } from './days.ts';
import { KEPT, questionRow, saveQuestions } from './questions.ts';

/**
 * - `seen`, `left`: a page shown in a private walk, and one from which the walk went on
 * - `followed`: the page that a link led to
 * - `helped`, `not-helped`: the page that was judged
 * - `asked`: `answered`, `unsure` or `declined`
 * - `shown`: a topic shown to everyone or in place of a page
 */
export type Kind = CountRow['kind'];

export interface Counters {
  /** Counts something once. Never throws, and nothing waits for it. @param guildId undefined (a DM) is not counted */
  count(guildId: string | undefined, kind: Kind, subject: string): void;
  /** Keeps the words of a question that found no answer. As for `count`. @param text of any length and content */
  question(guildId: string | undefined, text: string): void;
  /** Writes what is counted, as far as the database takes it. Never rejects. */
  flush(): Promise<void>;
  /** Deletes what was counted and asked in a guild, and what is not yet written. @throws {StoreError} */
  forget(guildId: string): Promise<void>;
  /** Writes the rest and ends, within a second. Never rejects. */
  close(): Promise<void>;
}

/** At most one write a second; alone, an event waits a moment, so that its answer goes out before the disk is busy. */
const PAUSE_MS = 1000;
const MOMENT_MS = 250;
const CLOSING_MS = 1000;
const TIDY_MS = 3_600_000;
/** Days that counts are kept. */
export const KEPT_DAYS = 400;
/** What is kept while the database is down: some 10 MB. What is new after that is not counted. */
const BOUNDS = { keys: 50_000, questions: 2000 };
/** One transaction: writing SQLite stops everything else. */
const BATCH = { keys: 2000, questions: 100 };
/** Rows of one statement. With powers of two there are few different statements to prepare. */
const MOST_ROWS = 128;

interface Batch {
  readonly counts: Map<string, CountRow>;
  readonly questions: QuestionRow[];
}

/**
 * Opens the counters of a store. They live in memory for a second at most while the database is up.
 * @param now the time in ms since 1970
 */
export function openCounters(store: Store, { log, now = Date.now }: { log: Logger; now?: () => number }): Counters {
  let waiting: Batch = { counts: new Map(), questions: [] };
  let writing: Promise<boolean> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let isFailing = false;
  let isClosed = false;
  let tidiedOn = '';

  const isEmpty = () => waiting.counts.size === 0 && waiting.questions.length === 0;

  const add = (row: CountRow) => {
    const key = `${row.guild_id}\n${row.day}\n${row.kind}\n${row.subject}`;
    const known = waiting.counts.get(key);
    if (known) known.n += row.n;
    else if (waiting.counts.size < BOUNDS.keys) waiting.counts.set(key, row);
  };
  const addQuestion = (row: QuestionRow) => {
    if (waiting.questions.length < BOUNDS.questions) waiting.questions.push(row);
  };

  const schedule = () => {
    if (timer || writing || isClosed || isEmpty()) return;
    const delay = Math.max(MOMENT_MS, writtenAt + PAUSE_MS - performance.now());
    timer = setTimeout(() => {
      timer = undefined;
      void write();
    }, delay).unref();
  };

  /** @returns whether it was written */
  const write = (): Promise<boolean> => {
    writing ??= writeBatch().finally(() => {
      writing = undefined;
      schedule();
    });
    return writing;
  };

  const writeBatch = async (): Promise<boolean> => {
    writtenAt = performance.now();
    const batch = take(waiting);
    try {
      await store.transact((trx) => save(trx, batch));
      if (isFailing) log.info('counts are written again');
      isFailing = false;
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) {
        log.error({ err: error }, 'counts could not be written and are dropped');
        return true;
      }
      // Where only the confirmation of a commit was lost, these are counted twice: rare, and better than not at all.
      for (const row of batch.counts.values()) add(row);
      for (const row of batch.questions) addQuestion(row);
      if (!isFailing) log.warn({ kind: error.kind }, 'counts cannot be written; they wait');
      isFailing = true;
      return false;
    }
  };

  const tidy = async () => {
    const today = dayOf(now());
    if (tidiedOn === today || isClosed) return;
    tidiedOn = today;
    try {
      await store.withLock('counters', () => purge(store, today));
    } catch (error) {
      tidiedOn = '';
      log.debug({ err: error }, 'old counts could not be deleted');
    }
  };
  const tidying = setInterval(() => void tidy(), TIDY_MS).unref();
  const firstTidying = setTimeout(() => void tidy(), PAUSE_MS).unref();

  const flush = async () => {
    await writing;
    for (let isWritten = true; isWritten && !isEmpty(); ) isWritten = await write();
  };
  const drop = (guildId: string) => {
    const counts = [...waiting.counts].filter(([, row]) => row.guild_id !== guildId);
    waiting = {
      counts: new Map(counts),
      questions: waiting.questions.filter(({ guild_id }) => guild_id !== guildId),
    };
  };

  return {
    count(guildId, kind, subject) {
      if (!guildId || isClosed) return;
      add({ guild_id: guildId, day: dayOf(now()), kind, subject, n: 1 });
      schedule();
    },
    question(guildId, text) {
      const row = guildId && !isClosed ? questionRow(guildId, text, dayOf(now())) : undefined;
      if (row) addQuestion(row);
      schedule();
    },
    flush,
    async forget(guildId) {
      await writing;
      drop(guildId);
      await forgetGuild(store, guildId);
    },
    async close() {
      isClosed = true;
      clearInterval(tidying);
      clearTimeout(firstTidying);
      clearTimeout(timer);
      await Promise.race([flush(), sleep(CLOSING_MS, undefined, { ref: false })]);
    },
  };
}

/** Deletes what was counted and asked in a guild that the bot left. @throws {StoreError} then nothing was deleted */
export async function forgetGuild(store: Store, guildId: string): Promise<void> {
  await store.transact(async (trx) => {
    await trx.deleteFrom('counts').where('guild_id', '=', guildId).executeTakeFirst();
    await trx.deleteFrom('questions').where('guild_id', '=', guildId).executeTakeFirst();
  });
}

/** Deletes counts older than 400 days and questions older than 30. @param today `YYYY-MM-DD` @throws {StoreError} */
export async function purge(store: Store, today: string): Promise<void> {
  const questionsFrom = daysBefore(today, KEPT.days);
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

/** Takes what one transaction may write. */
function take({ counts, questions }: Batch): Batch {
  const taken = new Map<string, CountRow>();
  for (const [key, row] of counts) {
    if (taken.size >= BATCH.keys) break;
    taken.set(key, row);
    counts.delete(key);
  }
  return { counts: taken, questions: questions.splice(0, BATCH.questions) };
}

async function save(trx: Db, { counts, questions }: Batch): Promise<void> {
  // In one order: two replicas that add to the same rows would else wait for each other.
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  for (let at = 0; at < rows.length; ) {
    const size = 2 ** Math.floor(Math.log2(Math.min(rows.length - at, MOST_ROWS)));
    await trx
      .insertInto('counts')
      .values(rows.slice(at, at + size))
      .onConflict((conflict) =>
        conflict
          .columns(['guild_id', 'day', 'kind', 'subject'])
          .doUpdateSet({ n: sql<number>`counts.n + excluded.n` }),
      )
      .executeTakeFirst();
    at += size;
    await new Promise(setImmediate);
  }
  await saveQuestions(trx, questions);
}
