// What listens on a port: the health check, and with TRANSPORT=http Discord's interactions.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Endpoint } from './interactions-endpoint.ts';
import type { Metrics } from './metrics.ts';

export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly content: string;
}

/** The routes of the bot's own server beside its interactions: health and numbers. */
export function createApp(health: () => Health, metrics: Metrics): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json(health()));
  app.get('/metrics', async (c) => {
    const { text, contentType } = await metrics.show();
    return c.text(text, 200, { 'content-type': contentType });
  });
  return app;
}

/** The port is used by another program. */
export class PortError extends Error {
  override readonly name = 'PortError';
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Begins to listen.
 * @param endpoint what takes interactions; none over the gateway
 * @throws {PortError} where the port is taken or not allowed
 */
export function listen(app: Hono, host: string, port: number, endpoint?: Endpoint): Promise<Listening> {
  const others = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    if (endpoint?.owns(request)) endpoint.handle(request, response);
    else void others(request, response);
  });
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
