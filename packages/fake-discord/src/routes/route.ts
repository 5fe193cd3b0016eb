// The types of a REST route: its request, its reply, and the state that it works on.
import type { CommandRegistry } from '../command-registry.ts';
import type { Interactions } from '../interactions.ts';
import type { Upload, World } from '../model.ts';

/** A request that has passed the token check, with its body read. */
export interface RestRequest {
  /** A path parameter by its name in the pattern. */
  param(name: string): string;
  readonly query: URLSearchParams;
  /** The JSON body, or `payload_json` of a multipart body; undefined without a body. */
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

/** A successful reply. The body becomes JSON. */
export interface RestReply {
  readonly status: number;
  readonly body: unknown;
}

/** One method of one path. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The pattern, with `:name` for parameters. */
  readonly path: string;
  /** Works without the bot's token, because the path has a token of its own. */
  readonly needsNoToken?: boolean;
  /** Returning undefined means status 204. Throws ApiError. */
  handle(request: RestRequest): RestReply | undefined;
}

/** The state that routes and people work on. */
export interface Backend {
  readonly world: World;
  readonly registry: CommandRegistry;
  readonly interactions: Interactions;
}

/** A reply with status 200, unless another one is given. */
export const ok = (body: unknown, status = 200): RestReply => ({ status, body });
