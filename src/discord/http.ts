// The HTTP server: the health check, the metrics, and with TRANSPORT=http the endpoint for interactions.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { OperatorError } from '../operator-error.ts';
import { originOf } from '../origin.ts';
import type { Endpoint } from './interactions-endpoint.ts';
import type { Metrics } from './metrics.ts';

/** What `GET /healthz` answers: 200 for `ok` and `degraded`, 503 for `down`. */
export interface Health {
  readonly status: 'ok' | 'degraded' | 'down';
  /** What is wrong now, a few words each. */
  readonly problems: readonly string[];
  /** The version of the content that is served. */
  readonly content: string | undefined;
}

/** All routes except interactions: health and metrics. */
export function createHttpApp(health: () => Health, metrics: Metrics): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => {
    const now = health();
    return c.json(now, now.status === 'down' ? 503 : 200);
  });
  app.get('/metrics', async (c) => {
    const { text, contentType } = await metrics.show();
    return c.text(text, 200, { 'content-type': contentType });
  });
  return app;
}

/** The port cannot be listened on. */
export class PortError extends OperatorError {
  override readonly name = 'PortError';
}

export interface Listening {
  readonly url: string;
  /** Accepts no new connection or request; resolves once the open requests are answered. */
  close(): Promise<void>;
}

/**
 * Starts to listen.
 * @param endpoint for interactions; undefined with the gateway
 * @throws {PortError} if the port is taken or not allowed
 */
export function listen(app: Hono, host: string, port: number, endpoint?: Endpoint): Promise<Listening> {
  const others = getRequestListener(app.fetch);
  let isClosing = false;
  const server = createServer((request, response) => {
    if (isClosing) response.setHeader('connection', 'close');
    if (endpoint?.matches(request)) endpoint.handle(request, response);
    else void others(request, response);
  });
  return new Promise((done, fail) => {
    server.once('error', (error) => fail(new PortError(portMessage(error, host, port), { cause: error })));
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      done({
        url: originOf(host, actual),
        close: () =>
          new Promise((resolve) => {
            isClosing = true;
            server.close(() => resolve());
          }),
      });
    });
  });
}

/** What to do about a port that cannot be listened on. */
export function portMessage(error: Error, host: string, port: number): string {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `PORT ${port} on ${host} is used by another program: end that one, or set PORT to another number`;
  if (code === 'EACCES') return `PORT ${port} on ${host} is not allowed for this user: set PORT to a number above 1023`;
  return `HOST ${host} and PORT ${port} cannot be listened on: ${error.message}`;
}
