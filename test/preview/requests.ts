// Plain requests to a fake Discord without a bot, for the tests of its rules.
import type { FakeDiscord } from '../../src/preview/fake-discord.ts';
import type { Interaction, Json, Message } from '../../src/preview/model.ts';
import type { Person } from '../../src/preview/person.ts';

export interface Reply {
  readonly status: number;
  /** Discord's JSON error code; undefined where the request succeeded. */
  readonly code: number | undefined;
  /** Each error of a form as `path: CODE`. */
  readonly errors: readonly string[];
  readonly body: Json;
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  options?: { token?: string; version?: string },
) => Promise<Reply>;

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

export interface Asked {
  readonly interaction: Interaction;
  /** Answers it. */
  answer(body: unknown, query?: string): Promise<Reply>;
  /** Calls its webhook; `path` starts after the token. */
  hook(method: string, path: string, body?: unknown): Promise<Reply>;
}

/** Makes an interaction that no bot takes, to be answered by plain requests. */
export function asker(discord: FakeDiscord, call: Call) {
  return (
    person: Person,
    type: number,
    data: Json = { id: '1', name: 'test', type: 1 },
    source: Message | null = null,
  ): Asked => {
    let made: Interaction | undefined;
    const end = discord.events.subscribe((event) => {
      if (event.name === 'interaction') made ??= event.interaction;
    });
    person.sendRaw({ type, data }, source).catch(() => {});
    end();
    if (made === undefined) throw new Error('No interaction was made');
    const interaction = made;
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
