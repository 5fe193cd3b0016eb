// What a REST route of the fake Discord is made of, and what it is handed.
import type { CommandRegistry } from '../command-registry.ts';
import type { Interactions } from '../interactions.ts';
import type { Upload, World } from '../model.ts';

export interface RestRequest {
  /** A part of the path by its name in the pattern. */
  param(name: string): string;
  readonly query: URLSearchParams;
  /** The JSON body, or `payload_json` of a multipart one; undefined without a body. */
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

export interface RestReply {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for the variable parts. */
  readonly path: string;
  /** Reachable without the bot's token: the path itself carries a token. */
  readonly needsNoToken?: boolean;
  /** Undefined answers 204. Throws an ApiError. */
  handle(request: RestRequest): RestReply | undefined;
}

/** What routes work on. */
export interface Backend {
  readonly world: World;
  readonly registry: CommandRegistry;
  readonly interactions: Interactions;
}

export const ok = (body: unknown, status = 200): RestReply => ({ status, body });
