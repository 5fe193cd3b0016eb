// Rate limits of the fake Discord: buckets, the global limit, and injected 429 responses.
import { afterEach, beforeEach, describe, test } from 'node:test';
import { REST } from 'discord.js';
import { expect } from 'expect';
import { type FakeDiscord, startFakeDiscord } from '../src/fake-discord.ts';
import { GLOBAL_RATE_LIMIT } from '../src/limits.ts';
import type { Channel } from '../src/model.ts';
import { createRateLimits } from '../src/rate-limits.ts';
import { type Call, caller, interactionStarter, startUnlimited } from './requests.ts';
import { each } from './support.ts';

let discord: FakeDiscord;
let call: Call;
let channel: Channel;
let other: Channel;
beforeEach(async () => {
  discord = await startFakeDiscord();
  call = caller(discord);
  const guild = discord.addGuild('Limits');
  channel = discord.addChannel(guild, 'general');
  other = discord.addChannel(guild, 'other');
});
afterEach(() => discord.stop());

const post = (to = channel) => call('POST', `/channels/${to.id}/messages`, { content: 'x' });
const headersOf = async (path: string) => {
  const response = await fetch(`${discord.apiUrl}/v10${path}`, { headers: { authorization: `Bot ${discord.token}` } });
  return Object.fromEntries(response.headers);
};

describe('a bucket', () => {
  test('refuses further requests, per channel, until its window ends', async () => {
    discord.limitRequests({ match: /^POST \/channels\/\d+\/messages$/, limit: 2, windowMs: 5000 });
    expect([await post(), await post()]).toMatchObject([{ status: 200 }, { status: 200 }]);
    const third = await post();
    expect(third).toMatchObject({ status: 429, body: { global: false, message: 'You are being rate limited.' } });
    expect(third.body.retry_after).toBeGreaterThan(4);
    expect(discord.messagesOf(channel)).toHaveLength(2);
    expect(await post(other)).toMatchObject({ status: 200 });
    discord.advance(5001);
    expect(await post()).toMatchObject({ status: 200 });
  });

  test('has the remaining requests in its headers', async () => {
    discord.limitRequests({ match: /^GET \/channels/, limit: 2, windowMs: 5000 });
    expect(await headersOf(`/channels/${channel.id}`)).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-bucket': expect.any(String),
    });
    await headersOf(`/channels/${channel.id}`);
    const headers = await headersOf(`/channels/${channel.id}`);
    expect(headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'x-ratelimit-scope': 'user' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(4);
  });

  test('makes discord.js wait', async () => {
    discord.limitRequests({ match: /^GET \/channels/, limit: 1, windowMs: 400 });
    const rest = new REST({ version: '10', api: discord.apiUrl }).setToken(discord.token);
    const from = performance.now();
    for (let i = 0; i < 3; i++) await rest.get(`/channels/${channel.id}`);
    expect(performance.now() - from).toBeGreaterThan(700);
    // One may be refused: discord.js learns the bucket's name from the first answer, and counts from the second.
    expect(discord.requests.filter(({ status }) => status === 429).length).toBeLessThan(2);
  });
});

describe('the global limit', () => {
  test('is 50 requests a second', () => {
    let now = 0;
    const limits = createRateLimits(() => now, GLOBAL_RATE_LIMIT);
    const isAccepted = () => limits.take('GET', '/users/@me', false).wait === undefined;
    const accepted = () => Array.from({ length: 60 }, isAccepted).filter(Boolean).length;
    expect(accepted()).toBe(50);
    now = 999;
    expect(accepted()).toBe(0);
    now = 1000;
    expect(accepted()).toBe(50);
  });

  test('applies unless a test switches it off', async () => {
    const statuses = async (more: Call) =>
      Promise.all(Array.from({ length: 60 }, async () => (await more('GET', '/users/@me')).status));
    const count = (all: number[], status: number) => all.filter((each) => each === status).length;
    const from = performance.now();
    const limited = await statuses(call);
    const seconds = Math.ceil((performance.now() - from) / 1000);
    expect(count(limited, 200)).toBeLessThanOrEqual(50 * seconds);
    expect(discord.invalidRequests).toBe(count(limited, 429));
    const open = await startUnlimited();
    expect(count(await statuses(caller(open)), 200)).toBe(60);
    await open.stop();
  });

  test('counts all routes together, except those of interactions', async () => {
    discord.limitAllRequests(2);
    await post();
    await post(other);
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 429, body: { global: true } });
    expect(await headersOf('/users/@me')).toMatchObject({
      'x-ratelimit-global': 'true',
      'x-ratelimit-scope': 'global',
    });
    const mina = discord.person(discord.addUser('Mina'), channel);
    const { answer, hook } = interactionStarter(discord, call)(mina, 2);
    expect(await answer({ type: 5, data: {} })).toMatchObject({ status: 204 });
    expect(await hook('PATCH', '/messages/@original', { content: 'done' })).toMatchObject({ status: 200 });
    discord.advance(1001);
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 200 });
  });
});

describe('a test', () => {
  each<['user' | 'global' | 'shared']>([['user'], ['global'], ['shared']])(
    'can have the next requests answered 429, scope %s',
    async (scope) => {
      discord.fail({ match: /^GET \/users\/@me$/, times: 2, status: 429, retryAfter: 0.25, scope });
      expect(await headersOf('/users/@me')).toMatchObject({ 'retry-after': '0.25', 'x-ratelimit-scope': scope });
      expect(await call('GET', '/users/@me')).toMatchObject({
        status: 429,
        body: { retry_after: 0.25, global: scope === 'global' },
      });
      expect(await call('GET', '/users/@me')).toMatchObject({ status: 200 });
    },
  );

  test('can count the invalid requests of ten minutes: 401, 403, and 429 that are not shared', async () => {
    await call('GET', '/users/@me', undefined, { token: 'wrong' });
    discord.setBotPermissions(channel, 0n);
    await post();
    discord.fail({ match: /users/, status: 429, scope: 'user' });
    discord.fail({ match: /gateway/, status: 429 });
    await call('GET', '/users/@me');
    await call('GET', '/gateway/bot');
    await call('GET', '/channels/1');
    expect(discord.invalidRequests).toBe(3);
    discord.advance(10 * 60_000);
    expect(discord.invalidRequests).toBe(0);
  });
});
