// Session starts: Discord allows a bot so many IDENTIFYs a day, and resets its token when they are used up.
import { type APIGatewayBotInfo, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { UnexpectedAnswerError } from './errors.ts';

const GatewayBot = z.object({
  url: z.string(),
  shards: z.number(),
  session_start_limit: z.object({
    total: z.number(),
    remaining: z.number(),
    reset_after: z.number(),
    max_concurrency: z.number(),
  }),
});

/** The longest pause before asking again: Discord may have raised the limit meanwhile. */
const MAX_PAUSE_MS = 15 * 60_000;
/** Added to the time that Discord gives, so as not to be early. */
const MARGIN_MS = 1000;

/**
 * The answer to GET /gateway/bot, checked (Discord docs, Gateway, "Get Gateway Bot").
 * @throws {UnexpectedAnswerError} where it is not Discord's, such as a page of a proxy
 */
export function checkGatewayBot(answer: unknown): APIGatewayBotInfo {
  const parsed = GatewayBot.safeParse(answer);
  if (!parsed.success) throw new UnexpectedAnswerError('GET /gateway/bot');
  return parsed.data;
}

/**
 * Resolves once Discord has as many session starts left.
 * @param onWaiting called with the time until which it waits, and with undefined once that is over
 * @throws the signal's reason, where it aborts
 */
export async function waitForSessionStarts(
  rest: REST,
  count: number,
  { clock, signal, onWaiting }: { clock: Clock; signal: AbortSignal; onWaiting(until: Date | undefined): void },
): Promise<void> {
  let isWaiting = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      // Without an answer it is better to connect than to stay away.
      const limit = await rest
        .get(Routes.gatewayBot())
        .then((answer) => checkGatewayBot(answer).session_start_limit)
        .catch(() => undefined);
      if (!limit || limit.remaining >= count) return;
      const pauseMs = Math.max(limit.reset_after, 0) + MARGIN_MS;
      if (!isWaiting) onWaiting(new Date(clock.now() + pauseMs));
      isWaiting = true;
      await clock.sleep(Math.min(pauseMs, MAX_PAUSE_MS), { signal });
    }
  } finally {
    if (isWaiting) onWaiting(undefined);
  }
}
