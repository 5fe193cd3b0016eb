// Living pins: the background job that keeps pinned messages up to date with the guides and the servers' own replies.

import type { CancelTimer, Clock } from '../clock.ts';
import { type Job, withinTimeout } from '../jobs.ts';
import {
  countQueuedPins,
  duePins,
  enqueuePin,
  enqueueUnreachablePins,
  enqueueUrgentPin,
  retryFailedPins,
} from '../pins/queue.ts';
import { livingPinsOf, type Pin, unqueuedPins } from '../pins/repository.ts';
import type { MessageBody } from './answer.ts';
import { CLAIM_MS, createPinUpdater, type PinUpdater, type PinUpdaterOptions, queueTimes } from './pin-updater.ts';
import { createThrottle } from './throttle.ts';

/** Edits. Discord allows a bot 50 requests a second in total, and members' clicks come first. */
const PER_SECOND = 30;
const CONCURRENT_EDITS = 4;
/** Changes within this time, for example of an import, are handled together. */
const GATHER_MS = 50;
/** While another process holds the lock. If that process was killed, its lock expires within 5 seconds. */
const LOCKED_RETRY_MS = 1000;
/** After the database failed. */
const FAILED_RETRY_MS = 5000;
const POLL_DUE_MS = 2000;
/** Finds pins that changed without an event, for example because the bot was removed and added again. */
const CHECK_ALL_MS = 6 * 60 * 60 * 1000;
/** The share of the time for closing in which edits may finish. */
const EDITS_SHARE = 0.7;
/** A moderator's change retries failed edits, except those that failed less than this ago. */
const MIN_RETRY_AGE_MS = 60_000;

export interface LivingPins extends Job {
  /** What a pin should show now; undefined if its topic no longer exists. @throws {StoreError} */
  bodyOf(pin: Pick<Pin, 'guildId' | 'topic'>): Promise<MessageBody | undefined>;
  /** Checks a server's pins next: its replies have changed, or a moderator requests it. */
  follow(guildId: string): void;
  /** Checks all pins: anything may have changed. Pins that are up to date are not edited. */
  followAll(): void;
  /** How many pins are in the queue: they are out of date, or their edits failed. */
  backlog(): Promise<number | undefined>;
  /** Resolves once no work is running in this process. */
  idle(): Promise<void>;
}

/**
 * Creates the job. Messages to edit are in a queue in the database (`pins/queue.ts`), and one process at a time works
 * through it. At its start the job checks all pins.
 */
export function createLivingPins(options: PinUpdaterOptions): LivingPins {
  return new LivingPinsJob(options, createPinUpdater(options));
}

class LivingPinsJob implements LivingPins {
  readonly name = 'pins';
  readonly #options: PinUpdaterOptions;
  readonly #updater: PinUpdater;
  readonly #clock: Clock;
  readonly #throttle: () => Promise<void>;
  /** Once aborted, no further edit starts. */
  readonly #closing = new AbortController();
  /** Once aborted, running edits are cancelled. */
  readonly #aborting = new AbortController();
  readonly #guilds = new Set<string>();
  readonly #timers: CancelTimer[] = [];
  #lastSuccess: number | undefined;
  #isAllDue = false;
  #isQueueDue = false;
  #working: Promise<void> | undefined;
  #cancelWakeUp: CancelTimer | undefined;
  #stopListening: () => void = () => undefined;

  constructor(options: PinUpdaterOptions, updater: PinUpdater) {
    this.#options = options;
    this.#clock = options.clock;
    this.#throttle = createThrottle(options.clock, PER_SECOND);
    this.#updater = updater;
  }

