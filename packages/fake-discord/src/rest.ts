// REST under /api/v10: checks version and token, reads bodies, applies faults and limits, formats errors. Routes: routes/.
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { RefusedRequest } from './api-error.ts';
import { ApiError, apiError, refusedRequest } from './api-error.ts';
import type { Fault, FaultQueue } from './faults.ts';
import type { Credentials } from './gateway.ts';
import { UPLOAD } from './limits.ts';
import type { Upload } from './model.ts';
import type { RateLimiter, Wait } from './rate-limits.ts';
import type { RequestRecord } from './records.ts';
import type { Route } from './routes/route.ts';

/** Gives handlers the sockets of Node.js. */
export type Env = { Bindings: HttpBindings };

/** The parts that a request passes through, and where it is recorded. */
export interface RestOptions {
  readonly routes: readonly Route[];
  readonly credentials: Credentials;
  readonly faults: FaultQueue;
  readonly limits: RateLimiter;
  now(): number;
  onRequest(request: RequestRecord): void;
  onRefusal(refusal: RefusedRequest): void;
}

const PREFIX = /^\/api(?:\/v(\d+))?/;

/**
 * Serves the routes below `/api/v10`. Each request passes the faults first, then the limits, then version and token.
 */
export function restApp({ routes, credentials, faults, limits, now, onRequest, onRefusal }: RestOptions): Hono<Env> {
  const app = new Hono<Env>();

  const refuse = (c: Context<Env>, path: string, caught: unknown): Response => {
    // A bug in the fake Discord must not look like one in the bot.
    const error = caught instanceof ApiError ? caught : new ApiError(500, 0, `The fake Discord failed: ${caught}`);
    onRefusal(refusedRequest(error, { at: now(), method: c.req.method, route: path }));
    const { status, code, message, errors } = error;
    return json({ message, code, ...(errors ? { errors } : {}) }, status);
  };

  const respond = async (c: Context<Env>, route: Route | undefined, path: string): Promise<Response> => {
    try {
      const version = PREFIX.exec(c.req.path)?.[1];
      if (version !== '10')
        throw apiError(50041, `Only /api/v10 is served, not ${version ? `v${version}` : 'a path without a version'}`);
      if (!route) throw new ApiError(404, 0, '404: Not Found');
      if (!route.needsNoToken && c.req.header('authorization') !== `Bot ${credentials.token}`) throw apiError(0);
      const reply = route.handle({
        param: (name) => c.req.param(name) ?? '',
        query: new URL(c.req.url).searchParams,
        ...(await readBody(c)),
      });
      return reply === undefined ? new Response(null, { status: 204 }) : json(reply.body, reply.status);
    } catch (caught) {
      return refuse(c, route?.path ?? path, caught);
    }
  };

  const serve = async (c: Context<Env>, route?: Route): Promise<Response> => {
    const path = c.req.path.replace(PREFIX, '') || '/';
    const fault = faults.take(c.req.method, path);
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const isSkipped = fault?.reset === 'before' || fault?.status !== undefined;
    const { headers, wait } = limits.take(c.req.method, path, route?.needsNoToken ?? false);
    const response = fault && isSkipped ? faultResponse(fault) : wait ? tooMany(wait) : await respond(c, route, path);
    for (const [name, value] of Object.entries(headers))
      if (!response.headers.has(name)) response.headers.set(name, value);
    const { status } = response;
    const isShared = response.headers.get('x-ratelimit-scope') === 'shared';
    const isInvalid = status === 401 || status === 403 || (status === 429 && !isShared);
    onRequest({ method: c.req.method, path, status, isInvalid, at: now() });
    if (fault?.reset) c.env.incoming.socket.destroy();
    return response;
  };

  for (const route of routes) app.on(route.method, `/api/v10${route.path}`, (c) => serve(c, route));
  app.all('/api/*', (c) => serve(c));
  return app;
}

function json(body: unknown, status: number, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

function faultResponse({ status = 500, code = 0, retryAfter = 1, scope = 'shared' }: Fault): Response {
  if (status === 429) return tooMany({ retryAfter, scope }, code);
  return json({ message: `Failure requested by a test (${status})`, code }, status);
}

/** Discord docs, Rate Limits, "Exceeding A Rate Limit". */
function tooMany({ retryAfter, scope }: Wait, code = 0): Response {
  const isGlobal = scope === 'global';
  const limitHeaders = isGlobal
    ? { 'x-ratelimit-global': 'true' }
    : { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': String(retryAfter) };
  return json({ message: 'You are being rate limited.', retry_after: retryAfter, global: isGlobal, code }, 429, {
    'retry-after': String(retryAfter),
    'x-ratelimit-scope': scope,
    ...limitHeaders,
  });
}

/** JSON, or multipart with `payload_json` and `files[n]` (Discord docs, API Reference, Uploading Files). */
async function readBody(c: Context<Env>): Promise<Pick<Parameters<Route['handle']>[0], 'body' | 'uploads'>> {
  if (Number(c.req.header('content-length') ?? 0) > UPLOAD.request) throw apiError(40005);
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    const text = await c.req.text();
    return { body: text === '' ? undefined : parseJson(text), uploads: [] };
  }
  const form = await c.req.formData();
  const uploads: Upload[] = [];
  let size = 0;
  for (const [field, value] of form.entries()) {
    if (typeof value === 'string') continue;
    size += value.size;
    if (value.size > UPLOAD.file || size > UPLOAD.together) throw apiError(40005);
    uploads.push({
      field,
      filename: value.name,
      contentType: value.type || 'application/octet-stream',
      data: new Uint8Array(await value.arrayBuffer()),
    });
  }
  const payload = form.get('payload_json');
  return { body: typeof payload === 'string' ? parseJson(payload) : {}, uploads };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw apiError(50109);
  }
}
