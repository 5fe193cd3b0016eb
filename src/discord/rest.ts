// Opens discord.js's REST client with the bot's token, and notices if Discord refuses the token.
import { REST, RESTEvents, type RESTOptions } from 'discord.js';
import { isUnauthorized, TokenError } from './errors.ts';
import { getApplication } from './requests.ts';

/**
 * How often discord.js forgets the queues of channels and interactions without requests, in ms; by default every hour. A
 * queue takes 0.7 KB, and each post in a forum and each deferred answer has its own.
 */
const QUEUE_SWEEP_MS = 5 * 60_000;
const OPTIONS = { version: '10', timeout: 10_000, retries: 3, handlerSweepInterval: QUEUE_SWEEP_MS } as const;

interface RestOptions {
  readonly token: string;
  /** The base URL of Discord's API. */
  readonly apiUrl: string;
  /** How requests are sent, in place of undici. */
  readonly makeRequest?: RESTOptions['makeRequest'];
  /** Called once Discord refuses the token, which only a person can fix. */
  onTokenRefused(error: TokenError): void;
}

/**
 * Opens the REST client. If the token is reset while the bot runs, Discord answers 401 to every request. A single 401
 * may also come from a proxy or be a mistake of Discord's. Once the bot has stopped, a person must start it again: so a
 * second request checks the token first.
 */
export function openRest({ token, apiUrl, makeRequest, onTokenRefused }: RestOptions): REST {
  const options = { ...OPTIONS, api: apiUrl, ...(makeRequest ? { makeRequest } : {}) };
  const open = () => new REST(options).setToken(token);
  const rest = open();
  let isChecking = false;
  const check = async () => {
    try {
      await getApplication(open());
    } catch (error) {
      if (isUnauthorized(error)) return onTokenRefused(new TokenError(error));
    }
    // discord.js forgets a token at the first 401.
    rest.setToken(token);
  };
  rest.on(RESTEvents.Response, ({ path }, { status }) => {
    // Webhooks and interactions have tokens of their own, which expire.
    if (status !== 401 || path.startsWith('/webhooks/') || isChecking) return;
    isChecking = true;
    void check().finally(() => {
      isChecking = false;
    });
  });
  return rest;
}
