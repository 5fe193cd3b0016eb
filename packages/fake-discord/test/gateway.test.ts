// The gateway with the real discord.js and with plain sockets: intents, resuming, close codes.
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Client } from 'discord.js';
import { ApplicationFlags, Events, GatewayIntentBits as Intents } from 'discord.js';
import { expect } from 'expect';
import { WebSocket } from 'ws';
import type { FakeDiscord } from '../src/fake-discord.ts';
import { startFakeDiscord } from '../src/fake-discord.ts';
import type { Channel } from '../src/model.ts';
import { caller } from './requests.ts';
import { each, eventually } from './support.ts';
import { startTinyBot } from './tiny-bot.ts';

let discord: FakeDiscord;
let channel: Channel;
const clients: Client[] = [];

beforeEach(async () => {
  discord = await startFakeDiscord();
  channel = discord.addChannel(discord.addGuild('Gateway'), 'general');
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.destroy();
  await discord.stop();
});

async function start(intents: Intents[]) {
  const client = await startTinyBot(discord, intents);
  clients.push(client);
  return client;
}

describe('a bot', () => {
  test('without intents still gets interactions and knows no channel', async () => {
    const client = await start([]);
    const mina = discord.person(discord.addUser('Mina'), channel);
    expect((await mina.slash('counter')).type).toBe(4);
    expect(client.channels.cache.size).toBe(0);
  });

  test('reads the content of others only if allowed', async () => {
    const client = await start([Intents.Guilds, Intents.GuildMessages, Intents.DirectMessages]);
    const seen: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => seen.push(content));
    const mina = discord.person(discord.addUser('Mina'), channel);
    await mina.say('secret');
    await mina.say('to you', { mentions: [discord.botUser] });
    await eventually(() => expect(seen).toEqual(['', `<@${client.user.id}> to you`]));
  });

  test('reads the content of others with MESSAGE_CONTENT, which its application has enabled', async () => {
    discord.application.flags = ApplicationFlags.GatewayMessageContentLimited;
    const client = await start([Intents.Guilds, Intents.GuildMessages, Intents.MessageContent]);
    expect(client.application.flags.bitfield).toBe(ApplicationFlags.GatewayMessageContentLimited);
    const seen = new Promise((resolve) => client.once(Events.MessageCreate, ({ content }) => resolve(content)));
    await discord.person(discord.addUser('Mina'), channel).say('secret');
    expect(await seen).toBe('secret');
  });

  test('receives pin events', async () => {
    const client = await start([Intents.Guilds]);
    const told = new Promise((resolve) => client.once(Events.ChannelPinsUpdate, (where) => resolve(where.id)));
    const mina = discord.person(discord.addUser('Mina'), channel);
    discord.pin((await mina.say('x')).message, mina.user);
    expect(await told).toBe(channel.id);
  });

  each<[string, (discord: FakeDiscord) => void]>([
    ['a broken connection', (each) => each.dropConnections()],
    ['a request to reconnect', (each) => each.askReconnect()],
    ['a close that may be resumed', (each) => each.closeConnections(4000)],
  ])('resumes after %s and gets what it missed', async (_, interrupt) => {
    const client = await start([Intents.Guilds, Intents.GuildMessages]);
    const seen: string[] = [];
    client.on(Events.MessageCreate, ({ id }) => seen.push(id));
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    interrupt(discord);
    const mina = discord.person(discord.addUser('Mina'), channel);
    const { message } = await mina.say('missed?');
    await resumed;
    await eventually(() => expect(seen).toEqual([message.id]));
    expect((await mina.slash('counter')).type).toBe(4);
  });

  test('starts a new session after close code 4009', async () => {
    const client = await start([Intents.Guilds]);
    const ready = new Promise((resolve) => client.once(Events.ShardReady, resolve));
    discord.closeConnections(4009);
    await eventually(() => expect(discord.connections).toBe(0));
    await ready;
    expect(discord.connections).toBe(1);
  });
});

