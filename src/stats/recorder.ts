// Counts events per server and day, without personal data, and writes the counts in batches.
import type { Logger } from 'pino';
import { type CancelTimer, type Clock, resultWithin } from '../clock.ts';
import type { JobProgress } from '../jobs.ts';
import { StoreError } from '../store/errors.ts';
import type { CountRow, QuestionRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { DAY_MS, dayOf, HOUR_MS } from '../time.ts';
import { PendingCounts } from './pending-counts.ts';
import { deleteExpired, deleteGuildStats, saveCounts } from './repository.ts';
import { saveQuestions, toQuestionRow } from './unanswered.ts';

/**
 * - `seen`, `left`: a page that was shown in a private walk, and one that was left for another
 * - `followed`: the guide of a page that was opened with a link
 * - `helped`, `not-helped`: the page with the button "Did this help?"
 * - `asked`: how a question ended, `answered`, `unsure` or `declined`
 * - `refused`: a topic that was answered with and was not meant (“Not this”)
 * - `none`: the first of several topics that were offered, none of which was meant
 * - `shown`: a topic that was shown to everyone
 * - `post`: what became of a post in a forum: `seen`, and `answered`, `refused` (“Not this”),
 *   `silent`, or `overtaken` (somebody else wrote first)
 */
export type Kind = CountRow['kind'];

export interface StatsRecorder extends JobProgress {
  /** Counts something once. Never throws, and nothing waits for it. @param guildId undefined (a DM) is not counted */
  count(guildId: string | undefined, kind: Kind, subject: string): void;
  /** Stores the text of a question without an answer. Like `count`. @param text of any length and content */
  question(guildId: string | undefined, text: string): void;
  /** Writes everything, until the database fails. Never rejects. */
  flush(): Promise<void>;
  /** Deletes the counts and questions of a guild, including those not yet written. @throws {StoreError} */
  forget(guildId: string): Promise<void>;
  /** Writes the rest and ends, within a second. Never rejects. */
  close(): Promise<void>;
}

/**
 * Counts a step of a private walk. A step that stays on its page (to the plan and back, "Did this help?") does not count.
 * @param from the page that was left; undefined if the walk begins, for example at a command or a public message
 * @param to the page that is shown now; undefined if no page is shown, but for example the topics found for a question
 * @param isLink whether a button of the page itself led there
 */
export function recordStep(
  stats: StatsRecorder,
  guildId: string | undefined,
  { from, to, isLink }: { from: string | undefined; to: string | undefined; isLink: boolean },
): void {
  if (from === to) return;
  if (from !== undefined) stats.count(guildId, 'left', from);
  if (to === undefined) return;
  stats.count(guildId, 'seen', to);
  // By guide only: by page it would say little more than `seen`, and take a third of the table.
  if (isLink) stats.count(guildId, 'followed', to.split('#', 1)[0] ?? to);
}

/** The shortest time between two writes, in ms. */
const WRITE_INTERVAL_MS = 1000;
/** The delay of the first write after a pause, in ms: the answer is sent before the disk is busy. */
const WRITE_DELAY_MS = 250;
const CLOSING_TIMEOUT_MS = 1000;
/** Old counts are deleted once a day: a minute after the start, then at the first hourly check of a new day. In ms. */
const DELETE_EXPIRED_MS = { first: 60_000, every: HOUR_MS };
/** What is kept in memory while the database is down, about 10 MB. Later events are not counted. */
const MAX_PENDING = { rows: 50_000, questions: 2000 };
/** One transaction: writing to SQLite blocks everything else. */
const BATCH = { rows: 2000, questions: 100 };

interface StatsRecorderOptions {
  readonly log: Logger;
  /** The time in ms since 1970; that of the store by default. */
  readonly now?: () => number;
}

/** Opens the recorder of a store. While the database is up, counts are in memory for a second at most. */
export function openStatsRecorder(store: Store, options: StatsRecorderOptions): StatsRecorder {
  return new BatchingRecorder(store, options);
}

class BatchingRecorder implements StatsRecorder {
  readonly name = 'stats';
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #log: Logger;
  readonly #counts = new PendingCounts(MAX_PENDING.rows);
  #questions: QuestionRow[] = [];
  #writing: Promise<boolean> | undefined;
  #cancelWrite: CancelTimer | undefined;
  readonly #timers: readonly CancelTimer[];
  #writtenAt = Number.NEGATIVE_INFINITY;
  #lastSuccess: number | undefined;
  #isFailing = false;
  readonly #closing = new AbortController();
  #deleting: Promise<void> | undefined;
  /** The current day: the number of days since 1970, and its name. */
  #day = { number: Number.NaN, name: '' };
  /** The day on which expired counts were deleted last. */
  #deletedOn = '';

  constructor(store: Store, { log, now = store.clock.now }: StatsRecorderOptions) {
    this.#store = store;
    this.#clock = store.clock;
    this.#now = now;
    this.#log = log;
    this.#timers = [
      this.#clock.after(DELETE_EXPIRED_MS.first, () => this.#beginDeleting()),
      this.#clock.every(DELETE_EXPIRED_MS.every, () => this.#beginDeleting()),
    ];
  }

  count(guildId: string | undefined, kind: Kind, subject: string): void {
    if (!guildId || this.#isClosed) return;
    this.#counts.add({ guild_id: guildId, day: this.#today(), kind, subject, n: 1 });
    this.#schedule();
  }

  question(guildId: string | undefined, text: string): void {
    if (!guildId || this.#isClosed) return;
    const row = toQuestionRow(guildId, text, this.#today(), this.#clock);
    if (row) this.#addQuestion(row);
    this.#schedule();
  }

  /** How many rows wait to be written. */
  backlog(): number {
    return this.#counts.size + this.#questions.length;
  }

  /** When counts were last written. */
  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  async flush(): Promise<void> {
    await this.#writing;
    for (let isWritten = true; isWritten && !this.#isEmpty; ) isWritten = await this.#write();
  }

  async forget(guildId: string): Promise<void> {
    while (this.#writing) await this.#writing;
    this.#counts.deleteGuild(guildId);
    this.#questions = this.#questions.filter(({ guild_id }) => guild_id !== guildId);
    await deleteGuildStats(this.#store, guildId);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const cancel of this.#timers) cancel();
    this.#cancelWrite?.();
    await resultWithin(this.#clock, Promise.all([this.flush(), this.#deleting]), CLOSING_TIMEOUT_MS);
  }

  /** Today in UTC. Every count needs it, and formatting a date costs as much as the rest of counting. */
  #today(): string {
    const now = this.#now();
    const number = Math.floor(now / DAY_MS);
    if (number !== this.#day.number) this.#day = { number, name: dayOf(now) };
    return this.#day.name;
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  get #isEmpty(): boolean {
    return this.backlog() === 0;
  }

  #addQuestion(row: QuestionRow): void {
    if (this.#questions.length < MAX_PENDING.questions) this.#questions.push(row);
  }

  #schedule(): void {
    if (this.#cancelWrite || this.#writing || this.#isClosed || this.#isEmpty) return;
    const delay = Math.max(WRITE_DELAY_MS, this.#writtenAt + WRITE_INTERVAL_MS - this.#clock.monotonic());
    this.#cancelWrite = this.#clock.after(delay, () => {
      this.#cancelWrite = undefined;
      void this.#write();
    });
  }

  /** @returns whether it was written */
  #write(): Promise<boolean> {
    this.#writing ??= this.#writeBatch().finally(() => {
      this.#writing = undefined;
      this.#schedule();
    });
    return this.#writing;
  }

  async #writeBatch(): Promise<boolean> {
    this.#writtenAt = this.#clock.monotonic();
    const rows = this.#counts.take(BATCH.rows);
    const questions = this.#questions.splice(0, BATCH.questions);
    try {
      await this.#store.transact(async (trx) => {
        await saveCounts(trx, rows);
        await saveQuestions(trx, questions);
      });
      if (this.#isFailing) this.#log.info('counts written again');
      this.#isFailing = false;
      this.#lastSuccess = this.#clock.now() / 1000;
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) {
        this.#log.error({ err: error }, 'counts dropped: not written');
        return true;
      }
      // If only the confirmation of a commit was lost, these are counted twice: rare, and better than losing them.
      for (const row of rows) this.#counts.add(row);
      for (const row of questions) this.#addQuestion(row);
      if (!this.#isFailing) this.#log.warn({ kind: error.kind }, 'counts not written, trying again');
      this.#isFailing = true;
      return false;
    }
  }

  #beginDeleting(): void {
    this.#deleting ??= this.#deleteExpired().finally(() => {
      this.#deleting = undefined;
    });
  }

  /** Never rejects. */
  async #deleteExpired(): Promise<void> {
    const today = this.#today();
    if (this.#deletedOn === today) return;
    this.#deletedOn = today;
    const { signal } = this.#closing;
    try {
      await this.#store.withLock('counters', (lost) =>
        deleteExpired(this.#store, today, AbortSignal.any([lost, signal])),
      );
    } catch (error) {
      this.#deletedOn = '';
      this.#log.debug({ err: error }, 'old counts not deleted');
    }
  }
}
