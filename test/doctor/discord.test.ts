// What the doctor says of the token, of the way to Discord, and of the clock.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../../src/preview/fake-discord.ts';
import { connectedTo, visit } from './visit.ts';

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

const SKIPPED = /^skipped endpoint and everything else about Discord: the token could not be used/;

describe('the token', () => {
  it('that works is named by its bot, not printed', async () => {
    const { about, findings } = await visit(connectedTo(discord));
    expect(about('token')).toBe(
      `ok token belongs to ${discord.botUser.username} (application ${discord.applicationId})`,
    );
    expect(JSON.stringify(findings)).not.toContain(discord.token);
  });

  it('that Discord refuses: says where to get a new one, and skips what needs it', async () => {
    const DISCORD_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GAbcde.old-and-secret';
    const { about, findings } = await visit({ ...connectedTo(discord), DISCORD_TOKEN });
    expect(about('token')).toMatch(/^problem token Discord refuses DISCORD_TOKEN\n/);
    expect(about('token')).toMatch(/→ In https:\/\/discord\.com\/developers\/applications .* Bot, then Reset Token/);
    expect(about('endpoint')).toMatch(SKIPPED);
    expect(about('clock')).toBe('ok clock agrees with Discord’s');
    expect(JSON.stringify(findings)).not.toContain('old-and-secret');
  });

  it.each([
    ['ab'.repeat(32), 'it looks like the public key'],
    ['123456789012345678', 'it looks like an id'],
    ['q1w2e3r4t5', 'it does not look like a bot’s token'],
  ])('that is something else (%s) says what it may be', async (DISCORD_TOKEN, guess) => {
    const { about } = await visit({ ...connectedTo(discord), DISCORD_TOKEN });
    expect(about('token')).toContain(`Discord refuses DISCORD_TOKEN: ${guess}`);
  });

  it.each(['geheim\u2028ö', 'abc. geheim.ghi'])('that cannot be one is not printed', async (DISCORD_TOKEN) => {
    const { about, findings } = await visit({ ...connectedTo(discord), DISCORD_TOKEN });
    expect(about('environment')).toMatch(/^problem environment DISCORD_TOKEN /);
    expect(JSON.stringify(findings)).not.toContain('geheim');
  });

  it('with a line break, quotes and "Bot " around it is the token all the same', async () => {
    const { about } = await visit({ ...connectedTo(discord), DISCORD_TOKEN: `"Bot ${discord.token}"\n` });
    expect(about('token')).toMatch(/^ok token belongs to /);
  });
});

