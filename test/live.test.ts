// The bot's start and stop: both transports, failures of the start, and what is closed.

import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { ContentError, type ContentFolder } from '../src/content/folder.ts';
import { TokenError } from '../src/discord/errors.ts';
import { PortError } from '../src/discord/http.ts';
import { inviteLink } from '../src/discord/invite.ts';
import { languagesWith, messagesFor } from '../src/i18n/index.ts';
import type { JobProblem } from '../src/jobs.ts';
import { type BotOptions, type RunningBot, startBot } from '../src/live.ts';
import { openLog } from '../src/log.ts';
import { systemClock } from '../src/system-clock.ts';
import { content } from './discord/views/sample-views.ts';
import { noProgress } from './job-progress.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Nothing listens there. */
const NO_DATABASE = 'postgres://nobody@127.0.0.1:1/none';
const home = mkdtempSync(join(tmpdir(), 'guidepost-live-'));
const DATABASE = `file:${join(home, 'guidepost.db')}`;

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const PUBLIC_KEY = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');

let discord: FakeDiscord;
let logged: { level: number; msg: string; [field: string]: unknown }[];
const log = openLog('info', { write: (line: string) => void logged.push(JSON.parse(line)) });
const messages = () => logged.map(({ msg }) => msg);
const bots: RunningBot[] = [];
beforeAll(async () => {
  discord = await startFakeDiscord({ globalRateLimit: Number.POSITIVE_INFINITY });
  logged = [];
  // Creates the tables and registers the commands.
  await (await start({ environment: HTTP })).stop();
});
afterAll(async () => {
  await discord.stop();
  rmSync(home, { recursive: true });
});
beforeEach(() => {
  logged = [];
});
afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.stop()));
  await disconnected();
});
const disconnected = () => expect.poll(() => discord.connections, { interval: 5, timeout: 2000 }).toBe(0);

/** The content as it is served, and whether that was ended. */
function openFolder() {
  const state: { closed: (number | undefined)[]; problem: JobProblem | undefined } = { closed: [], problem: undefined };
  const folder: ContentFolder = {
    current: content,
    // The search of these tests is never ready: training it would take longer than they do.
    search: { recognition: new Promise(() => undefined), models: new Map([['en', new Promise(() => undefined)]]) },
    isValid: true,
    onChange: () => undefined,
    start: () => undefined,
    health: () => state.problem,
    close: async (timeoutMs) => void state.closed.push(timeoutMs),
    ...noProgress('content'),
  };
  return { folder, state };
}

interface StartOptions extends Partial<BotOptions> {
  readonly environment?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly opening?: Promise<ContentFolder>;
}

async function start({
  environment = {},
  token = discord.token,
  opening = Promise.resolve(openFolder().folder),
  ...options
}: StartOptions = {}): Promise<RunningBot> {
  const config = readConfig({ DISCORD_API_URL: discord.apiUrl, DATABASE_URL: DATABASE, ...environment });
  const bot = await startBot({ ...config, token }, opening, { log, clock: systemClock, ...options });
  bots.push(bot);
  return bot;
}

const HTTP = { TRANSPORT: 'http', PORT: '0', DISCORD_PUBLIC_KEY: PUBLIC_KEY };
/** What a failure of the start needs: no database that is created, no gateway that is connected. */
const QUICK = { ...HTTP, DATABASE_URL: NO_DATABASE };

const health = async (bot: RunningBot) => (await fetch(`${bot.url}/healthz`)).json();
/** Posts a signed interaction. */
function post(bot: RunningBot, body: object, key = privateKey): Promise<Response> {
  const text = JSON.stringify({ id: '1', application_id: '2', token: 't', version: 1, ...body });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign(null, Buffer.from(timestamp + text), key).toString('hex');
  const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp };
  return fetch(`${bot.url}/interactions`, { method: 'POST', body: text, headers });
}