  start(signal: AbortSignal): void {
    signal.addEventListener('abort', () => this.#abort(), { once: true });
    this.#stopListening = this.#options.store.onChange((guildId) =>
      guildId === undefined ? this.followAll() : this.follow(guildId),
    );
    this.#timers.push(
      this.#clock.every(CHECK_ALL_MS, () => this.followAll()),
      this.#clock.every(POLL_DUE_MS, () => void this.#pollDue()),
    );
    this.followAll();
  }

  async close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    this.#stopListening();
    for (const cancel of this.#timers) cancel();
    this.#cancelWakeUp?.();
    // An edit that is cancelled would be made again after the next start.
    const forEdits = timeoutMs * EDITS_SHARE;
    await withinTimeout(this.#clock, this.#working, forEdits);
    this.#abort();
    await withinTimeout(this.#clock, this.#working, timeoutMs - forEdits);
  }

  #abort(): void {
    this.#closing.abort();
    this.#aborting.abort();
  }

  health(): undefined {
    return undefined;
  }

  bodyOf(pin: Pick<Pin, 'guildId' | 'topic'>): Promise<MessageBody | undefined> {
    return this.#updater.bodyOf(pin);
  }

  follow(guildId: string): void {
    this.#guilds.add(guildId);
    this.#begin();
  }

  followAll(): void {
    this.#isAllDue = true;
    this.#begin();
  }

  backlog(): Promise<number | undefined> {
    return countQueuedPins(this.#options.store).catch(() => undefined);
  }

  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** Another process may have left edits undone, or a failed edit may be due again. */
  async #pollDue(): Promise<void> {
    if (this.#working) return;
    const due = await duePins(this.#options.store, queueTimes(this.#clock.now()), 1).catch(() => undefined);
    if (!due) return;
    if (due.length === 0) return this.#succeeded();
    this.#isQueueDue = true;
    this.#begin();
  }

  #begin(): void {
    if (this.#closing.signal.aborted) return;
    this.#working ??= this.#work()
      .catch((error) => {
        if (this.#closing.signal.aborted) return;
        this.#options.log.warn({ err: error }, 'pin updates failed, trying again');
        this.#isAllDue = true;
        this.#beginLater(FAILED_RETRY_MS);
      })
      .finally(() => {
        this.#working = undefined;
        if (this.#hasWork && !this.#cancelWakeUp) this.#begin();
      });
  }

  #beginLater(ms: number): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelWakeUp ??= this.#clock.after(ms, () => {
      this.#cancelWakeUp = undefined;
      this.#begin();
    });
  }

  get #hasWork(): boolean {
    return this.#guilds.size > 0 || this.#isAllDue || this.#isQueueDue;
  }

  async #work(): Promise<void> {
    await this.#clock.sleep(GATHER_MS);
    const { store } = this.#options;
    // Outside the lock: the process that holds the lock takes them from the front of the queue.
    await this.#enqueueGuilds();
    const isDone = await store.withLock('living-pins', (lost) =>
      this.#workThroughQueue(AbortSignal.any([lost, this.#aborting.signal])),
    );
    if (isDone === true) return this.#succeeded();
    this.#isQueueDue = true;
    this.#beginLater(LOCKED_RETRY_MS);
  }

  #succeeded(): void {
    this.#lastSuccess = this.#clock.now() / 1000;
  }

  /** @returns true once the queue has no due pin; false if the signal or a stop ended the work before */
  async #workThroughQueue(signal: AbortSignal): Promise<boolean> {
    const { store } = this.#options;
    const running = new Map<string, Promise<void>>();
    const failures: unknown[] = [];
    while (!signal.aborted && !this.#closing.signal.aborted && failures.length === 0) {
      await this.#enqueueGuilds();
      if (this.#isAllDue) {
        // Not during an edit: its pin is in the queue already and would not be checked against the latest change.
        await Promise.all(running.values());
        this.#isAllDue = false;
        await this.#enqueueAll(signal);
      }
      const due = await duePins(store, queueTimes(this.#clock.now()), 2 * CONCURRENT_EDITS);
      const next = due.find(({ messageId }) => !running.has(messageId));
      if (!next && running.size === 0) {
        this.#isQueueDue = false;
        if (this.#hasWork) continue;
        return true;
      }
      if (next) {
        await this.#throttle();
        const work = this.#updater
          .update(next, signal)
          .catch((error) => void failures.push(error))
          .finally(() => running.delete(next.messageId));
        running.set(next.messageId, work);
      }
      if (!next || running.size >= CONCURRENT_EDITS) await Promise.race(running.values());
    }
    await Promise.all(running.values());
    if (failures.length > 0) throw failures[0];
    return false;
  }

  /** Puts pins of `#guilds` that are out of date at the front of the queue. */
  async #enqueueGuilds(): Promise<void> {
    const { store } = this.#options;
    for (const guildId of this.#guilds) {
      // First: a change during the comparison adds the server again. A failure makes all pins due.
      this.#guilds.delete(guildId);
      const claimedUntil = new Date(this.#clock.now() + CLAIM_MS);
      await retryFailedPins(store, guildId, { before: new Date(this.#clock.now() - MIN_RETRY_AGE_MS), claimedUntil });
      for (const pin of await livingPinsOf(store, guildId)) {
        if (await this.#updater.isBehind(pin)) await enqueueUrgentPin(store, pin, claimedUntil);
      }
    }
  }

  /** Puts all pins that are out of date into the queue. */
  async #enqueueAll(signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    await enqueueUnreachablePins(store);
    for await (const pins of unqueuedPins(store)) {
      for (const pin of pins) {
        if (signal.aborted || this.#closing.signal.aborted) {
          this.#isAllDue = true;
          return;
        }
        if (await this.#updater.isBehind(pin)) await enqueuePin(store, pin);
      }
    }
  }
}