describe('a connection', () => {
  /** Sends payloads after HELLO and resolves with the close code. */
  const closeCode = (...payloads: unknown[]) =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(`${discord.origin.replace('http', 'ws')}/gateway?v=10&encoding=json`);
      socket.once('message', () => {
        for (const each of payloads) socket.send(typeof each === 'string' ? each : JSON.stringify(each));
      });
      socket.once('close', resolve);
      socket.once('error', reject);
    });
  const identifying = (more: object = {}) => ({ op: 2, d: { token: discord.token, intents: 0, ...more } });
  /** A heartbeat of this many bytes. */
  const heartbeat = (bytes: number) => JSON.stringify({ op: 1, d: 'x'.repeat(bytes - '{"op":1,"d":""}'.length) });

  each<[string, unknown, number]>([
    ['a wrong token', { op: 2, d: { token: 'wrong', intents: 0 } }, 4004],
    ['no JSON', 'hello', 4002],
    ['a payload of 4,097 bytes', heartbeat(4097), 4002],
    ['something before IDENTIFY', { op: 3, d: {} }, 4003],
  ])('with %s is closed', async (_, payload, code) => {
    expect(await closeCode(payload)).toBe(code);
  });

  test('to a shard that does not exist is closed', async () => {
    expect(await closeCode(identifying({ shard: [2, 2] }))).toBe(4010);
  });

  test('with a payload of 4,096 bytes goes on', async () => {
    expect(await closeCode(heartbeat(4096), { op: 3, d: {} })).toBe(4003);
  });

  test('that identifies twice, or uses an unknown opcode, is closed', async () => {
    expect(await closeCode(identifying(), identifying())).toBe(4005);
    expect(await closeCode(identifying(), { op: 5, d: {} })).toBe(4001);
  });

  test('with more than 120 payloads a minute is closed', async () => {
    const many = (count: number) => Array.from({ length: count }, () => heartbeat(20));
    expect(await closeCode(...many(119), { op: 3, d: {} })).toBe(4003);
    expect(await closeCode(...many(120), { op: 3, d: {} })).toBe(4008);
  });

  each<[string, number, number, number]>([
    ['an unknown intent', 1 << 26, 0, 4013],
    ['MESSAGE_CONTENT, which is not enabled', Intents.MessageContent, ApplicationFlags.GatewayGuildMembers, 4014],
    ['GUILD_MEMBERS, which is not enabled', Intents.GuildMembers, ApplicationFlags.GatewayPresence, 4014],
    ['GUILD_PRESENCES, which is not enabled', Intents.GuildPresences, ApplicationFlags.GatewayMessageContent, 4014],
  ])('with %s is closed', async (_, intents, flags, code) => {
    discord.application.flags = flags;
    expect(await closeCode(identifying({ intents }))).toBe(code);
  });
});

describe('a connection that Discord closes with a fatal code', () => {
  /** Identifies, and resolves with the close code or what came instead. */
  const identify = (token = discord.token) =>
    new Promise<number | string>((resolve, reject) => {
      const socket = new WebSocket(`${discord.origin.replace('http', 'ws')}/gateway?v=10&encoding=json`);
      socket.on('message', (data) => {
        const { op, t } = JSON.parse(String(data));
        if (op === 10) socket.send(JSON.stringify({ op: 2, d: { token, intents: 0 } }));
        else resolve(t ?? `op ${op}`);
      });
      socket.once('close', resolve);
      socket.once('error', reject);
      sockets.push(socket);
    });
  const sockets: WebSocket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.terminate();
  });

  each([[4004], [4010], [4011], [4012], [4013], [4014]])(
    'with %s is closed, and so is every later IDENTIFY',
    async (code) => {
      expect(await identify()).toBe('READY');
      const closed = new Promise((resolve) => sockets[0]?.once('close', resolve));
      discord.closeConnections(code);
      expect(await closed).toBe(code);
      expect(await identify()).toBe(code);
      discord.refuseIdentify(null);
      expect(await identify()).toBe('READY');
    },
  );

  test('makes discord.js give up', async () => {
    const client = await start([]);
    const over = new Promise<number>((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
    discord.closeConnections(4014);
    expect(await over).toBe(4014);
    await eventually(() => expect(discord.connections).toBe(0));
  });

  test('can be refused from the first IDENTIFY', async () => {
    discord.refuseIdentify(4013);
    expect(await identify()).toBe(4013);
  });

  test('is closed by a reset of the token, and the old token is refused everywhere', async () => {
    const old = discord.token;
    expect(await identify()).toBe('READY');
    discord.resetToken();
    expect(await identify(old)).toBe(4004);
    const get = async (token: string) => (await caller(discord)('GET', '/users/@me', undefined, { token })).status;
    expect([await get(old), await get(discord.token)]).toEqual([401, 200]);
    expect(await identify()).toBe('READY');
  });

  test('uses one session start each time, and is refused beyond the limit until the reset', async () => {
    Object.assign(discord.gatewayInfo, { remaining: 2, resetAfter: 60_000 });
    const limit = async () => (await caller(discord)('GET', '/gateway/bot')).body.session_start_limit;
    expect([await identify(), await identify('wrong'), await identify()]).toEqual(['READY', 4004, 'READY']);
    expect(await limit()).toMatchObject({ total: 1000, remaining: 0 });
    expect([await identify(), discord.identifiesBeyondLimit]).toEqual(['op 9', 1]);
    discord.advance(45_000);
    expect(discord.gatewayInfo.resetAfter).toBeLessThanOrEqual(15_000);
    discord.advance(15_000);
    expect(await limit()).toMatchObject({ remaining: 1000 });
    expect([await identify(), discord.identifiesBeyondLimit]).toEqual(['READY', 1]);
  });
});
