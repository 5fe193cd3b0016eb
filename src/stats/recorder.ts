// Counters without personal data: what happened how often, per server and day, written in batches.
import type { Logger } from 'pino';
import { type CancelTimer, resultWithin } from '../clock.ts';
import { StoreError } from '../store/errors.ts';
import type { CountRow, QuestionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { PendingCounts } from './pending-counts.ts';
import { dayOf, deleteExpired, deleteGuildStats, saveCounts } from './repository.ts';
import { saveQuestions, toQuestionRow } from './unanswered.ts';

/**
 * - `seen`, `left`: a page shown in a private walk, and one from which the walk went on
 * - `followed`: the guide that a link led to
 * - `helped`, `not-helped`: the page that was judged
 * - `asked`: `answered`, `unsure` or `declined`
 * - `shown`: a topic shown to everyone or in place of a page
 */
export type Kind = CountRow['kind'];

export interface StatsRecorder {
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

/**
 * Counts a step of a private walk. A step that stays on its page (to the plan and back, "Did this help?") is none.
 * @param from the page that was left; undefined where the walk begins, as it does at a command or a public message
 * @param to the page that is shown now; undefined for what is no page, such as the topics found for a question
 * @param isLink whether a button of the page itself led there
 */
export function recordStep(
  counters: StatsRecorder,
  guildId: string | undefined,
  { from, to, isLink }: { from: string | undefined; to: string | undefined; isLink: boolean },
): void {
  if (from === to) return;
  if (from !== undefined) counters.count(guildId, 'left', from);
  if (to === undefined) return;
  counters.count(guildId, 'seen', to);
  // By guide only: by page it would say little more than `seen`, and take a third of the table.
  if (isLink) counters.count(guildId, 'followed', to.split('#', 1)[0] ?? to);
}

/** At most one write a second; alone, an event waits a moment, so that its answer goes out before the disk is busy. */
const PAUSE_MS = 1000;
const MOMENT_MS = 250;
const CLOSING_MS = 1000;
/** Old counts are looked for once a day: a minute after the start, then whenever an hour finds a new day. */
const TIDY_MS = { first: 60_000, every: 3_600_000 };
/** What is kept while the database is down: some 10 MB. What is new after that is not counted. */
const BOUNDS = { keys: 50_000, questions: 2000 };
/** One transaction: writing SQLite stops everything else. */
const BATCH = { keys: 2000, questions: 100 };

/**
 * Opens the counters of a store. They live in memory for a second at most while the database is up.
 * @param now the time in ms since 1970
 */
export function openStatsRecorder(
  store: Store,
  { log, now = store.clock.now }: { log: Logger; now?: () => number },
): StatsRecorder {
  const { clock } = store;
  const pending = new PendingCounts(BOUNDS.keys);
  let questions: QuestionRow[] = [];
  let writing: Promise<boolean> | undefined;
  let cancelTimer: CancelTimer | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let isFailing = false;
  let isClosed = false;
  let tidiedOn = '';

  const isEmpty = () => pending.size === 0 && questions.length === 0;

  const addQuestion = (row: QuestionRow) => {
    if (questions.length < BOUNDS.questions) questions.push(row);
  };

  const schedule = () => {
    if (cancelTimer || writing || isClosed || isEmpty()) return;
    const delay = Math.max(MOMENT_MS, writtenAt + PAUSE_MS - clock.monotonic());
    cancelTimer = clock.after(delay, () => {
      cancelTimer = undefined;
      void write();
    });
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
    writtenAt = clock.monotonic();
    const batch = { counts: pending.take(BATCH.keys), questions: questions.splice(0, BATCH.questions) };
    try {
      await store.transact(async (trx) => {
        await saveCounts(trx, batch.counts);
        await saveQuestions(trx, batch.questions);
      });
      if (isFailing) log.info('counts are written again');
      isFailing = false;
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) {
        log.error({ err: error }, 'counts could not be written and are dropped');
        return true;
      }
      // Where only the confirmation of a commit was lost, these are counted twice: rare, and better than not at all.
      for (const row of batch.counts) pending.add(row);
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
      await store.withLock('counters', () => deleteExpired(store, today));
    } catch (error) {
      tidiedOn = '';
      log.debug({ err: error }, 'old counts could not be deleted');
    }
  };
  const cancelTidying = clock.every(TIDY_MS.every, () => void tidy());
  const cancelFirstTidying = clock.after(TIDY_MS.first, () => void tidy());

  const flush = async () => {
    await writing;
    for (let isWritten = true; isWritten && !isEmpty(); ) isWritten = await write();
  };
  const drop = (guildId: string) => {
    pending.deleteGuild(guildId);
    questions = questions.filter(({ guild_id }) => guild_id !== guildId);
  };

  return {
    count(guildId, kind, subject) {
      if (!guildId || isClosed) return;
      pending.add({ guild_id: guildId, day: dayOf(now()), kind, subject, n: 1 });
      schedule();
    },
    question(guildId, text) {
      const row = guildId && !isClosed ? toQuestionRow(guildId, text, dayOf(now()), clock) : undefined;
      if (row) addQuestion(row);
      schedule();
    },
    flush,
    async forget(guildId) {
      while (writing) await writing;
      drop(guildId);
      await deleteGuildStats(store, guildId);
    },
    async close() {
      isClosed = true;
      cancelTidying();
      cancelFirstTidying();
      cancelTimer?.();
      await resultWithin(clock, flush(), CLOSING_MS);
    },
  };
}
