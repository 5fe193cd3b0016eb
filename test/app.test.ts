// The composed bot on a virtual clock: no part of it looks at the machine's time or sets a timer by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIInteraction, type GatewayMessageCreateDispatchData, REST } from 'discord.js';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type App, createApp } from '../src/app.ts';
import { readContentFolder } from '../src/content/files.ts';
import { type ContentFolder, openContentFolder } from '../src/content/folder.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const NOON = Date.parse('2031-05-06T12:00:00Z');
const OWN_ID = '900';
const GUILD_ID = '42';

/** Read once: no test changes it. */
const loading = readContentFolder('content');
const posted: string[] = [];
const discord = createServer((request, response) => {
  posted.push(`${request.method} ${request.url}`);
  request.resume();
  response.setHeader('content-type', 'application/json').end('{"id":"1"}');
});
let apiUrl: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => discord.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(discord.address() as AddressInfo).port}`; // a server that listens on a port has no other address
});
afterAll(() => void discord.close());

let home: string;
let clock: VirtualClock;
let folder: ContentFolder;
let store: Store;
let app: App;
beforeEach(async () => {
  posted.length = 0;
  home = mkdtempSync(join(tmpdir(), 'guidepost-app-'));
  clock = createVirtualClock(NOON);
  const options = { log: pino({ level: 'silent' }), clock };
  folder = await openContentFolder('content', () => loading, options);
  store = openStore(`file:${join(home, 'guidepost.db')}`, options);
  const rest = new REST({ api: apiUrl, version: '10' }).setToken('token');
  app = createApp({ folder, store, rest, apiUrl, ...options });
});
afterEach(async () => {
  const closing = Promise.all([folder.close(), app.close()]).then(() => store.close());
  await clock.advance(10_000);
  await closing;
  rmSync(home, { recursive: true, force: true });
});

/** What every interaction in a server carries, as far as it is read. */
const interaction = (fields: object): APIInteraction =>
  JSON.parse(
    JSON.stringify({
      id: '1',
      application_id: '2',
      token: 't',
      version: 1,
      locale: 'en-US',
      guild_id: GUILD_ID,
      channel_id: '3',
      ...fields,
    }),
  );

let ids = 1000;
/** A message with nothing but a mention of the bot. */
const mention = (): GatewayMessageCreateDispatchData =>
  JSON.parse(
    JSON.stringify({
      id: String(ids++),
      channel_id: '3',
      guild_id: GUILD_ID,
      type: 0,
      author: { id: '77', username: 'mina' },
      content: `<@${OWN_ID}>`,
      timestamp: new Date(clock.now()).toISOString(),
      edited_timestamp: null,
      mentions: [{ id: OWN_ID, username: 'guidepost' }],
    }),
  );

describe('the bot on a virtual clock', () => {
  it('writes counts after a moment, on the day of its clock', async () => {
    const [command] = folder.current.editions.get('en')?.guides.flatMap(({ command: name }) => name ?? []) ?? [];
    await app.route(interaction({ type: 2, data: { id: '1', type: 1, name: command } }));
    const days = () => store.run((db) => db.selectFrom('counts').select('day').distinct().execute());
    expect(await days()).toEqual([]);
    await clock.advance(1000);
    await expect.poll(days).toEqual([{ day: '2031-05-06' }]);
  });

  it('limits how often it answers a person by its clock', async () => {
    for (let i = 0; i < 5; i++) await app.onMessage(mention(), OWN_ID);
    expect(posted).toHaveLength(1);
    await clock.advance(59_999);
    await app.onMessage(mention(), OWN_ID);
    expect(posted).toHaveLength(1);
    await clock.advance(1);
    await app.onMessage(mention(), OWN_ID);
    expect(posted).toHaveLength(2);
  });

  it('sets no timer and reads no time of the machine', async () => {
    const spies = [
      vi.spyOn(globalThis, 'setTimeout'),
      vi.spyOn(globalThis, 'setInterval'),
      vi.spyOn(Date, 'now'),
      vi.spyOn(Math, 'random'),
    ];
    await app.route(interaction({ type: 2, data: { id: '1', type: 1, name: 'help' } }));
    await app.route(
      interaction({
        type: 4,
        data: { id: '1', type: 1, name: 'faq', options: [{ type: 3, name: 'topic', value: 'a', focused: true }] },
      }),
    );
    const calls = spies.map((spy) => spy.mock.calls.length);
    for (const spy of spies) spy.mockRestore();
    expect(calls).toEqual([0, 0, 0, 0]);
    expect(clock.pending()).toBeGreaterThan(0);
  });
});
