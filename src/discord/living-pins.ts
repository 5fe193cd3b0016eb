// Living pins: pinned messages follow the guide and the servers' own words, whatever changed them and whenever.

import type { CancelTimer, Clock } from '../clock.ts';
import { type Job, withinTimeout } from '../jobs.ts';
import { countBehind, duePins, markDue, markUnreachableDue, markUrgent, retryNow } from '../pins/queue.ts';
import { type Pin, pinsShowing, settledPins } from '../pins/repository.ts';
import type { MessageBody } from './answer.ts';
import { CLAIM_MS, createPinUpdater, type PinUpdater, type PinUpdaterOptions, queueTimes } from './pin-updater.ts';
import { createThrottle } from './throttle.ts';

/** Discord allows a bot 50 requests a second in all; members' clicks come first. */
const PER_SECOND = 30;
const AT_ONCE = 4;
/** What is asked for together, such as by an import, is done together. */
const GATHER_MS = 50;
/** Another process has the lock; if that one was killed, its lock expires within 5 seconds. */
const LOCKED_MS = 1000;
/** After a failure of the database. */
const FAILED_MS = 5000;
const LOOK_FOR_DUE_MS = 2000;
/** Pins that changed hands behind our back, such as by a bot that was removed and added again, are found at the latest then. */
const LOOK_AT_ALL_MS = 6 * 60 * 60 * 1000;
/** The part of the time for closing that edits get to finish. */
const EDITS_SHARE = 0.7;
/** A moderator's change tries again what failed, but not what was refused a moment ago. */
const REFUSED_MS = 60_000;

export interface LivingPins extends Job {
  /** What a pin should show now; undefined where its topic is gone. @throws {StoreError} */
  bodyOf(pin: Pick<Pin, 'guildId' | 'topic'>): Promise<MessageBody | undefined>;
  /** This server's replies have changed, or a moderator asks: its pins come next. */
  follow(guildId: string): void;
  /** Anything may have changed: all pins are gone through. Work that was done is not repeated. */
  followAll(): void;
  /** How many pins do not show yet what they should, as far as is known. @throws {StoreError} */
  countBehind(): Promise<number>;
  /** Resolves once this process has nothing left to do. */
  idle(): Promise<void>;
}

/**
 * Puts living pins together. Messages to edit are in a queue in the database (`pin-queue.ts`), which one process
 * at a time works through; started, it first goes through all pins.
 */
export function createLivingPins(options: PinUpdaterOptions): LivingPins {
  return new PinFollower(options, createPinUpdater(options));
}

class PinFollower implements LivingPins {
  readonly #options: PinUpdaterOptions;
  readonly #updater: PinUpdater;
  readonly #clock: Clock;
  readonly #pace: () => Promise<void>;
  /** No other edit begins. */
  readonly #closing = new AbortController();
  /** Edits that are going on end. */
  readonly #aborting = new AbortController();
  readonly #guilds = new Set<string>();
  readonly #timers: CancelTimer[] = [];
  #isAllDue = false;
  #isQueueDue = false;
  #working: Promise<void> | undefined;
  #cancelWakeUp: CancelTimer | undefined;
  #stopListening: () => void = () => undefined;

  constructor(options: PinUpdaterOptions, updater: PinUpdater) {
    this.#options = options;
    this.#clock = options.clock;
    this.#pace = createThrottle(options.clock, PER_SECOND);
    this.#updater = updater;
  }

  start(signal: AbortSignal): void {
    signal.addEventListener('abort', () => this.#abort(), { once: true });
    this.#stopListening = this.#options.store.onChange((guildId) =>
      guildId === undefined ? this.followAll() : this.follow(guildId),
    );
    this.#timers.push(
      this.#clock.every(LOOK_AT_ALL_MS, () => this.followAll()),
      this.#clock.every(LOOK_FOR_DUE_MS, () => void this.#lookForDue()),
    );
    this.followAll();
  }

  async close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    this.#stopListening();
    for (const cancel of this.#timers) cancel();
    this.#cancelWakeUp?.();
    // An edit that is cut off would be made once more after the next start.
    const patience = timeoutMs * EDITS_SHARE;
    await withinTimeout(this.#clock, this.#working, patience);
    this.#abort();
    await withinTimeout(this.#clock, this.#working, timeoutMs - patience);
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

  countBehind(): Promise<number> {
    return countBehind(this.#options.store);
  }

  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** Another process may have left something behind, or the time of a failed edit has come. */
  async #lookForDue(): Promise<void> {
    if (this.#working) return;
    const due = await duePins(this.#options.store, queueTimes(this.#clock.now()), 1).catch(() => []);
    if (due.length === 0) return;
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
        this.#beginLater(FAILED_MS);
      })
      .finally(() => {
        this.#working = undefined;
        if (this.#hasWork && !this.#cancelWakeUp) this.#begin();
      });
  }

  #beginLater(ms: number): void {
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
    // Outside the lock: whichever process has it finds them first in the queue.
    await this.#markGuilds();
    const isDone = await store.withLock('living-pins', (lost) =>
      this.#workThroughQueue(AbortSignal.any([lost, this.#aborting.signal])),
    );
    if (isDone === true) return;
    this.#isQueueDue = true;
    this.#beginLater(LOCKED_MS);
  }

  /** @returns whether nothing is left; false where the lock was lost half-way */
  async #workThroughQueue(signal: AbortSignal): Promise<boolean> {
    const { store } = this.#options;
    const running = new Map<string, Promise<void>>();
    const failures: unknown[] = [];
    while (!signal.aborted && !this.#closing.signal.aborted && failures.length === 0) {
      await this.#markGuilds();
      if (this.#isAllDue) {
        // With no edit going on: one that began before the change would hide that its pin is due.
        await Promise.all(running.values());
        this.#isAllDue = false;
        await this.#markAll(signal);
      }
      const due = await duePins(store, queueTimes(this.#clock.now()), 2 * AT_ONCE);
      const next = due.find(({ messageId }) => !running.has(messageId));
      if (!next && running.size === 0) {
        this.#isQueueDue = false;
        if (this.#hasWork) continue;
        return true;
      }
      if (next) {
        await this.#pace();
        const work = this.#updater
          .update(next, signal)
          .catch((error) => void failures.push(error))
          .finally(() => running.delete(next.messageId));
        running.set(next.messageId, work);
      }
      if (!next || running.size >= AT_ONCE) await Promise.race(running.values());
    }
    await Promise.all(running.values());
    if (failures.length > 0) throw failures[0];
    return false;
  }

  async #markGuilds(): Promise<void> {
    const { store } = this.#options;
    for (const guildId of this.#guilds) {
      const claimedUntil = new Date(this.#clock.now() + CLAIM_MS);
      await retryNow(store, guildId, { before: new Date(this.#clock.now() - REFUSED_MS), claimedUntil });
      for (const pin of await pinsShowing(store, { guildId })) {
        if (await this.#updater.isBehind(pin)) await markUrgent(store, pin, claimedUntil);
      }
      this.#guilds.delete(guildId);
    }
  }

  async #markAll(signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    await markUnreachableDue(store);
    for await (const pins of settledPins(store)) {
      for (const pin of pins) {
        if (signal.aborted || this.#closing.signal.aborted) {
          this.#isAllDue = true;
          return;
        }
        if (await this.#updater.isBehind(pin)) await markDue(store, pin);
      }
    }
  }
}
