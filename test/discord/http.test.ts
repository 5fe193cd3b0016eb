// The HTTP server: health, metrics, the endpoint for interactions, and ports that are taken.
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createHttpApp, type Health, listen, PortError, portMessage } from '../../src/discord/http.ts';
import type { Endpoint } from '../../src/discord/interactions-endpoint.ts';
import { openMetrics } from '../../src/discord/metrics.ts';
import { OperatorError } from '../../src/operator-error.ts';

const metrics = openMetrics(() => new Set(), {
  contentVersion: () => 'v1',
  jobs: () => [],
  problems: () => [],
});
const healthy: Health = { status: 'ok', problems: [], content: 'v1' };
const app = (health: Health = healthy) => createHttpApp(() => health, metrics);

describe('the health check', () => {
  it.each([
    ['ok', 200],
    ['degraded', 200],
    ['down', 503],
  ] as const)('answers %s with %i', async (status, code) => {
    const health = { status, problems: ['database'], content: undefined };
    const response = await app(health).request('/healthz');
    expect(response.status).toBe(code);
    expect(await response.json()).toEqual({ status, problems: ['database'] });
  });
});

it('the metrics are in Prometheus’ format', async () => {
  const response = await app().request('/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('version=0.0.4');
  expect(await response.text()).toContain('guidepost_content_info{version="v1"} 1');
});

it('other paths and methods are not found', async () => {
  expect((await app().request('/')).status).toBe(404);
  expect((await app().request('/healthz', { method: 'POST' })).status).toBe(404);
});

describe('the server', () => {
  it('gives interactions to the endpoint, and everything else to the app', async () => {
    const endpoint: Endpoint = {
      matches: ({ url }) => url === '/interactions',
      handle: (_, response) => void response.end('from the endpoint'),
    };
    const server = await listen(app(), '127.0.0.1', 0, endpoint);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect(await (await fetch(`${server.url}/interactions`)).text()).toBe('from the endpoint');
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual(healthy);
    await server.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });

  it('has no endpoint with the gateway', async () => {
    const server = await listen(app(), '127.0.0.1', 0);
    expect((await fetch(`${server.url}/interactions`, { method: 'POST' })).status).toBe(404);
    await server.close();
  });

  it('answers open requests before it closes, and ends their connections', async () => {
    const held: ServerResponse[] = [];
    const endpoint: Endpoint = { matches: () => true, handle: (_, response) => void held.push(response) };
    const server = await listen(app(), '127.0.0.1', 0, endpoint);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    const send = async () => {
      const count = held.length;
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      await expect.poll(() => held.length, { interval: 1 }).toBe(count + 1);
    };
    await send();
    let isClosed = false;
    const closing = server.close().then(() => {
      isClosed = true;
    });
    // A client may send its next request on the same connection meanwhile.
    await send();
    expect(held.map((response) => response.getHeader('connection'))).toEqual([undefined, 'close']);
    expect(isClosed).toBe(false);
    held[0]?.end('first');
    held[1]?.end('second');
    await closing;
    await expect.poll(() => received, { interval: 1 }).toMatch(/first.*second/s);
  });

  it('cannot use a port that is taken', async () => {
    const server = await listen(app(), '127.0.0.1', 0);
    const port = Number(new URL(server.url).port);
    const error = await listen(app(), '127.0.0.1', port).catch((reason) => reason);
    expect(error).toBeInstanceOf(PortError);
    expect(error).toBeInstanceOf(OperatorError);
    expect(error).toMatchObject({ name: 'PortError', cause: { code: 'EADDRINUSE' } });
    expect(error.message).toBe(portMessage(error.cause, '127.0.0.1', port));
    await server.close();
  });
});

describe('a port that cannot be listened on', () => {
  const failure = (code: string) => Object.assign(new Error('the reason'), { code });

  it.each([
    ['EADDRINUSE', /^PORT 80 on 0\.0\.0\.0 is used by another program/],
    ['EACCES', /^PORT 80 on 0\.0\.0\.0 is not allowed for this user.*1023/],
    ['ENOTFOUND', /^HOST 0\.0\.0\.0 and PORT 80 cannot be listened on: the reason$/],
  ])('with %s names it, and what to do', (code, message) => {
    expect(portMessage(failure(code), '0.0.0.0', 80)).toMatch(message);
  });

  it('has a message without a code, too', () => {
    expect(portMessage(new Error('the reason'), 'h', 1)).toBe('HOST h and PORT 1 cannot be listened on: the reason');
  });
});
