// Answers an interaction: delivers the first answer, then runs its deferred work and sends the result.
import { type APIInteraction, DiscordAPIError, MessageFlags, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Logger } from 'pino';
import type { CancelTimer, Clock } from '../clock.ts';
import { withinTimeout } from '../jobs.ts';
import { type Answer, type MessageBody, messageBody, type Outcome, type Progress, Refusal } from './answer.ts';
import { type ErrorMessageOptions, errorMessageFor, errorMessages } from './error-message.ts';
import type { Metrics } from './metrics.ts';
import type { Router } from './router.ts';

/** Pauses between tries while Discord does not know the first answer yet. */
const TOO_SOON_DELAYS_MS = [50, 100, 200, 400, 800, 1600];
/** Pauses between tries after Discord failed; each try is four requests by discord.js. */
const RETRY_DELAYS_MS = [1000, 5000, 25_000, 125_000];
/** Longer work could outlive the interaction's token (15 minutes), and the person would never get an answer. */
const WORK_TIMEOUT_MS = 10 * 60_000;
/**
 * By then Discord has accepted a first answer, or never will: it does for 3 s after it sent the interaction (Discord docs,
 * Receiving and Responding), and may be slow to handle a request.
 */
const DECIDED_MS = 4500;
/** The polling interval while a stop waits for open interactions. */
const POLL_MS = 10;

/** How a transport delivers a first answer. @returns whether Discord has it */
type DeliverAnswer = (answer: Answer) => Promise<boolean> | boolean;

export interface InteractionHandler {
  /** Answers one interaction. Never rejects. @param receivedAt `Clock.monotonic()` when it arrived */
  respond(interaction: APIInteraction, deliver: DeliverAnswer, receivedAt: number): Promise<void>;
  /** Resolves once no interaction is open, or after `timeoutMs`. */
  settled(timeoutMs: number): Promise<void>;
  /** Gives up deferred work, and asks its users to try again. Resolves after `timeoutMs` at most. */
  close(timeoutMs: number): Promise<void>;
}

type Later = NonNullable<Answer['later']>;
type DeferredBody = Awaited<ReturnType<Later>>;

interface HandlerOptions extends Pick<ErrorMessageOptions, 'contexts'> {
  readonly rest: REST;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Creates the handler around a router. */
export function createInteractionHandler(router: Router, options: HandlerOptions): InteractionHandler {
  return new DeferringHandler(router, options);
}

class DeferringHandler implements InteractionHandler {
  readonly #router: Router;
  readonly #contexts: HandlerOptions['contexts'];
  readonly #rest: REST;
  readonly #metrics: Metrics;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  /** Interactions whose deferred work is running. */
  readonly #working = new Set<APIInteraction>();
  /** What cancels the limits of work that is running. */
  readonly #limits = new Set<CancelTimer>();
  /** Results that are being sent to replace "thinking…". */
  readonly #filling = new Set<Promise<boolean>>();
  #open = 0;

  constructor(router: Router, { contexts, rest, metrics, log, clock }: HandlerOptions) {
    this.#router = router;
    this.#contexts = contexts;
    this.#rest = rest;
    this.#metrics = metrics;
    this.#log = log;
    this.#clock = clock;
  }

