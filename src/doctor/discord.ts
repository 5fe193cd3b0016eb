// Asking Discord, once and with a short time limit, through the same client as the bot; and what its answers say of the clock.
import { REST, RESTEvents, type RouteLike } from 'discord.js';
import type { z } from 'zod';
import { explainFailure, notDiscord } from './failure.ts';
import type { Redact } from './foreign.ts';

/** How long one request may take, in ms. */
const TIMEOUT_MS = 5000;

export interface Discord {
  /**
   * Asks for something.
   * @param schema the fields that the caller needs
   * @throws {Unanswered} where Discord refuses, is not reached in five seconds, or answers with something else
   */
  get<T>(route: RouteLike, schema: z.ZodType<T>, query?: Readonly<Record<string, string>>): Promise<T>;
  /** How far this machine's clock is ahead of Discord's, in ms; undefined before the first answer. */
  clockAhead(): number | undefined;
}

export interface DiscordOptions {
  readonly apiUrl: string;
  readonly token: string;
  readonly conceal: Redact;
  /** This machine's time, in ms since 1970. */
  now(): number;
}

export function openDiscord({ apiUrl, token, conceal, now }: DiscordOptions): Discord {
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
        throw explainFailure(error, { apiUrl, token, conceal });
      });
      const parsed = schema.safeParse(answer);
      if (!parsed.success) throw notDiscord(apiUrl);
      return parsed.data;
    },
    clockAhead: () => best?.ahead,
  };
}

/**
 * The `Date` header names a second, and the answer was made at some time between asking and hearing: so the difference is
 * only known to lie in a range. Taken is what of the range is nearest to zero.
 */
function compareClocks(date: string | null, sentAt: number, heardAt: number) {
  const stamped = Date.parse(date ?? '');
  if (Number.isNaN(stamped)) return undefined;
  const [least, most] = [sentAt - (stamped + 1000), heardAt - stamped];
  const ahead = least > 0 ? least : Math.min(most, 0);
  return { ahead, window: most - least };
}
