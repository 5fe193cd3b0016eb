// What a REST route of the fake Discord is made of, and what it is handed.
import type { Interactions } from '../interactions.ts';
import type { Upload } from '../messages.ts';
import type { Registry } from '../registry.ts';
import type { World } from '../world.ts';

export interface RestRequest {
  /** A part of the path by its name in the pattern. */
  param(name: string): string;
  readonly query: URLSearchParams;
  /** The JSON body, or `payload_json` of a multipart one; undefined without a body. */
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for the variable parts. */
  readonly path: string;
  /** Reachable without the bot's token: the path itself carries a token. */
  readonly isOpen?: boolean;
  /** Undefined answers 204. Throws a Refusal. */
  handle(request: RestRequest): Reply | undefined;
}

/** What routes work on. */
export interface Backend {
  readonly world: World;
  readonly registry: Registry;
  readonly interactions: Interactions;
}

export const ok = (body: unknown, status = 200): Reply => ({ status, body });
