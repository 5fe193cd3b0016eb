// Shutdown: accepted interactions are answered, no new ones are accepted, and nothing delays the end.
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Channel, Person } from 'fake-discord';
import { startFakeDiscord } from 'fake-discord';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { freePort } from '../free-port.ts';
import { startProxy } from './proxy.ts';
import { ADMIN, BUSY_MS, change, until, write } from './world.ts';

/** Docker and systemd kill after ten seconds; less than half of that is promised. */
const ENDS_MS = 4700;

const { publicKey: ownKey, privateKey } = generateKeyPairSync('ed25519');
const hex = Buffer.from(ownKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
const home = mkdtempSync(join(tmpdir(), 'guidepost-stop-'));
const children: ChildProcess[] = [];
let discord: Awaited<ReturnType<typeof startFakeDiscord>>;
let admin: Person;
let channel: Channel;
beforeAll(async () => {
  discord = await startFakeDiscord({ answerWithinMs: BUSY_MS });
  channel = discord.addChannel(discord.addGuild('Pier'), 'general');
  admin = discord.person(discord.addUser('Ada'), channel, { permissions: ADMIN });
});
afterEach(() => {
  discord.application.interactions_endpoint_url = null;
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await discord.stop();
  rmSync(home, { recursive: true });
});

let count = 0;
/** Runs what `npm start` runs. */
function launch(environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['scripts/start.js'], {
    env: {
      PATH: process.env.PATH ?? '',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: `file:${join(home, `${++count}.db`)}`,
      ...environment,
    },
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  /** Tells it to end. @returns its exit code, and after how many ms it ended */
  const end = async (...signals: ('SIGTERM' | 'SIGINT')[]) => {
    const from = performance.now();
    for (const signal of signals) {
      child.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { code: await ended, ms: performance.now() - from };
  };
  return { end, output: () => output };
}
async function start(environment: Readonly<Record<string, string>> = {}) {
  const bot = launch(environment);
  await until('ready', () => bot.output().includes('"ready"'), 40_000);
  return bot;
}
const startHttp = async (environment: Readonly<Record<string, string>> = {}) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const bot = await start({
    TRANSPORT: 'http',
    PORT: String(port),
    DISCORD_PUBLIC_KEY: discord.publicKey,
    ...environment,
  });
  discord.application.interactions_endpoint_url = `${url}/interactions`;
  return { ...bot, url };
};

/** A bot whose requests that match get no answer. `hangs` resolves when there is one. */
async function startBehindProxy(match: RegExp, startBot: typeof start = start) {
  const proxy = await startProxy(discord.apiUrl, (request) => (match.test(request) ? 'hang' : undefined));
  const bot = await startBot({ DISCORD_API_URL: proxy.apiUrl });
  const hangs = () => until('the request', () => proxy.asked.some((request) => match.test(request)));
  return { ...bot, proxy, hangs };
}

/** Pins a reply and changes it, so that the pinned message is edited. */
async function changePinned(word: string): Promise<void> {
  const topic = await write(admin, 'Pinned', `one ${word}`);
  await admin.slash('faq-pin add', { topic });
  await change(admin, topic, { text: `two ${word}` });
}

/**
 * Sends the head and half of the body of a signed request; `finish` sends the rest.
 * @param timestamp in seconds; another one for each request, because one that was seen before is refused
 */
function beginRequest(url: string, body: string, timestamp: string) {
  const request = send(`${url}/interactions`, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      // The server says when it has read the headers.
      expect: '100-continue',
      'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
      'x-signature-timestamp': timestamp,
    },
  });
  const status = new Promise<number | undefined>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  status.catch(() => undefined); // awaited by `finish`
  const begun = once(request, 'continue');
  request.write(body.slice(0, 10));
  const finish = () => {
    request.end(body.slice(10));
    return status;
  };
  return { begun, finish };
}

describe('a bot that gets a signal to stop', { timeout: 60_000 }, () => {
  it('ends while the edit of a pinned message hangs', async () => {
    const { end, hangs, proxy } = await startBehindProxy(/^PATCH \/channels/);
    await changePinned('hangs');
    await hangs();
    const { code, ms } = await end('SIGTERM');
    await proxy.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(ENDS_MS);
  });

  it('ends while the edit of a pinned message waits for a rate limit', async () => {
    const { end } = await start();
    const limited = () => discord.requests.filter(({ method, status }) => method === 'PATCH' && status === 429).length;
    const before = limited();
    discord.fail({ match: /^PATCH \/channels/, times: 1, status: 429, retryAfter: 60 });
    await changePinned('limited');
    await until('the rate limit', () => limited() > before);
    const { code, ms } = await end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(ENDS_MS);
  });

  it('ends immediately at a second signal', async () => {
    const { end, hangs, proxy } = await startBehindProxy(/callback$/);
    void admin.slash('help').catch(() => undefined);
    await hangs();
    const { code, ms } = await end('SIGINT', 'SIGINT');
    await proxy.stop();
    expect(code).toBe(1);
    expect(ms).toBeLessThan(1000);
  });

  it('ends while it waits for session starts', async () => {
    discord.gatewayInfo.remaining = 0;
    const { end, output } = launch();
    await until('waiting', () => output().includes('no session starts left'), 40_000);
    discord.gatewayInfo.remaining = 999;
    const { code, ms } = await end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(ENDS_MS);
  });

  it.each([
    ['its application', /^GET \/applications\/@me/],
    ['the gateway', /^GET \/gateway\/bot/],
    ['its commands', /^GET \/applications\/\d+\/commands/],
  ])('ends while Discord does not respond to a request for %s', async (_, match) => {
    const proxy = await startProxy(discord.apiUrl, (request) => (match.test(request) ? 'hang' : undefined));
    const { end } = launch({ DISCORD_API_URL: proxy.apiUrl });
    await until('it asks', () => proxy.asked.some((request) => match.test(request)), 40_000);
    const { code, ms } = await end('SIGTERM');
    await proxy.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(ENDS_MS);
  });

  it('answers HTTP requests it has started to read, and accepts no more', async () => {
    const { end, url } = await startHttp({ DISCORD_PUBLIC_KEY: hex });
    const body = JSON.stringify({ id: '1', application_id: discord.applicationId, type: 1, token: 't', version: 1 });
    const now = Math.floor(Date.now() / 1000);
    const requests = Array.from({ length: 10 }, (_, i) => beginRequest(url, body, String(now - i)));
    await Promise.all(requests.map(({ begun }) => begun));
    const ending = end('SIGTERM');
    await until('the port is closed', () =>
      fetch(`${url}/healthz`).then(
        () => false,
        () => true,
      ),
    );
    const statuses = await Promise.all(requests.map(({ finish }) => finish()));
    expect(statuses).toEqual(statuses.map(() => 200));
    const { code, ms } = await ending;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(ENDS_MS);
  });

  it('replaces an unfinished answer by an error message', async () => {
    const { end, hangs, proxy } = await startBehindProxy(/^POST \/channels\/\d+\/messages/, startHttp);
    const pinning = admin.slash('faq-pin add', { topic: 'close-account#money' });
    await hangs();
    const { code, ms } = await end('SIGTERM');
    await proxy.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(ENDS_MS);
    expect((await pinning).message?.content).toBe(en.error.restarting);
  });
});
