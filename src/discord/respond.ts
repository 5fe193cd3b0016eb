// From an interaction to everything that is sent for it: the first answer, then what was deferred.
import { setTimeout as sleep } from 'node:timers/promises';
import { type APIInteraction, DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { type Answer, messageBody } from './answer.ts';
import type { Metrics } from './metrics.ts';
import { type Router, sentenceFor } from './router.ts';

/** Before each new try of what follows an answer that Discord does not know of yet. */
const PAUSES_MS = [50, 100, 200, 400, 800, 1600];

/** How often is looked whether everything is answered, at the end. */
const LOOK_MS = 10;

/** How a transport delivers a first answer; whether Discord has it. */
export type Deliver = (answer: Answer) => Promise<boolean> | boolean;

export interface Responding {
  /** Answers one interaction. Never rejects. @param receivedAt `performance.now()` when it came */
  respond(interaction: APIInteraction, deliver: Deliver, receivedAt: number): Promise<void>;
  /** Resolves once nothing is being answered, or after `limitMs`. */
  settled(limitMs: number): Promise<void>;
}

/** Runs the router and what its answers put off. */
export function createResponding(router: Router, rest: REST, metrics: Metrics, log: Logger): Responding {
  let open = 0;

  const finish = async (interaction: APIInteraction, later: NonNullable<Answer['later']>) => {
    const { files, ...body } = await later().catch((error) => ({
      ...messageBody({ content: sentenceFor(error, interaction, { log }) }),
      files: undefined,
    }));
    const route = Routes.webhookMessage(interaction.application_id, interaction.token, '@original');
    const request = { body, ...(files ? { files } : {}), auth: false };
    // Over HTTP the first answer is on its way in a response, and what follows it can be there sooner.
    for (const pause of PAUSES_MS) {
      const isTooSoon = await rest.patch(route, request).then(() => false, isUnknownWebhook);
      if (!isTooSoon) return;
      await sleep(pause);
    }
    await rest.patch(route, request);
  };

  const respond: Responding['respond'] = async (interaction, deliver, receivedAt) => {
    open += 1;
    try {
      const answer = await router(interaction);
      const isDelivered = await deliver(answer);
      const outcome = isDelivered ? (answer.outcome ?? 'answered') : 'undelivered';
      metrics.answered(interaction, outcome, (performance.now() - receivedAt) / 1000);
      if (answer.later && isDelivered) await finish(interaction, answer.later);
    } catch (error) {
      log.error({ err: error }, 'what follows a first answer failed');
    } finally {
      open -= 1;
    }
  };

  return {
    respond,
    async settled(limitMs) {
      const end = performance.now() + limitMs;
      while (open > 0 && performance.now() < end) await sleep(LOOK_MS);
    },
  };
}

/** Whether Discord does not know of an answer. @throws every other error */
function isUnknownWebhook(error: unknown): true {
  if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownWebhook) return true;
  throw error;
}
