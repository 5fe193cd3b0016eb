// Requests to Discord: the token, failed connections, and the comparison of clocks.
import { createServer, type RequestListener } from 'node:http';
import type { Server } from 'node:net';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createDiscordClient } from '../../src/doctor/discord-client.ts';
import { CheckError } from '../../src/doctor/finding.ts';
import { connectedTo, runDoctor } from './run-doctor.ts';

let discord: FakeDiscord;
const servers: Server[] = [];
beforeAll(async () => {
  discord = await startFakeDiscord();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await discord.stop();
});

/** Starts a server. @returns its `host:port` */
async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const SKIPPED = /^skipped endpoint and all other Discord checks: the token does not work/;

describe('the token', () => {
  it('that works is described by its bot, and not printed', async () => {
    const { output, findings } = await runDoctor(connectedTo(discord));
    expect(output('token')).toBe(
      `ok token belongs to ${discord.botUser.username} (application ${discord.applicationId})`,
    );
    expect(JSON.stringify(findings)).not.toContain(discord.token);
  });

  it('that Discord refuses is a problem with advice to get a new one, and dependent checks are skipped', async () => {
    const DISCORD_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GAbcde.old-and-secret';
    const { output, findings } = await runDoctor({ ...connectedTo(discord), DISCORD_TOKEN });
    expect(output('token')).toMatch(/^problem token Discord refuses DISCORD_TOKEN\n/);
    expect(output('token')).toMatch(/→ In https:\/\/discord\.com\/developers\/applications .* Bot, then Reset Token/);
    expect(output('endpoint')).toMatch(SKIPPED);
    expect(output('clock')).toBe('ok clock matches Discord’s');
    expect(JSON.stringify(findings)).not.toContain('old-and-secret');
  });

  it.each(['geheim\u2028ö', 'abc. geheim.ghi'])('with invalid characters is not printed', async (DISCORD_TOKEN) => {
    const { output, findings } = await runDoctor({ ...connectedTo(discord), DISCORD_TOKEN });
    expect(output('environment')).toMatch(/^problem environment DISCORD_TOKEN /);
    expect(JSON.stringify(findings)).not.toContain('geheim');
  });

  it('with a line break, quotes and "Bot " around it works', async () => {
    const { output } = await runDoctor({ ...connectedTo(discord), DISCORD_TOKEN: `"Bot ${discord.token}"\n` });
    expect(output('token')).toMatch(/^ok token belongs to /);
  });
});

