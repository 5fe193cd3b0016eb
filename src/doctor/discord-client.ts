// Sends requests to Discord with the bot's REST client, a short timeout and no retries, and compares clocks.
import { REST, RESTEvents, type RouteLike } from 'discord.js';
import type { z } from 'zod';
import type { Redact } from './redact.ts';
import { explainRequestError, notDiscordApi } from './request-error.ts';

/** Per request. */
const TIMEOUT_MS = 5000;

export interface DiscordClient {
  /**
   * Sends a GET request.
   * @param schema the fields that the caller needs
   * @throws {CheckError} if Discord refuses, doesn't respond within five seconds, or the response doesn't match
   */
  get<T>(route: RouteLike, schema: z.ZodType<T>, query?: Readonly<Record<string, string>>): Promise<T>;
  /** How far this machine's clock is ahead of Discord's, in ms; undefined before the first answer. */
  clockAheadMs(): number | undefined;
}

interface DiscordClientOptions {
  readonly apiUrl: string;
  readonly token: string;
  readonly redact: Redact;
  /** This machine's time, in ms since 1970. */
  now(): number;
}

/** Creates the client. It sends no request by itself. */
export function createDiscordClient({ apiUrl, token, redact, now }: DiscordClientOptions): DiscordClient {
  const rest = new REST({
    version: '10',
    api: apiUrl,
    timeout: TIMEOUT_MS,
    retries: 0,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > TIMEOUT_MS,
  }).setToken(token);
  let sentAt = 0;
  let best: { ahead: number; window: number } | undefined;
  rest.on(RESTEvents.Response, (_, { headers }) => {
    const sample = compareClocks(headers.get('date'), sentAt, now());
    if (sample && (!best || sample.window < best.window)) best = sample;
  });
  return {
    async get(route, schema, query) {
      const search = query && { query: new URLSearchParams(query) };
      sentAt = now();
      const answer = await rest.get(route, search).catch((error: unknown) => {
        throw explainRequestError(error, { apiUrl, token, redact });
      });
      const parsed = schema.safeParse(answer);
      if (!parsed.success) throw notDiscordApi(apiUrl);
      return parsed.data;
    },
    clockAheadMs: () => best?.ahead,
  };
}

/**
 * The `Date` header has whole seconds, and the response was created between sending and receiving: so the difference is
 * only known as a range. Returns the value in that range which is nearest to zero.
 */
function compareClocks(date: string | null, sentAt: number, receivedAt: number) {
  const discordTime = Date.parse(date ?? '');
  if (Number.isNaN(discordTime)) return undefined;
  const [least, most] = [sentAt - (discordTime + 1000), receivedAt - discordTime];
  const ahead = least > 0 ? least : Math.min(most, 0);
  return { ahead, window: most - least };
}
