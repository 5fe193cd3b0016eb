// Session starts: Discord limits how many IDENTIFYs a bot may send a day, and resets its token after too many.
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
 * @throws {UnexpectedAnswerError} if it is not Discord's, but for example a page of a proxy
 */
export function checkGatewayBot(answer: unknown): APIGatewayBotInfo {
  const parsed = GatewayBot.safeParse(answer);
  if (!parsed.success) throw new UnexpectedAnswerError('GET /gateway/bot');
  return parsed.data;
}

/**
 * Resolves once `count` session starts are left.
 * @param onWaiting called with the end of the wait when it begins, and with undefined once it is over
 * @throws the signal's reason if it aborts
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
      // If Discord does not say, connecting is better than staying offline.
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