describe('the way to Discord', () => {
  const at = (DISCORD_API_URL: string) => visit({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL });

  it('that nothing listens at', async () => {
    const { about } = await at('http://127.0.0.1:9/api');
    expect(about('token')).toMatch(/^problem token 127\.0\.0\.1:9 is not reached: ECONNREFUSED\n → Check the network/);
    expect(about('token')).toContain('The bot does not use HTTPS_PROXY');
    expect(about('clock')).toMatch(/^skipped clock/);
    expect(about('endpoint')).toMatch(SKIPPED);
  });

  it('whose name nobody knows', async () => {
    const { about } = await at('http://nowhere.invalid/api');
    expect(about('token')).toMatch(/^problem token nowhere\.invalid is not reached: its name is not known \(E\w+\)/);
    expect(about('token')).toContain('→ Check DISCORD_API_URL, and the DNS of this machine.');
  });

  it('that leads to another web server', async () => {
    const host = await listening(createServer((_, response) => response.end('<h1>Welcome</h1>')));
    const { about } = await at(`http://${host}/api`);
    expect(about('token')).toContain(`what answers at http://${host}/api is not Discord’s REST API`);
    expect(about('token')).toContain('→ Remove DISCORD_API_URL, unless you have a REST proxy of your own.');
  });

  it('that names the version, which the bot adds itself', async () => {
    const { about } = await visit({ ...connectedTo(discord), DISCORD_API_URL: `${discord.apiUrl}/v10` });
    expect(about('environment')).toContain('DISCORD_API_URL must end before the version: the bot adds /v10 itself');
  });

  it('that speaks http where the address says https', async () => {
    const { about } = await at(discord.apiUrl.replace('http:', 'https:'));
    expect(about('token')).toMatch(/is not reached: it does not speak what the address says \(E\w+\)/);
    expect(about('token')).toContain('→ Check http:// or https:// in DISCORD_API_URL.');
  });

  it('whose certificate is not trusted', async ({ skip }) => {
    const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
    const [key, cert] = [join(home, 'key'), join(home, 'cert')];
    const made = spawnSync(
      'openssl',
      'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1'.split(' ').concat('-keyout', key, '-out', cert),
    );
    if (made.status !== 0) return skip('openssl is not installed');
    const host = await listening(createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }));
    rmSync(home, { recursive: true });
    const { about } = await at(`https://${host}/api`);
    expect(about('token')).toMatch(/its certificate is not trusted \(\w+\)\n → .* NODE_EXTRA_CA_CERTS/);
  });

  it('that does not answer ends after five seconds', async () => {
    discord.fail({ match: /users\/@me$/, delayMs: 7000 });
    const from = performance.now();
    const { about } = await visit(connectedTo(discord));
    expect(about('token')).toContain('is not reached: no answer within 5 s');
    expect(performance.now() - from).toBeLessThan(6900);
  });

  it.each([
    [{ status: 503 }, 'Discord has a failure of its own (HTTP 503)', 'https://discordstatus.com'],
    [{ status: 429, retryAfter: 40 }, 'Discord asks to wait: too many requests', 'Run this again after that'],
    [{ status: 403, code: 40001 }, 'Discord refuses GET /api/v10/users/@me', 'search for the number'],
    [{ reset: 'before' as const }, 'is not reached: ', 'Check the network and firewalls'],
  ])('with %o', async (fault, text, todo) => {
    discord.fail({ match: /users\/@me$/, ...fault });
    const { about } = await visit(connectedTo(discord));
    expect(about('token')).toContain(text);
    expect(about('token')).toContain(todo);
  });

  it('that fails midway is said of what failed alone', async () => {
    discord.fail({ match: /gateway\/bot$/, status: 500 });
    const { about } = await visit(connectedTo(discord));
    expect(about('token')).toMatch(/^ok/);
    expect(about('gateway')).toContain('Discord has a failure of its own (HTTP 500)');
  });
});

describe('the clock', () => {
  const PUBLIC_KEY = 'ab'.repeat(32);
  const off = (seconds: number, TRANSPORT: string) =>
    visit(
      { ...connectedTo(discord), TRANSPORT, DISCORD_PUBLIC_KEY: PUBLIC_KEY },
      { now: () => Date.now() + seconds * 1000 },
    );

  it.each([0, 1, -1])('%i s off is good enough', async (seconds) => {
    expect((await off(seconds, 'http')).about('clock')).toBe('ok clock agrees with Discord’s');
  });

  it('some seconds off is a hint that says how to keep it', async () => {
    const { about } = await off(12, 'http');
    expect(about('clock')).toMatch(/^hint clock 1[12] s ahead of Discord’s; from 30 s on the bot would refuse every/);
    expect(about('clock')).toMatch(/→ .*"timedatectl set-ntp true" \(systemd-timesyncd\), or chrony/);
  });

  it('a minute off is a problem where Discord calls the bot', async () => {
    expect((await off(-60, 'http')).about('clock')).toMatch(
      /^problem clock (59|60) s behind Discord’s: the bot refuses every request/,
    );
    expect((await off(-600, 'gateway')).about('clock')).toMatch(/^hint clock 10 min behind Discord’s\n/);
  });

  it('is not blamed for an answer that was long on its way', async () => {
    const host = await listening(
      createServer((_, response) => {
        response.setHeader('date', new Date().toUTCString());
        setTimeout(() => response.writeHead(401).end('{"message": "401: Unauthorized", "code": 0}'), 4200);
      }),
    );
    const { about } = await visit({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: `http://${host}/api` });
    expect(about('clock')).toBe('ok clock agrees with Discord’s');
  });
});
