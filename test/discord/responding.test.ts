// What replaces "thinking…" in the end: nothing hides how deferred work ended.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type APIInteraction, InteractionType, REST } from 'discord.js';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import { type Metrics, openMetrics } from '../../src/discord/metrics.ts';
import { createInteractionHandler } from '../../src/discord/responding.ts';
import { en } from '../../src/i18n/en.ts';
import { systemClock } from '../../src/system-clock.ts';
import { log } from '../store/databases.ts';

/** What was put in place of "thinking…", in order. */
let shown: string[] = [];
let answer: (response: ServerResponse) => void;
/** How often Discord still says that it does not know the first answer. */
let unknown: number;
const accept = (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (request.method !== 'PATCH') return unknown-- > 0 ? void response.writeHead(404).end() : accept(response);
  shown.push(JSON.parse(body).content);
  answer(response);
});
let rest: REST;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has no other address
  rest = new REST({ api: `http://127.0.0.1:${port}`, version: '10', retries: 0 });
});
afterAll(() => void server.close());
beforeEach(() => {
  shown = [];
  answer = accept;
  unknown = Number.POSITIVE_INFINITY;
});

let count = 0;
const openResponding = (later: Parameters<typeof deferPrivately>[0]) => {
  const state = { contentVersion: () => '', pinsBehind: async () => undefined, problems: () => [] };
  const metrics: Metrics = openMetrics(() => new Set(), state);
  const responding = createInteractionHandler(async () => deferPrivately(later), {
    rest,
    metrics,
    log,
    clock: systemClock,
  });
  // Of an interaction nothing else is read here.
  const interaction = {
    id: '1',
    application_id: '2',
    token: `t${++count}`,
    type: InteractionType.Ping,
  } as APIInteraction;
  return {
    metrics,
    respond: (isDelivered = true, receivedAt = performance.now()) =>
      responding.respond(interaction, () => isDelivered, receivedAt),
    close: () => responding.close(500),
  };
};
const says = (content: string) => messageBody({ content });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('progress after a failure does not hide the failure', async () => {
  let goOn: () => Promise<void> = async () => undefined;
  const { respond } = openResponding(async (progress) => {
    goOn = () => progress(says('3 of 10'));
    await progress(says('1 of 10'));
    throw new Error('test');
  });
  await respond();
  await goOn();
  expect(shown).toEqual(['1 of 10', expect.stringContaining('Something went wrong')]);
});

it('closing does not hide a result that is being sent', async () => {
  answer = (response) => void setTimeout(() => accept(response), 300);
  const { respond, close } = openResponding(async () => says('done'));
  const responded = respond();
  await expect.poll(() => shown).toEqual(['done']);
  await close();
  await responded;
  await pause(400);
  expect(shown).toEqual(['done']);
});

it('progress after closing is not shown', async () => {
  let isBegun = false;
  const { respond, close } = openResponding(async (progress) => {
    isBegun = true;
    await pause(100);
    await progress(says('3 of 10'));
    return new Promise(() => undefined);
  });
  void respond();
  await expect.poll(() => isBegun).toBe(true);
  await close();
  await pause(200);
  expect(shown).toEqual([en.error.restarting]);
});

it('closing shows a result that Discord did not accept before', async () => {
  answer = (response) => void response.writeHead(503).end();
  const { respond, close } = openResponding(async () => says('done'));
  const responded = respond();
  await expect.poll(() => shown).toEqual(['done']);
  await pause(100);
  answer = accept;
  await close();
  await responded;
  expect(shown).toEqual(['done', 'done']);
});

it('a first answer that Discord never got is not timed', async () => {
  const { respond, metrics } = openResponding(async () => says('done'));
  await respond(false, performance.now() - 60_000);
  expect((await metrics.show()).text).toContain('guidepost_answer_seconds_count 0');
  expect(shown).toEqual([]);
});

it('a deferral that Discord accepts after the bot has given it up is found and filled', async () => {
  unknown = 1;
  await openResponding(async () => says('done')).respond(false);
  expect(shown).toEqual(['done']);
});
