// Plain HTTP requests to a fake Discord without a bot.
import { type FakeDiscord, startFakeDiscord } from '../src/fake-discord.ts';
import type { Interaction, Json, Message } from '../src/model.ts';
import type { Person } from '../src/person.ts';

/** A fake Discord without the global limit: a test without a bot may send more than 50 requests a second. */
export const startUnlimited = () => startFakeDiscord({ globalRateLimit: Number.POSITIVE_INFINITY });

export interface ApiReply {
  readonly status: number;
  /** Discord's JSON error code; undefined if the request succeeded. */
  readonly code: number | undefined;
  /** The errors of a form, each as `path: CODE`. */
  readonly errors: readonly string[];
  readonly body: Json;
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  options?: { token?: string; version?: string },
) => Promise<ApiReply>;

export function caller(discord: FakeDiscord): Call {
  return async (method, path, body, { token = discord.token, version = '/v10' } = {}) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${discord.apiUrl}${version}${path}`, {
      method,
      headers: {
        authorization: `Bot ${token}`,
        ...(isForm || body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    const json: Json = isJson(parsed) ? parsed : {};
    const code = typeof json.code === 'number' && typeof json.message === 'string' ? json.code : undefined;
    return {
      status: response.status,
      code,
      errors: flatten(json.errors),
      body: Array.isArray(parsed) ? { list: parsed } : json,
    };
  };
}

export interface StartedInteraction {
  readonly interaction: Interaction;
  /** Sends the first answer. */
  answer(body: unknown, query?: string): Promise<ApiReply>;
  /** Calls the webhook of the interaction; `path` comes after the token. */
  hook(method: string, path: string, body?: unknown): Promise<ApiReply>;
}

/** Starts an interaction without a bot, to be answered by plain requests. */
export function interactionStarter(discord: FakeDiscord, call: Call) {
  return (
    person: Person,
    type: number,
    data: Json = { id: '1', name: 'test', type: 1 },
    source: Message | null = null,
  ): StartedInteraction => {
    let started: Interaction | undefined;
    const unsubscribe = discord.events.subscribe((event) => {
      if (event.name === 'interaction') started ??= event.interaction;
    });
    person.sendRaw({ type, data }, source).catch(() => {});
    unsubscribe();
    if (started === undefined) throw new Error('No interaction was started');
    const interaction = started;
    const { id, token } = interaction;
    return {
      interaction,
      answer: (body, query = '') => call('POST', `/interactions/${id}/${token}/callback${query}`, body),
      hook: (method, path, body) => call(method, `/webhooks/${discord.applicationId}/${token}${path}`, body),
    };
  };
}

function flatten(tree: unknown, path: string[] = []): string[] {
  if (!isJson(tree)) return [];
  return Object.entries(tree).flatMap(([key, inner]) => {
    if (key !== '_errors') return flatten(inner, [...path, key]);
    return Array.isArray(inner) ? inner.map((error) => `${path.join('.')}: ${error.code}`) : [];
  });
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