describe('the connection to Discord', () => {
  /** The error of a request for the bot's own user. */
  const failure = (apiUrl: string, token = 'a.b.c') =>
    createDiscordClient({ apiUrl, token, redact: (text) => text, now: Date.now })
      .get('/users/@me', z.object({ username: z.string() }))
      .catch((error: unknown) => error);

  it('is a problem if nothing listens at the address', async () => {
    const { output } = await runDoctor({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    expect(output('token')).toMatch(
      /^problem token 127\.0\.0\.1:9 can’t be reached: ECONNREFUSED\n → Check this machine’s network/,
    );
    expect(output('token')).toContain('The bot does not use HTTPS_PROXY');
    expect(output('clock')).toMatch(/^skipped clock/);
    expect(output('endpoint')).toMatch(SKIPPED);
  });

  it('is a problem if another web server responds', async () => {
    const host = await listening(createServer((_, response) => response.end('<h1>Welcome</h1>')));
    expect(await failure(`http://${host}/api`)).toMatchObject({
      name: 'CheckError',
      message: `the server at http://${host}/api is not Discord’s REST API`,
      advice: 'Remove DISCORD_API_URL, unless you run your own REST proxy.',
    });
  });

  it('is a problem if the address contains the version', async () => {
    const { output } = await runDoctor({ ...connectedTo(discord), DISCORD_API_URL: `${discord.apiUrl}/v10` });
    expect(output('environment')).toContain('DISCORD_API_URL must not contain the version: the bot adds /v10');
  });

  it('is a problem if the server expects http and the address says https', async () => {
    expect(await failure(discord.apiUrl.replace('http:', 'https:'))).toMatchObject({
      message: expect.stringMatching(/can’t be reached: wrong protocol \(E\w+\)$/),
      advice: 'Check http:// or https:// in DISCORD_API_URL.',
    });
  });

  it.each([
    [{ status: 503 }, 'Discord has a problem (HTTP 503)', 'https://discordstatus.com'],
    [{ status: 429, retryAfter: 40 }, 'Discord’s rate limit was reached', 'Run this again after that'],
    [{ status: 403, code: 40001 }, 'Discord refuses GET /api/v10/users/@me', 'look up the code'],
    [{ reset: 'before' as const }, 'can’t be reached: ', 'Check this machine’s network and firewalls'],
  ])('is a problem with the fault %o', async (fault, message, advice) => {
    discord.fail({ match: /users\/@me$/, ...fault });
    expect(await failure(discord.apiUrl, discord.token)).toMatchObject({
      message: expect.stringContaining(message),
      advice: expect.stringContaining(advice),
    });
  });
});

describe('a client', () => {
  let respond: RequestListener = (_, response) => response.end();
  let paths: (string | undefined)[] = [];
  let host: string;
  beforeAll(async () => {
    host = await listening(
      createServer((request, response) => {
        paths.push(request.url);
        respond(request, response);
      }),
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    paths = [];
  });

  /** @param times of this machine: when requests are sent and when responses arrive, one after the other */
  const open = (times: readonly number[] = []) => {
    const left = [...times];
    return createDiscordClient({
      apiUrl: `http://${host}/api`,
      token: 'a.b.c',
      redact: (text) => text,
      now: () => left.shift() ?? 0,
    });
  };
  const answer =
    (status: number, body: object, headers: Record<string, string> = {}): RequestListener =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
  const Name = z.object({ name: z.string() });

  it('returns the fields of the schema, for a route with a query', async () => {
    respond = answer(200, { name: 'Harbour', other: 1 });
    expect(await open().get('/guilds/1', Name, { after: '0' })).toEqual({ name: 'Harbour' });
    expect(await open().get('/guilds/1', Name)).toEqual({ name: 'Harbour' });
    expect(paths).toEqual(['/api/v10/guilds/1?after=0', '/api/v10/guilds/1']);
  });

  it('refuses another answer, and asks only once', async () => {
    respond = answer(200, { name: 1 });
    await expect(open().get('/guilds/1', Name)).rejects.toMatchObject({
      name: 'CheckError',
      message: `the server at http://${host}/api is not Discord’s REST API`,
    });
    respond = answer(500, {});
    await expect(open().get('/guilds/1', Name)).rejects.toThrow(CheckError);
    expect(paths).toHaveLength(2);
  });

  it('waits for a short rate limit only', async () => {
    const limited = (seconds: number) =>
      answer(
        429,
        { retry_after: seconds, global: false, message: 'x' },
        {
          'retry-after': `${seconds}`,
          'x-ratelimit-limit': '1',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset-after': `${seconds}`,
          'x-ratelimit-bucket': 'b',
          'x-ratelimit-scope': 'user',
        },
      );
    respond = limited(6);
    await expect(open().get('/guilds/1', Name)).rejects.toThrow('rate limit was reached; it ends in');
    expect(paths).toHaveLength(1);
    let count = 0;
    respond = (request, response) => (count++ === 0 ? limited(0.01) : answer(200, { name: 'x' }))(request, response);
    expect(await open().get('/guilds/1', Name)).toEqual({ name: 'x' });
  });

  it('gives up after five seconds without a response', async () => {
    respond = () => undefined;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let failure: unknown;
    open()
      .get('/guilds/1', Name)
      .catch((error: unknown) => {
        failure = error;
      });
    while (paths.length === 0) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(4999);
    expect(failure).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    for (let i = 0; i < 100 && failure === undefined; i++) await new Promise(setImmediate);
    expect(failure).toMatchObject({ message: `${host} can’t be reached: no response within 5 s` });
  });

  describe('compares this machine’s time', () => {
    const at = Date.parse('2026-11-24T10:00:00Z');
    const headers = { date: new Date(at).toUTCString() };

    it.each([
      // Discord’s time is from 10:00:00.000 to 10:00:00.999, at some moment between sending and receiving.
      [500, 600, 0],
      [0, 0, 0],
      [999, 2000, 0],
      [1000, 1200, 0],
      [1001, 1200, 1],
      [13_000, 13_100, 12_000],
      [-100, 0, 0],
      [-200, -1, -1],
      [-60_500, -60_000, -60_000],
      // A response that took long says little.
      [-4000, 3000, 0],
    ])('sent %i ms and received %i ms after Discord’s with the result %i ms', async (sent, received, ahead) => {
      respond = answer(200, { name: 'x' }, headers);
      const client = open([at + sent, at + received]);
      expect(client.clockAheadMs()).toBeUndefined();
      await client.get('/guilds/1', Name);
      expect(client.clockAheadMs()).toBe(ahead);
    });

    it('with the fastest response', async () => {
      respond = answer(200, { name: 'x' }, headers);
      const client = open([12_000, 13_000, 13_500, 13_600, 19_000, 19_500].map((ms) => at + ms));
      const seen: (number | undefined)[] = [];
      for (let i = 0; i < 3; i++) {
        await client.get('/guilds/1', Name);
        seen.push(client.clockAheadMs());
      }
      expect(seen).toEqual([11_000, 12_500, 12_500]);
    });

    it('also with responses that are refused, but not without a date', async () => {
      respond = answer(403, { code: 1, message: 'x' }, headers);
      const client = open([at, at]);
      await expect(client.get('/guilds/1', Name)).rejects.toThrow(CheckError);
      expect(client.clockAheadMs()).toBe(0);
      respond = (_, response) => {
        response.sendDate = false;
        response.end('{"name":"x"}');
      };
      const other = open();
      await other.get('/guilds/1', Name).catch(() => undefined);
      expect(other.clockAheadMs()).toBeUndefined();
    });
  });
});
