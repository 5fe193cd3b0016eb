// The application that the token belongs to, fetched with retries.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { retry } from '../jobs.ts';
import { isUnauthorized, TokenError, UnexpectedAnswerError } from './errors.ts';
import { getApplication } from './requests.ts';

const BACKOFF = { firstMs: 500, longestMs: 60_000 };

const ApplicationResponse = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  interactions_endpoint_url: z.string().nullish(),
});

/** What the bot needs to know of its application. */
interface OwnApplication {
  readonly id: string;
  /** Where Discord posts interactions instead of sending them over the gateway. */
  readonly endpointUrl: string | undefined;
}

/**
 * Fetches the application. Retries if Discord fails, or if the answer is not Discord's.
 * @throws {TokenError} if Discord refuses the token
 * @throws the signal's reason if it aborts
 */
export function fetchApplication(
  rest: REST,
  { log, clock, signal }: { log: Logger; clock: Clock; signal: AbortSignal },
): Promise<OwnApplication> {
  const attempt = async () => {
    const parsed = ApplicationResponse.safeParse(await getApplication(rest));
    if (!parsed.success) throw new UnexpectedAnswerError('GET /applications/@me');
    const { id, interactions_endpoint_url: url } = parsed.data;
    return { id, endpointUrl: url || undefined };
  };
  return retry(attempt, {
    ...BACKOFF,
    clock,
    signal,
    onFailure(error, pauseMs) {
      if (isUnauthorized(error)) throw new TokenError(error);
      log.warn({ err: error, pauseMs }, 'application not fetched, trying again');
    },
  });
}
