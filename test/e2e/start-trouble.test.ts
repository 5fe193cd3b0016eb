// Discord refuses or fails at the start, or closes the gateway: temporary failures are retried, others end the bot.
import { afterEach, describe, expect, it } from 'vitest';
import { GatewayClosedError, GuildAccessError, TokenError } from '../../src/discord/errors.ts';
import { en } from '../../src/i18n/en.ts';
import type { RunningBot } from '../../src/live.ts';
import { type OddAnswer, startProxy } from './proxy.ts';
import { until, useWorld } from './world.ts';

const HTML: OddAnswer = { status: 200, contentType: 'text/html', body: '<h1>Welcome</h1>' };
const EMPTY: OddAnswer = { status: 200, contentType: 'application/json', body: '{}' };

const bots: RunningBot[] = [];
const world = useWorld();
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
});

/** Starts one more bot. */
const start = async (environment: Readonly<Record<string, string>> = {}) => {
  const bot = await world.start({ PORT: '0', ...environment });
  bots.push(bot);
  return bot;
};
const healthOf = async ({ url }: RunningBot) => {
  const response = await fetch(`${url}/healthz`);
  const health: unknown = await response.json();
  return { code: response.status, health };
};

describe('registering commands', () => {
  it.each([
    ['the daily limit of new commands', { status: 400, code: 30034 }],
    ['a failing Discord', { status: 503, times: 6 }],
    ['a closed connection', { reset: 'before' as const }],
  ])(
    'that fails for %s is retried, while the bot answers',
    async (_, fault) => {
      world.discord.fail({ match: /^GET \/applications\/\d+\/commands/, times: 2, ...fault });
      const bot = await start();
      expect(await healthOf(bot)).toEqual({
        code: 200,
        health: expect.objectContaining({ status: 'degraded', problems: ['commands not registered'] }),
      });
      expect((await world.member.slash('close-account')).message?.embeds).toHaveLength(1);
      await until('registered', async () => JSON.stringify(await healthOf(bot)).includes('"ok"'), 12_000);
    },
    60_000,
  );

  it('in a server without the bot ends the start with a message that names DISCORD_GUILD_ID', async () => {
    const elsewhere = world.discord.addGuild('Elsewhere');
    world.discord.removeBotFrom(elsewhere);
    for (const id of [elsewhere.id, '123456789012345678']) {
      const starting = world.start({ DISCORD_GUILD_ID: id });
      await expect(starting).rejects.toBeInstanceOf(GuildAccessError);
      await expect(starting).rejects.toThrow(id);
      await expect(starting).rejects.toThrow('DISCORD_GUILD_ID');
    }
  });
});

describe('a proxy that answers instead of Discord', () => {
  it.each([
    ['a page', HTML],
    ['nothing', EMPTY],
  ])(
    'with %s is asked again, and the invite link names the real application',
    async (_, odd) => {
      const times = new Map<string, number>();
      const proxy = await startProxy(world.discord.apiUrl, (request) => {
        if (!/^GET \/(applications\/@me|gateway\/bot|applications\/\d+\/commands)/.test(request)) return undefined;
        const count = (times.get(request) ?? 0) + 1;
        times.set(request, count);
        return count <= 2 ? odd : undefined;
      });
      const from = world.logged.length;
      const bot = await start({ DISCORD_API_URL: proxy.apiUrl });
      expect(bot.applicationId).toBe(world.discord.applicationId);
      await until('registered', async () => JSON.stringify(await healthOf(bot)).includes('"ok"'), 8000);
      const lines = world.logged.slice(from).join('');
      expect(lines).not.toContain('undefined');
      expect(lines).toContain('check DISCORD_API_URL');
      await bot.stop();
      await proxy.stop();
    },
    60_000,
  );
});

describe('session starts', () => {
  it('that are used up make the bot wait, without a connection or a failure', async () => {
    const { gatewayInfo } = world.discord;
    gatewayInfo.remaining = 0;
    gatewayInfo.resetAfter = 1500;
    const from = performance.now();
    const connections = world.discord.connections;
    const starting = start();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(world.discord.connections).toBe(connections);
    gatewayInfo.remaining = 999;
    await starting;
    expect(performance.now() - from).toBeGreaterThan(1500);
    expect(world.logged.join()).toContain('no session starts left');
    expect(world.discord.identifiesBeyondLimit).toBe(0);
  }, 60_000);
});

describe('a gateway that closes', () => {
  it.each([
    [4004, TokenError],
    [4010, GatewayClosedError],
    [4011, GatewayClosedError],
    [4012, GatewayClosedError],
    [4013, GatewayClosedError],
    [4014, GatewayClosedError],
  ])(
    'with the fatal code %i ends the bot with an explanation, and its health is down',
    async (code, kind) => {
      const bot = await start();
      expect((await healthOf(bot)).code).toBe(200);
      world.discord.closeConnections(code);
      const failure = await bot.failed;
      expect(failure).toBeInstanceOf(kind);
      expect(failure.message).toMatch(code === 4004 ? /DISCORD_TOKEN/ : new RegExp(`${code}: .+`));
      expect(await healthOf(bot)).toEqual({
        code: 503,
        health: expect.objectContaining({ status: 'down', problems: ['no gateway connection'] }),
      });
      // The world's own bot got the same close.
      world.discord.refuseIdentify(null);
      await world.restart();
    },
    60_000,
  );

  it.each([1001, 4000, 4007, 4009])(
    'with %i is reconnected',
    async (code) => {
      const bot = await start();
      world.discord.closeConnections(code);
      await until('down', async () => (await healthOf(bot)).code === 503);
      await until('up', async () => (await healthOf(bot)).code === 200, 10_000);
      await until('answers', async () => (await world.member.slash('help')).message?.embeds.length === 1, 10_000);
    },
    30_000,
  );
});

describe('a token that is reset while the bot runs', () => {
  it('ends the bot at the next request, over HTTP too', async () => {
    const bot = await start({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY: world.discord.publicKey });
    const { discord, moderator } = world;
    discord.fail({ match: /^(POST|GET) /, status: 401, code: 0, times: 2 });
    discord.application.interactions_endpoint_url = `${bot.url}/interactions`;
    await moderator.slash('faq-pin add', { topic: 'close-account#money' }).catch(() => undefined);
    discord.application.interactions_endpoint_url = null;
    expect(await bot.failed).toBeInstanceOf(TokenError);
  });

  it('does not count after a single 401, such as a proxy’s', async () => {
    let isOdd = false;
    const refusal: OddAnswer = { status: 401, contentType: 'text/html', body: '<h1>Log in</h1>' };
    const proxy = await startProxy(world.discord.apiUrl, (request) => {
      if (!isOdd || !/^POST \/channels/.test(request)) return undefined;
      isOdd = false;
      return refusal;
    });
    const bot = await start({
      TRANSPORT: 'http',
      DISCORD_PUBLIC_KEY: world.discord.publicKey,
      DISCORD_API_URL: proxy.apiUrl,
    });
    const { discord, moderator } = world;
    let hasFailed = false;
    void bot.failed.then(() => (hasFailed = true));
    discord.application.interactions_endpoint_url = `${bot.url}/interactions`;
    isOdd = true;
    const pin = async () => (await moderator.slash('faq-pin add', { topic: 'close-account#money' })).message?.content;
    expect(await pin()).toBe(en.pin.failed);
    await until('it pins', async () => (await pin())?.startsWith('Pinned'));
    discord.application.interactions_endpoint_url = null;
    expect(hasFailed).toBe(false);
    await bot.stop();
    await proxy.stop();
  });
});