describe('a bot over HTTP', () => {
  it('answers signed interactions, and counts and reports others', async () => {
    const bot = await start({ environment: HTTP });
    expect(await (await post(bot, { type: 1 })).json()).toEqual({ type: 1 });
    const help = await post(bot, { type: 2, channel: { id: '3' }, user: { id: '4' }, data: { type: 1, name: 'help' } });
    expect(await help.json()).toMatchObject({ type: 4 });
    const { privateKey: other } = generateKeyPairSync('ed25519');
    expect((await post(bot, { type: 1 }, other)).status).toBe(401);
    expect((await post(bot, { type: 1 }, other)).status).toBe(401);
    const metrics = await (await fetch(`${bot.url}/metrics`)).text();
    expect(metrics).toContain('guidepost_refused_signatures_total 2');
    expect(metrics).toContain('guidepost_answers_total{command="help",outcome="answered"} 1');
    expect(logged.filter(({ level }) => level > 30)).toEqual([expect.objectContaining({ refused: 1 })]);
  });

  it('connects to no gateway, and logs that it is ready with an invite link', async () => {
    discord.application.interactions_endpoint_url = 'https://bot.example/interactions';
    const bot = await start({ environment: HTTP });
    discord.application.interactions_endpoint_url = null;
    expect(bot.applicationId).toBe(discord.applicationId);
    expect(bot.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(discord.connections).toBe(0);
    expect(logged.find(({ msg }) => msg === 'ready')).toMatchObject({
      transport: 'http',
      content: content.version,
      url: bot.url,
    });
    expect(messages()).toContain(`invite: ${inviteLink(discord.applicationId)}`);
    expect(logged.filter(({ level }) => level > 30)).toEqual([]);
  });

  it('reports problems in its health, down only if it cannot answer', async () => {
    const { folder, state } = openFolder();
    const bot = await start({ environment: HTTP, opening: Promise.resolve(folder) });
    expect(await health(bot)).toEqual({ status: 'ok', problems: [], content: content.version });
    for (const status of ['degraded', 'down'] as const) {
      state.problem = { status, problem: 'older content' };
      expect(await health(bot)).toEqual({ status, problems: ['older content'], content: content.version });
    }
  });

  it('listens on port 8080 unless another is set', async () => {
    const listening = start({ environment: { TRANSPORT: 'http', DISCORD_PUBLIC_KEY: PUBLIC_KEY } });
    // Another program may use it.
    expect(
      await listening.then(
        ({ url }) => url,
        (error) => (error instanceof PortError ? error.message : error),
      ),
    ).toMatch(/\b8080\b/);
  });

  it('registers its commands in one server only if one is configured', async () => {
    const guild = discord.addGuild('Pier');
    await start({ environment: { ...HTTP, DISCORD_GUILD_ID: guild.id } });
    expect(discord.commandWrites.at(-1)).toMatchObject({ method: 'PUT', guildId: guild.id });
  });
});

describe('a bot with the gateway', () => {
  const world = () => {
    const channel = discord.addChannel(discord.addGuild('Harbour'), 'general');
    return { channel, person: discord.person(discord.addUser('Mina'), channel) };
  };

  it('answers interactions and messages, and listens nowhere', async () => {
    const bot = await start();
    expect(bot.url).toBeUndefined();
    expect(discord.connections).toBe(1);
    const { person, channel } = world();
    const commands = discord.commands.filter(({ guild_id: guildId }) => guildId === undefined);
    const ids = new Map(commands.map(({ name, id }) => [name, id]));
    expect((await person.slash('help')).message?.embeds[0]?.title).toBe(content.editions.get('en')?.subject.title);
    await person.say(`<@${discord.botUser.id}>`);
    await expect
      .poll(() => discord.messagesOf(channel).map(({ content }) => content), { interval: 5 })
      .toContain(messagesFor('en', languagesWith(ids)).ask.onlyMine);
    expect(messages()).toContain('ready');
    await bot.stop();
    await disconnected();
  });

  it('reports its health on a port, and takes no interactions there', async () => {
    const bot = await start({ environment: { PORT: '0' } });
    expect(await health(bot)).toMatchObject({ status: 'ok' });
    expect((await post(bot, { type: 1 })).status).toBe(404);
  });

  it('warns if Discord sends the interactions elsewhere', async () => {
    discord.application.interactions_endpoint_url = 'https://bot.example/interactions';
    await start();
    discord.application.interactions_endpoint_url = null;
    expect(messages().join()).toContain('Interactions Endpoint URL');
    expect(logged.filter(({ level }) => level === 40)).toHaveLength(1);
  });

  it('connects only once the content is loaded: until then Discord sends it nothing', async () => {
    let load: (folder: ContentFolder) => void = () => undefined;
    const opening = new Promise<ContentFolder>((resolve) => {
      load = resolve;
    });
    const before = discord.requests.length;
    const starting = start({ opening });
    await expect.poll(() => discord.requests.length, { interval: 5 }).toBeGreaterThan(before);
    // Nothing shows that a connection is not to come.
    await sleep(100);
    expect(discord.connections).toBe(0);
    load(openFolder().folder);
    await starting;
    const { person } = world();
    expect((await person.slash('help')).message?.embeds).toHaveLength(1);
  });

  it('fails with the reason once Discord closes the connection for good', async () => {
    const bot = await start();
    discord.closeConnections(4014);
    expect(await bot.failed).toMatchObject({ name: 'GatewayClosedError' });
    discord.refuseIdentify(null);
  });
});

describe('a running bot', () => {
  it('fails once Discord refuses its token', async () => {
    const bot = await start();
    const channel = discord.addChannel(discord.addGuild('Quay'), 'general');
    const person = discord.person(discord.addUser('Otto'), channel);
    for (const match of [/^POST \/channels/, /^GET \/applications\/@me/]) discord.fail({ match, status: 401 });
    await person.say(`<@${discord.botUser.id}>`);
    expect(await bot.failed).toBeInstanceOf(TokenError);
  });

  it('fails if it may not register its commands in the server that is set', async () => {
    const environment = { ...HTTP, DISCORD_GUILD_ID: '1'.repeat(18) };
    const failing = start({ environment }).then(({ failed }) => failed);
    const reason = await failing.catch((error: unknown) => error);
    expect(reason).toMatchObject({ name: 'GuildAccessError' });
  });
});

describe('a start', () => {
  it('fails with the errors of the content, and closes everything', async () => {
    const opening = Promise.reject(new ContentError('it has errors'));
    await expect(start({ environment: QUICK, opening })).rejects.toThrow('it has errors');
    expect(messages()).not.toContain('ready');
  });

  it('fails if Discord refuses the token, and closes the content', async () => {
    const { folder, state } = openFolder();
    const opening = Promise.resolve(folder);
    await expect(start({ environment: QUICK, token: 'wrong', opening })).rejects.toBeInstanceOf(TokenError);
    expect(state.closed).toEqual([0]);
  });

  it('fails with the failure of the gateway', async () => {
    await expect(start({ token: 'wrong', environment: { DATABASE_URL: NO_DATABASE } })).rejects.toBeInstanceOf(
      TokenError,
    );
  });

  it('fails if the port is taken', async () => {
    const { port } = new URL(discord.origin);
    const taken = start({ environment: { ...QUICK, PORT: port } });
    await expect(taken).rejects.toBeInstanceOf(PortError);
  });

  it('ends when the signal aborts, although the content is still loading', async () => {
    const stopping = new AbortController();
    const reason = expect.objectContaining({ name: 'AbortError' });
    let load: (folder: ContentFolder) => void = () => undefined;
    const opening = new Promise<ContentFolder>((resolve) => {
      load = resolve;
    });
    const starting = start({ environment: QUICK, opening, signal: stopping.signal });
    stopping.abort();
    await expect(starting).rejects.toEqual(reason);
    const { folder, state } = openFolder();
    load(folder);
    await expect.poll(() => state.closed, { interval: 5 }).toEqual([0]);
  });

  it('does not begin if the signal was aborted before', async () => {
    const from = discord.requests.length;
    const starting = start({ environment: QUICK, signal: AbortSignal.abort() });
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
    expect(discord.requests.slice(from)).toEqual([]);
  });
});

describe('a stop', () => {
  it('closes the port, the content and the database, once', async () => {
    const { folder, state } = openFolder();
    const bot = await start({ environment: HTTP, opening: Promise.resolve(folder) });
    const [first, second] = [bot.stop(), bot.stop()];
    await Promise.all([first, second]);
    expect(state.closed).toEqual([0]);
    await expect(health(bot)).rejects.toThrow();
  });

  /** Begins a request of which the bot has the head, but not the body. */
  async function begin(bot: RunningBot) {
    const body = '{"id":"1","type":1}';
    const timestamp = String(Math.floor(Date.now() / 1000));
    const request = send(`${bot.url}/interactions`, {
      method: 'POST',
      agent: false,
      headers: {
        expect: '100-continue',
        'content-length': body.length,
        'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
        'x-signature-timestamp': timestamp,
      },
    });
    const status = once(request, 'response').then(([response]) => response.resume().statusCode);
    request.flushHeaders();
    await once(request, 'continue');
    return { finish: () => request.end(body), end: () => request.destroy(), status };
  }

  it('answers the requests that it has begun to read', async () => {
    const bot = await start({ environment: HTTP });
    const { finish, status } = await begin(bot);
    let isStopped = false;
    const stopping = bot.stop().then(() => {
      isStopped = true;
    });
    await expect.poll(() => health(bot).catch(() => 'closed'), { interval: 5 }).toBe('closed');
    expect(isStopped).toBe(false);
    finish();
    expect(await status).toBe(200);
    await stopping;
  });

  it('waits for connections that do not end, but not for 5 seconds', async () => {
    const clock = createVirtualClock(Date.now());
    const bot = await start({ environment: HTTP, clock });
    const { end, status } = await begin(bot);
    status.catch(() => undefined); // it is never answered
    let isStopped = false;
    const stopping = bot.stop().then(() => {
      isStopped = true;
    });
    const from = clock.now();
    for (let i = 0; i < 100 && !isStopped; i++) await clock.advance(50);
    await stopping;
    expect(clock.now() - from).toBeGreaterThanOrEqual(700);
    expect(clock.now() - from).toBeLessThan(5000);
    end();
  });
});
