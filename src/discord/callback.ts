// Sends first answers to interactions: not through discord.js, because they have three seconds and no rate limits.
import { type APIInteraction, DefaultUserAgent, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { type Dispatcher, Pool } from 'undici';
import type { Clock } from '../clock.ts';
import { formErrors } from '../log.ts';
import type { Answer } from './answer.ts';

/** Discord drops an interaction 3 s after it was sent; the rest is for the network. */
const DEADLINE_MS = 2800;
/** undici's default is 4 s, with which a bot that is seldom used would reconnect for every answer. */
const KEEP_ALIVE_MS = 60_000;
const MAX_CONNECTIONS = 256;
const RETRY_DELAY_MS = 60;

export interface Callbacks {
  /**
   * Sends a first answer. Retries after lost connections, 5xx and 429 while Discord still accepts an answer.
   * @param receivedAt `Clock.monotonic()` when the interaction arrived
   * @returns whether Discord has the answer
   */
  send(interaction: APIInteraction, answer: Answer, receivedAt: number): Promise<boolean>;
  close(): Promise<void>;
}

interface CallbackOptions {
  readonly log: Logger;
  readonly clock: Clock;
  /** What sends the requests; connections of its own by default. */
  readonly dispatcher?: Pick<Dispatcher, 'dispatch' | 'close'>;
}

/** @param apiUrl the base URL of Discord's API, without the version */
export function openCallbacks(apiUrl: string, { log, clock, dispatcher }: CallbackOptions): Callbacks {
  const { origin, pathname } = new URL(apiUrl);
  const pool = dispatcher ?? new Pool(origin, { connections: MAX_CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS });
  const headers = { 'content-type': 'application/json', 'user-agent': DefaultUserAgent };

  const tryOnce = (path: string, body: string, timeout: number): Promise<TryResult> =>
    new Promise((done) => {
      let status = 0;
      const chunks: Buffer[] = [];
      pool.dispatch(
        { origin, method: 'POST', path, headers, body, headersTimeout: timeout, bodyTimeout: timeout },
        {
          onConnect() {},
          onHeaders(statusCode) {
            status = statusCode;
            return true;
          },
          onData(chunk) {
            chunks.push(chunk);
            return true;
          },
          onComplete: () => done(status < 300 ? SENT : resultOf(status, Buffer.concat(chunks).toString())),
          onError: (error) => done({ kind: 'retry', why: error.message, pauseMs: RETRY_DELAY_MS }),
        },
      );
    });

  return {
    async send({ id, token, type }, answer, receivedAt) {
      const path = `${pathname === '/' ? '' : pathname}/v10${Routes.interactionCallback(id, token)}`;
      const body = answer.json ?? JSON.stringify(answer.response);
      const left = () => DEADLINE_MS - (clock.monotonic() - receivedAt);
      let last: TryResult = { kind: 'failed', why: 'no time left' };
      // The first try gets nearly all the time; undici shares timers among requests with the same timeout.
      let timeout = DEADLINE_MS;
      for (; left() > 0; timeout = left()) {
        last = await tryOnce(path, body, timeout);
        if (last.kind === 'sent') return true;
        if (last.kind === 'failed' || last.pauseMs > left()) break;
        await clock.sleep(last.pauseMs);
      }
      log.warn({ interaction: id, kind: type, why: last.why }, 'first answer not delivered');
      return false;
    },
    close: () => pool.close(),
  };
}

const SENT = { kind: 'sent' } as const;
type TryResult = { kind: 'sent' } | { kind: 'retry'; why: string; pauseMs: number } | { kind: 'failed'; why: string };

/**
 * What a response means (Discord docs, "Opcodes and Status Codes"). 40060 after a lost connection means that the first
 * try arrived. 4xx are final, 5xx and 429 are not.
 */
function resultOf(status: number, text: string): TryResult {
  const { code, retry_after: retryAfter, errors } = read(text);
  if (code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return { kind: 'sent' };
  // Discord's error messages may quote the message: only paths and codes are logged.
  const why = [status, code, ...formErrors(errors, '')].filter((part) => part !== undefined).join(' ');
  if (status === 429) return { kind: 'retry', why, pauseMs: (retryAfter ?? 1) * 1000 };
  return status >= 500 ? { kind: 'retry', why, pauseMs: RETRY_DELAY_MS } : { kind: 'failed', why };
}

function read(text: string): { code?: number; retry_after?: number; errors?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
