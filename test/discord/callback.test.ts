// First answers: what is sent, what is tried again, and until when.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, messageBody, say, updateMessage } from '../../src/discord/answer.ts';
import { type Callbacks, openCallbacks } from '../../src/discord/callback.ts';
import { PageAnswerCache } from '../../src/discord/page-answers.ts';
import { componentInteraction } from '../interactions.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { front, LEVEL, type LogLine, recordingLog } from './parts.ts';

type Handle = (response: ServerResponse, request: IncomingMessage) => void;

/** One for each request; the last one for all further ones. */
let handles: Handle[];
let received: { line: string; headers: IncomingMessage['headers']; body: string }[];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  received.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
  const [next, ...others] = handles;
  if (others.length > 0) handles = others;
  next?.(response, request);
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let clock: VirtualClock;
let lines: LogLine[];
let callbacks: Callbacks;
beforeEach(() => {
  received = [];
  clock = createVirtualClock(0);
  open('/api');
  return () => callbacks.close();
});
function open(path: string) {
  const { log, lines: logged } = recordingLog();
  lines = logged;
  callbacks = openCallbacks(`${origin}${path}`, { log, clock });
}

const interaction = componentInteraction('x');
const PATH = `/api/v10/interactions/${interaction.id}/${interaction.token}/callback`;
const status =
  (code: number, body: unknown = {}): Handle =>
  (response) =>
    void response
      .writeHead(code, { 'content-type': 'application/json' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
const cut: Handle = (_, request) => request.socket.destroy();
const send = (answer: Answer = say('text'), receivedAt = 0) => callbacks.send(interaction, answer, receivedAt);
/** Waits until a pause has begun, and moves the clock. */
async function advance(ms: number): Promise<void> {
  await expect.poll(() => clock.pending(), { interval: 1 }).toBe(1);
  await clock.advance(ms);
}

describe('a first answer', () => {
  it.each([200, 204])('is sent as JSON; %i means that Discord has it', async (code) => {
    handles = [(response) => void response.writeHead(code).end()];
    expect(await send()).toBe(true);
    expect(received).toMatchObject([
      {
        line: `POST ${PATH}`,
        headers: { 'content-type': 'application/json', 'user-agent': expect.stringContaining('DiscordBot') },
        body: JSON.stringify(say('text').response),
      },
    ]);
    expect(lines).toEqual([]);
  });

  it('is sent to an API without a path', async () => {
    open('');
    handles = [status(204)];
    expect(await send()).toBe(true);
    expect(received[0]?.line).toBe(`POST ${PATH.slice('/api'.length)}`);
  });

  it('is sent as the JSON that is cached', async () => {
    handles = [status(204)];
    const answer = updateMessage(messageBody({ content: 'Grüße' }));
    const cached = new PageAnswerCache().add('a', { answer, page: front });
    expect(await send(cached)).toBe(true);
    expect(received[0]?.body).toBe(cached.json);
    expect(received[0]?.body).toContain('\\u00fc');
  });

  it('counts as sent if Discord has it already, as after a lost connection', async () => {
    handles = [cut, status(400, { code: 40_060, message: 'x' })];
    const sending = send();
    await advance(60);
    expect(await sending).toBe(true);
    expect(lines).toEqual([]);
  });

  it('that is refused is not tried again, and its text is not logged', async () => {
    const errors = { data: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'secret' }] } } };
    handles = [status(400, { code: 50_035, message: 'secret', errors })];
    expect(await send()).toBe(false);
    expect(received).toHaveLength(1);
    expect(lines).toMatchObject([
      { level: LEVEL.warn, interaction: interaction.id, kind: 3, msg: 'first answer not delivered' },
    ]);
    expect(lines[0]?.why).toBe('400 50035 data.content BASE_TYPE_MAX_LENGTH');
  });

  it.each([
    ['300', status(300)],
    ['404 with a page', status(404, '<html>')],
    ['404 with null', status(404, 'null')],
    ['499', status(499)],
  ])('is not tried again after %s', async (_, handle) => {
    handles = [handle];
    expect(await send()).toBe(false);
    expect(received).toHaveLength(1);
  });

  it.each([
    ['a lost connection', cut, 60],
    ['500', status(500), 60],
    ['502 with a page', status(502, '<html>'), 60],
    ['503 with null', status(503, 'null'), 60],
    ['429', status(429, { retry_after: 0.5 }), 500],
    ['429 without a time', status(429), 1000],
  ])('is tried again after %s', async (_, handle, pauseMs) => {
    handles = [handle, status(204)];
    const sending = send();
    await advance(pauseMs - 1);
    expect(received).toHaveLength(1);
    await advance(1);
    expect(await sending).toBe(true);
    expect(received).toHaveLength(2);
    expect(received[1]?.body).toBe(received[0]?.body);
  });

  it('is tried until 2.8 seconds after the interaction came', async () => {
    handles = [status(500)];
    clock.advance(2681);
    const sending = send();
    await advance(60);
    expect(await sending).toBe(false);
    expect(received).toHaveLength(2);
    expect(lines[0]?.why).toBe('500');
  });

  it('is tried again if there is exactly as much time left as the pause takes, but not sent then', async () => {
    handles = [status(500)];
    clock.advance(2740);
    const sending = send();
    await advance(60);
    expect(await sending).toBe(false);
    expect(received).toHaveLength(1);
  });

  it.each([
    ['is over', 2800, 'no time left', 0],
    ['is too short for the time that a rate limit takes', 2000, '429', 1],
  ])('is given up when the time %s', async (_, receivedAgo, why, tries) => {
    handles = [status(429, { retry_after: 0.801 })];
    expect(await send(say('text'), -receivedAgo)).toBe(false);
    expect(received).toHaveLength(tries);
    expect(lines[0]?.why).toBe(why);
  });
});