  async respond(interaction: APIInteraction, deliver: DeliverAnswer, receivedAt: number): Promise<void> {
    this.#open += 1;
    try {
      const answer = await this.#router(interaction);
      const isDelivered = (await deliver(answer)) || (await this.#isDeferred(interaction, answer, receivedAt));
      if (isDelivered) this.#metrics.answeredAfter((this.#clock.monotonic() - receivedAt) / 1000);
      this.#metrics.answered(interaction, isDelivered ? await this.#finish(interaction, answer) : 'undelivered');
      if (isDelivered && answer.followUp) await this.#follow(interaction, answer.followUp);
    } catch (error) {
      this.#log.error({ err: error }, 'interaction failed after its first answer');
    } finally {
      this.#open -= 1;
    }
  }

  async settled(timeoutMs: number): Promise<void> {
    const end = this.#clock.monotonic() + timeoutMs;
    while (this.#open > 0 && this.#clock.monotonic() < end) await this.#clock.sleep(POLL_MS);
  }

  async close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    for (const cancel of this.#limits) cancel();
    const unfinished = [...this.#working].map((interaction) =>
      this.#replace(interaction, messageBody({ content: errorMessages(interaction, this.#contexts).restarting })),
    );
    await withinTimeout(this.#clock, Promise.allSettled([...unfinished, ...this.#filling]), timeoutMs);
  }

  /**
   * Whether Discord shows "thinking…" although it did not confirm the first answer: its confirmation was lost, or it
   * handles the request after the bot has given it up.
   */
  async #isDeferred(interaction: APIInteraction, { later }: Answer, receivedAt: number): Promise<boolean> {
    if (!later) return false;
    const route = Routes.webhookMessage(interaction.application_id, interaction.token, '@original');
    const isShown = () =>
      this.#rest.get(route, { auth: false }).then(
        () => true,
        () => false,
      );
    if (await isShown()) return true;
    const undecidedMs = receivedAt + DECIDED_MS - this.#clock.monotonic();
    if (undecidedMs <= 0) return false;
    await this.#clock.sleep(undecidedMs);
    return isShown();
  }

  /** Sends a private message after the answer. It is tried once: the answer itself is there. */
  async #follow({ application_id: applicationId, token }: APIInteraction, message: MessageBody): Promise<void> {
    const body = { ...message, flags: MessageFlags.Ephemeral };
    await this.#rest
      .post(Routes.webhook(applicationId, token), { auth: false, body })
      .catch((error) => this.#log.info({ err: error }, 'message after an answer not sent'));
  }

  /** Does the deferred work, and replaces "thinking…" with its result. @returns how it ended for the person */
  async #finish(interaction: APIInteraction, { outcome = 'answered', later }: Answer): Promise<Outcome> {
    if (!later) return outcome;
    this.#working.add(interaction);
    // Progress that is reported late must not replace the result.
    const progress: Progress = async (body) => {
      if (!this.#working.has(interaction) || this.#closing.signal.aborted) return;
      await this.#replace(interaction, body).catch(() => undefined);
    };
    const done = await this.#withinLimit(later(progress)).then(
      (body) => ({ body, outcome }),
      (error): { body: DeferredBody; outcome: Outcome } => ({
        body: messageBody({ content: errorMessageFor(error, interaction, this.#errorOptions()) }),
        outcome: error instanceof Refusal ? 'refused' : 'failed',
      }),
    );
    this.#working.delete(interaction);
    const filling = this.#fill(interaction, done.body);
    this.#filling.add(filling);
    const isShown = await filling.finally(() => this.#filling.delete(filling));
    return isShown ? done.outcome : 'failed';
  }

  /** @throws {Error} if the work takes longer than `WORK_TIMEOUT_MS` */
  #withinLimit(work: Promise<DeferredBody>): Promise<DeferredBody> {
    return new Promise((resolve, reject) => {
      const tooLong = () => reject(new Error(`deferred work took longer than ${WORK_TIMEOUT_MS} ms`));
      const cancel = this.#clock.after(WORK_TIMEOUT_MS, tooLong);
      this.#limits.add(cancel);
      work.then(resolve, reject).finally(() => {
        cancel();
        this.#limits.delete(cancel);
      });
    });
  }

  #errorOptions(): ErrorMessageOptions {
    return { contexts: this.#contexts, log: this.#log, clock: this.#clock };
  }

  /**
   * Replaces "thinking…". If Discord refuses the message, a plain text is sent instead. If Discord fails, it is tried
   * again for a few minutes, or once more if the bot is closing.
   * @returns whether the intended message is shown
   */
  async #fill(interaction: APIInteraction, body: DeferredBody): Promise<boolean> {
    let current = body;
    for (let failures = 0; ; ) {
      try {
        await this.#replace(interaction, current);
        return current === body;
      } catch (error) {
        this.#log.warn({ err: error, kind: interaction.type }, 'deferred answer failed');
        if (isTokenGone(error)) return false;
        const isClosing = this.#closing.signal.aborted;
        if (current === body && (isRefused(error) || isClosing)) {
          current = messageBody({ content: errorMessages(interaction, this.#contexts).notShown });
          continue;
        }
        const pauseMs = RETRY_DELAYS_MS[failures++];
        if (pauseMs === undefined || isClosing) return false;
        await this.#clock.sleep(pauseMs, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  async #replace(interaction: APIInteraction, { files, ...body }: DeferredBody): Promise<void> {
    const route = Routes.webhookMessage(interaction.application_id, interaction.token, '@original');
    const request = { body, ...(files ? { files } : {}), auth: false };
    // Over HTTP the first answer is sent in a response, and what follows it can arrive sooner.
    for (const pause of TOO_SOON_DELAYS_MS) {
      const isTooSoon = await this.#rest.patch(route, request).then(() => false, isUnknownWebhook);
      if (!isTooSoon) return;
      await this.#clock.sleep(pause);
    }
    await this.#rest.patch(route, request);
  }
}

/** Whether Discord does not know the first answer. @throws any other error */
function isUnknownWebhook(error: unknown): true {
  if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownWebhook) return true;
  throw error;
}

/** Whether nothing more can be sent for an interaction: its token has expired, or the message was deleted. */
function isTokenGone(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  return error.status === 401 || error.status === 404;
}

/** Whether Discord would refuse the same message again: any 4xx but a rate limit. */
function isRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429;
}
