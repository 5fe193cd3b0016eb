// Reminds helpers once a day of questions that have waited for a day, and deletes what is no longer needed.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import type { CancelTimer, Clock } from '../clock.ts';
import { type Job, withinTimeout } from '../jobs.ts';
import {
  closeQuestion,
  deleteOldQuestions,
  markListed,
  type OpenQuestion,
  overdueQuestions,
} from '../servers/open-questions.ts';
import { deleteOldPosts } from '../servers/posts.ts';
import type { SettingsCache } from '../servers/settings-cache.ts';
import type { Store } from '../store/store.ts';
import { dayOf, HOUR_MS, unixSeconds } from '../time.ts';
import { messageBody } from './answer.ts';
import { failureReason } from './errors.ts';
import { messageUrl } from './links.ts';
import type { ContextSource } from './render-context.ts';
import { getMessage, postMessage } from './requests.ts';

/** A minute and a half after the start, then every hour; in ms. */
const TIMING = { firstMs: 90_000, everyMs: HOUR_MS } as const;
/** Questions in one message. */
const MAX_LISTED = 10;

interface ReminderServices {
  readonly contexts: ContextSource;
  readonly settingsCache: SettingsCache;
  readonly store: Store;
  readonly rest: REST;
  readonly log: Logger;
  readonly clock: Clock;
}

export interface Reminders extends Job {
  /** Reminds now, unless that is running already. Never rejects. */
  check(): Promise<void>;
}

/** Creates the job. One process at a time does it. */
export function createReminders(services: ReminderServices): Reminders {
  return new RemindersJob(services);
}

class RemindersJob implements Reminders {
  readonly name = 'reminders';
  readonly #services: ReminderServices;
  readonly #closing = new AbortController();
  readonly #timers: CancelTimer[] = [];
  #running: Promise<void> | undefined;
  #lastSuccess: number | undefined;

  constructor(services: ReminderServices) {
    this.#services = services;
  }

  start(signal: AbortSignal): void {
    const { clock } = this.#services;
    signal.addEventListener('abort', () => this.#closing.abort(), { once: true });
    this.#timers.push(
      clock.after(TIMING.firstMs, () => void this.check()),
      clock.every(TIMING.everyMs, () => void this.check()),
    );
  }

  async close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    for (const cancel of this.#timers) cancel();
    await withinTimeout(this.#services.clock, this.#running, timeoutMs);
  }

  /** Each check handles all questions that are due: none waits for another. */
  backlog(): undefined {
    return undefined;
  }

  /** When this process last looked for questions that are due. */
  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  health(): undefined {
    return undefined;
  }

  async check(): Promise<void> {
    const { store, log } = this.#services;
    if (this.#closing.signal.aborted) return;
    this.#running ??= store
      .withLock('reminders', () => this.#remindAll())
      .then(
        () => undefined,
        (error) => log.warn({ err: error }, 'reminders failed, trying again in an hour'),
      )
      .finally(() => {
        this.#running = undefined;
      });
    await this.#running;
  }

  async #remindAll(): Promise<void> {
    const { store, clock } = this.#services;
    await deleteOldPosts(store);
    await deleteOldQuestions(store);
    const today = dayOf(clock.now());
    for (const [guildId, questions] of await overdueQuestions(store, today)) {
      if (this.#closing.signal.aborted) return;
      await this.#remind(guildId, questions, today);
    }
    this.#lastSuccess = clock.now() / 1000;
  }

  /** A question whose post was deleted needs no answer. */
  async #isThere({ guildId, channelId, messageId }: OpenQuestion): Promise<boolean> {
    const { store, rest } = this.#services;
    const reason = await getMessage(rest, channelId, messageId).then(() => undefined, failureReason);
    if (reason !== 'message' && reason !== 'channel') return true;
    await closeQuestion(store, guildId, messageId);
    return false;
  }

  /** Recorded first: a failure costs one reminder, and never two are posted. */
  async #remind(guildId: string, questions: readonly OpenQuestion[], today: string): Promise<void> {
    const { contexts, settingsCache, store, rest, log } = this.#services;
    const { helpersChannel } = await settingsCache.settingsOf(guildId);
    if (helpersChannel === undefined) return;
    const waiting: OpenQuestion[] = [];
    for (const question of questions) {
      if (this.#closing.signal.aborted) return;
      if (waiting.length < MAX_LISTED && (await this.#isThere(question))) waiting.push(question);
    }
    const [first] = waiting;
    if (!first || !(await markListed(store, guildId, today))) return;
    const { person } = (await contexts.publicContextFor({ guild_id: guildId })).messages;
    const lines = waiting.map((question) => person.waitingSince(unixSeconds(question.askedAt), messageUrl(question)));
    const body = messageBody({ content: person.waiting(lines.join('\n')) });
    await postMessage(rest, helpersChannel, body, { nonce: first.messageId }).catch((error) =>
      log.info({ guild: guildId, reason: failureReason(error) }, 'helpers not reminded'),
    );
  }
}
