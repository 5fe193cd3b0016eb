// Limits of “Ask a person”: one open question a person, ten an hour in a server. In memory: a restart forgets them.
import type { REST } from 'discord.js';
import { type Clock, resultWithin } from '../clock.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { createCooldown } from './cooldown.ts';
import { failureReason } from './errors.ts';
import { getMessage } from './requests.ts';

/** Questions to the helpers of one server. */
const PER_SERVER = { times: 10, withinMs: HOUR_MS } as const;
/** How often a helper role is notified in one server. */
const NOTIFIED = { times: 1, withinMs: 10 * 60_000 } as const;
/** After a day without an answer a person may ask again. */
const OPEN_MS = DAY_MS;
/** Who has answered their own question may ask again after this time. */
const SELF_ANSWERED_MS = 10 * 60_000;
/** A form must be the first answer, within 3 s. */
const READ_TIMEOUT_MS = 1200;

/** Who asks, and in which server. */
export interface Asker {
  readonly guildId: string;
  readonly userId: string;
}

/** A question in the helpers' channel. */
export interface QuestionPost {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
}

/** Why a person can't ask now: a question is open, being sent, or was just answered by themselves; or the server's limit. */
export type Denial =
  | { readonly reason: 'open'; readonly post: QuestionPost }
  | { readonly reason: 'sending' | 'recent' | 'full' };

/** A person's last question, as long as it keeps them from asking another one. */
interface LastQuestion {
  readonly denial: Denial;
  /** By `Clock.monotonic`. */
  readonly until: number;
}

export class AskingLimits {
  readonly #rest: REST;
  readonly #clock: Clock;
  readonly #mayAsk;
  readonly #mayNotify;
  /** By server and person. */
  readonly #last = new Map<string, LastQuestion>();

  constructor({ rest, clock }: { readonly rest: REST; readonly clock: Clock }) {
    this.#rest = rest;
    this.#clock = clock;
    this.#mayAsk = createCooldown(PER_SERVER.times, PER_SERVER.withinMs, clock.monotonic);
    this.#mayNotify = createCooldown(NOTIFIED.times, NOTIFIED.withinMs, clock.monotonic);
  }

  /** Why a person can't ask now; undefined if they can. Looks whether their question is still open. Never rejects. */
  async denialFor(asker: Asker): Promise<Denial | undefined> {
    this.#forgetOld();
    const key = keyOf(asker);
    const last = this.#last.get(key);
    // Another form may be sent during the look: its question counts.
    if (last?.denial.reason === 'open' && (await this.#isClosed(last.denial.post)) && this.#last.get(key) === last)
      this.#last.delete(key);
    return this.#last.get(key)?.denial ?? (this.#mayAsk(asker.guildId, 'peek') ? undefined : { reason: 'full' });
  }

  /** Begins to send a question, unless the person or the server has reached a limit. @returns why not, if so */
  begin(asker: Asker): Denial | undefined {
    this.#forgetOld();
    const last = this.#last.get(keyOf(asker));
    if (last) return last.denial;
    if (!this.#mayAsk(asker.guildId)) return { reason: 'full' };
    this.#set(asker, { reason: 'sending' }, OPEN_MS);
    return undefined;
  }

  /** Ends what `begin` began. @param post undefined if the question could not be posted */
  end(asker: Asker, post: QuestionPost | undefined): void {
    if (post) this.#set(asker, { reason: 'open', post }, OPEN_MS);
    else this.#last.delete(keyOf(asker));
  }

  /** The question with this message was answered. Who answered it themselves waits, or one person could use up the limit. */
  answered(asker: Asker, { messageId, by }: { readonly messageId: string; readonly by: string }): void {
    const denial = this.#last.get(keyOf(asker))?.denial;
    if (by === asker.userId) this.#set(asker, { reason: 'recent' }, SELF_ANSWERED_MS);
    else if (denial?.reason === 'open' && denial.post.messageId === messageId) this.#last.delete(keyOf(asker));
  }

  /** Whether the helper role of a server may be notified now; then that is counted. */
  mayNotify(guildId: string): boolean {
    return this.#mayNotify(guildId);
  }

  /** Whether a question was deleted, or answered with the help of another process; false if Discord does not say in time. */
  async #isClosed({ channelId, messageId }: QuestionPost): Promise<boolean> {
    const closed = getMessage(this.#rest, channelId, messageId).then(
      ({ components = [] }) => components.length === 0,
      (error) => ['message', 'channel'].includes(failureReason(error)),
    );
    return (await resultWithin(this.#clock, closed, READ_TIMEOUT_MS)) ?? false;
  }

  #set(asker: Asker, denial: Denial, forMs: number): void {
    this.#last.set(keyOf(asker), { denial, until: this.#clock.monotonic() + forMs });
  }

  #forgetOld(): void {
    const now = this.#clock.monotonic();
    for (const [key, { until }] of this.#last) {
      if (until <= now) this.#last.delete(key);
    }
  }
}

function keyOf({ guildId, userId }: Asker): string {
  return `${guildId} ${userId}`;
}
