// What listens on a port: the health check, and with TRANSPORT=http Discord's interactions.
import { createAdaptorServer } from '@hono/node-server';
import type { APIInteraction } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Answer } from './answer.ts';
import type { Metrics } from './metrics.ts';
import type { Responding } from './respond.ts';
import type { SignatureCheck } from './signature.ts';

const MAX_BODY = 1024 * 1024;

export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly content: string;
}

/** The routes of the bot's own server: health and numbers always. Interactions are taken only where signatures can be checked. */
export function createApp(
  health: () => Health,
  metrics: Metrics,
  interactions?: { signatures: SignatureCheck; responding: Responding },
): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json(health()));
  app.get('/metrics', async (c) => {
    const { text, contentType } = await metrics.show();
    return c.text(text, 200, { 'content-type': contentType });
  });
  if (!interactions) return app;
  const { signatures, responding } = interactions;
  const limit = bodyLimit({
    maxSize: MAX_BODY,
    onError: (c) => c.text('the body is larger than 1 MiB', 413, { connection: 'close' }),
  });
  app.post('/interactions', limit, async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer());
    const accepted = signatures.accepts(
      c.req.header('x-signature-ed25519'),
      c.req.header('x-signature-timestamp'),
      body,
    );
    if (!accepted) return c.text('the signature is not Discord’s', 401);
    const interaction = readInteraction(body);
    if (!interaction) return c.text('the body is no interaction', 400);
    return answerInResponse(interaction, responding);
  });
  return app;
}

/** The HTTP response carries the first answer; what is deferred goes on after it. */
function answerInResponse(interaction: APIInteraction, responding: Responding): Promise<Response> {
  return new Promise((done) => {
    const deliver = async (answer: Answer) => {
      done(Response.json(answer.response));
      return true;
    };
    void responding
      .respond(interaction, deliver, performance.now())
      .then(() => done(new Response(null, { status: 500 })));
  });
}

function readInteraction(body: Buffer): APIInteraction | undefined {
  try {
    const value = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && typeof value.type === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The port is used by another program. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Begins to listen. @throws {PortError} where the port is taken or not allowed */
export function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(new PortError(portMessage(error, host, port), { cause: error })));
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      done({
        url: `http://${host}:${actual}`,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });
}

/** What to do about a port that cannot be had. */
export function portMessage(error: Error, host: string, port: number): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `PORT ${port} on ${host} is used by another program: end that one, or set PORT to another number`;
  if (code === 'EACCES') return `PORT ${port} on ${host} is not allowed for this user: set PORT to a number above 1023`;
  return `HOST ${host} and PORT ${port} cannot be listened on: ${error.message}`;
}
