// Which requests are served: those of programs on this machine and of the page, not of pages of other sites.
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { expect } from 'expect';
import { WebSocket } from 'ws';
import { type FakeDiscord, startFakeDiscord } from '../src/fake-discord.ts';
import { caller } from './requests.ts';
import { each } from './support.ts';

let discord: FakeDiscord;
let open: FakeDiscord;
before(async () => {
  discord = await startFakeDiscord();
  open = await startFakeDiscord({ host: '0.0.0.0' });
});
after(async () => {
  await discord.stop();
  await open.stop();
});

const portOf = ({ origin }: FakeDiscord) => new URL(origin).port;
const status = (to: FakeDiscord, path: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(`${to.origin}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
/** `open`, or the status that refused the upgrade. */
const upgrade = (to: FakeDiscord, headers: Record<string, string>) =>
  new Promise<number | string | undefined>((resolve) => {
    const socket = new WebSocket(`${to.origin.replace('http', 'ws')}/gateway?v=10&encoding=json`, { headers });
    socket.on('open', () => {
      resolve('open');
      socket.close();
    });
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('error', () => resolve('error'));
  });
const PATHS = ['/', '/page/page.js', '/page/api/state', '/page/api/events', '/api/v10/gateway', '/attachments/1/a.txt'];

describe('on loopback', () => {
  each<[string, Record<string, string>]>([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page in a sandbox', { origin: 'null' }],
    ['a page on another port', { origin: 'http://127.0.0.1:1' }],
    ['a name that resolves to this machine', { host: 'evil.example' }],
    ['a name that only starts like this machine', { host: '127.0.0.1.evil.example' }],
    ['a page with such a name', { host: 'evil.example', origin: 'http://evil.example' }],
  ])('%s gets nothing, the gateway included', async (_, headers) => {
    for (const path of PATHS) expect([path, await status(discord, path, headers)]).toEqual([path, 403]);
    expect(await upgrade(discord, headers)).toBe(403);
  });

  test('programs and the page are served, under every name of this machine', async () => {
    const port = portOf(discord);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      expect(await status(discord, '/page/api/state', { host })).toBe(200);
      expect(await status(discord, '/page/api/state', { host, origin: `http://${host}` })).toBe(200);
      expect(await upgrade(discord, { host, origin: `http://${host}` })).toBe('open');
    }
    expect(await upgrade(discord, {})).toBe('open');
  });
});

test('files have the origin that the page was opened with, the only one it may load from', async () => {
  const channel = discord.addChannel(discord.addGuild('Files'), 'general');
  const mina = discord.person(discord.addUser('Mina'), channel);
  const form = new FormData();
  form.set('payload_json', '{}');
  form.set('files[0]', new Blob(['bytes']), 'a.txt');
  expect(await caller(discord)('POST', `/channels/${channel.id}/messages`, form)).toMatchObject({ status: 200 });
  const origin = `http://localhost:${portOf(discord)}`;
  const view = await (await fetch(`${origin}/page/api/channel?as=${mina.user.id}&channel=${channel.id}`)).text();
  expect(view).toContain(`"url":"${origin}/attachments/`);
  expect(view).not.toContain('127.0.0.1');
});

test('open to the network, it accepts any host name, but no pages of other sites', async () => {
  const host = `discord.example:${portOf(open)}`;
  expect(await status(open, '/page/api/state', { host, origin: `http://${host}` })).toBe(200);
  expect(await upgrade(open, { host, origin: `http://${host}` })).toBe('open');
  expect(await status(open, '/page/api/state', { host, origin: 'https://evil.example' })).toBe(403);
  expect(await upgrade(open, { host, origin: 'https://evil.example' })).toBe(403);
});

each([
  ['the gateway', '/gateway?v=10&encoding=json'],
  ['the gateway in an unsupported version', '/gateway?v=9'],
  ['a path without upgrades', '/other'],
])('a connection that breaks right after its upgrade to %s does not end the program', async (_, path) => {
  for (let round = 0; round < 20; round++) {
    const socket = connect(Number(portOf(discord)), '127.0.0.1');
    await new Promise((done) => socket.once('connect', done));
    socket.on('error', () => {});
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.from('sixteen bytes...').toString('base64')}\r\n\r\n`,
    );
    if (round % 2) await new Promise((done) => setTimeout(done, 3));
    socket.resetAndDestroy();
  }
  await new Promise((done) => setTimeout(done, 50));
  expect(await status(discord, '/api/v10/gateway', {})).toBe(200);
});
