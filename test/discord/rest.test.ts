// The REST client: what it does once Discord answers 401, and what it forgets.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { REST } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TokenError } from '../../src/discord/errors.ts';
import { openRest } from '../../src/discord/rest.ts';

/** Requests as `METHOD path authorization`. */
let requests: string[] = [];
/** The status of the answer to a path without the API's version. */
let statusOf: (path: string) => number;
const server = createServer((request, response) => {
  requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
  const status = statusOf(request.url?.replace('/api/v10', '') ?? '');
  if (status === 0) return void response.destroy();
  request.resume();
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
});
let apiUrl: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const OWN = '/applications/@me';
let refused: TokenError[];
let rest: REST;
/** Of each test, so that a late request of the test before is not counted. */
let token = 'secret-0';
beforeEach(() => {
  requests = [];
  refused = [];
  token = `secret-${Number(token.slice('secret-'.length)) + 1}`;
  rest = openRest({ token, apiUrl, onTokenRefused: (error) => void refused.push(error) });
});
/** The status with which a request fails. */
const get = (path: `/${string}`, options = {}) =>
  rest.get(path, options).then(
    () => 200,
    (error) => error.status,
  );
const checks = () => requests.filter((one) => one === `GET /api/v10${OWN} Bot ${token}`);

describe('the REST client', () => {
  it('sends the token to version 10 of the given API', async () => {
    statusOf = () => 200;
    expect(await get('/gateway')).toBe(200);
    expect(requests).toEqual([`GET /api/v10/gateway Bot ${token}`]);
  });

  it('forgets after five minutes which channels it had requests for', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    rest = openRest({ token, apiUrl, onTokenRefused: () => undefined });
    statusOf = () => 200;
    for (let i = 0; i < 3; i++) await get(`/channels/88000000000000000${i}`);
    vi.advanceTimersByTime(5 * 60_000 - 1);
    expect(rest.handlers.size).toBe(3);
    vi.advanceTimersByTime(1);
    expect(rest.handlers.size).toBe(0);
    vi.useRealTimers();
  });

  it('tries four times while Discord fails', async () => {
    statusOf = () => 503;
    expect(await get('/gateway')).toBe(503);
    expect(requests).toHaveLength(4);
  });

  it('reports a token that is refused twice', async () => {
    statusOf = () => 401;
    expect(await get('/gateway')).toBe(401);
    await expect.poll(() => refused, { interval: 5 }).toMatchObject([{ name: 'TokenError', cause: { status: 401 } }]);
    expect(requests).toEqual([`GET /api/v10/gateway Bot ${token}`, `GET /api/v10${OWN} Bot ${token}`]);
  });

  it.each([
    ['succeeds', 200],
    ['is refused for another reason', 403],
  ])('goes on with the token if the check %s', async (_, status) => {
    statusOf = (path) => (path === OWN ? status : 401);
    expect(await get('/gateway')).toBe(401);
    await expect.poll(() => checks().length, { interval: 5 }).toBe(1);
    statusOf = () => 200;
    await expect.poll(() => get('/gateway'), { interval: 5 }).toBe(200);
    expect(requests.at(-1)).toBe(`GET /api/v10/gateway Bot ${token}`);
    expect(refused).toEqual([]);
  });

  it('checks once for requests that fail together, and again later', async () => {
    statusOf = (path) => (path === OWN ? 200 : 401);
    await Promise.all([get('/gateway'), get('/users/@me'), get('/sticker-packs')]);
    await expect.poll(() => checks().length, { interval: 5 }).toBe(1);
    await expect.poll(async () => (await get('/gateway')) === 401 && checks().length, { interval: 5 }).toBe(2);
    expect(refused).toEqual([]);
  });

  it.each([
    ['403', 403, '/gateway', {}],
    ['401 for a token of an interaction', 401, '/webhooks/1/token/messages/@original', { auth: false }],
  ] as const)('checks nothing after %s', async (_, status, path, options) => {
    statusOf = () => status;
    expect(await get(path, options)).toBe(status);
    // A check would be sent before this request.
    statusOf = () => 200;
    await get('/gateway');
    expect(checks()).toEqual([]);
  });
});
