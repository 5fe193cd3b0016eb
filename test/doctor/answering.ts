// A client of Discord that answers each route as a test says.
import type { DiscordClient } from '../../src/doctor/discord-client.ts';

type Answer = unknown | ((query: Readonly<Record<string, string>>) => unknown);

/** @param answers by route; an error is thrown, and a function gets the query */
export function answering(answers: Readonly<Record<string, Answer>>): DiscordClient {
  return {
    async get(route, schema, query = {}) {
      if (!(route in answers)) throw new Error(`no answer for ${route}`);
      const answer = answers[route];
      if (answer instanceof Error) throw answer;
      return schema.parse(typeof answer === 'function' ? await answer(query) : answer);
    },
    clockAheadMs: () => undefined,
  };
}
