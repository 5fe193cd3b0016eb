// Checks of the token, the connection to Discord, and the clock.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it.each([
    ['ab'.repeat(32), 'it looks like the public key'],
    ['123456789012345678', 'it looks like an id'],
    ['q1w2e3r4t5', 'it does not look like a bot token'],
  ])('that is something else (%s) is a problem with a guess', async (DISCORD_TOKEN, guess) => {
    const { output } = await runDoctor({ ...connectedTo(discord), DISCORD_TOKEN });
    expect(output('token')).toContain(`Discord refuses DISCORD_TOKEN: ${guess}`);
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
  const at = (DISCORD_API_URL: string) => runDoctor({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL });

  it('is a problem if nothing listens at the address', async () => {
    const { output } = await at('http://127.0.0.1:9/api');
    expect(output('token')).toMatch(
      /^problem token 127\.0\.0\.1:9 can’t be reached: ECONNREFUSED\n → Check this machine’s network/,
    );
    expect(output('token')).toContain('The bot does not use HTTPS_PROXY');
    expect(output('clock')).toMatch(/^skipped clock/);
    expect(output('endpoint')).toMatch(SKIPPED);
  });

  it('is a problem if the host name is unknown', async () => {
    const { output } = await at('http://nowhere.invalid/api');
    expect(output('token')).toMatch(/^problem token nowhere\.invalid can’t be reached: unknown host name \(E\w+\)/);
    expect(output('token')).toContain('→ Check DISCORD_API_URL and this machine’s DNS.');
  });

  it('is a problem if another web server responds', async () => {
    const host = await listening(createServer((_, response) => response.end('<h1>Welcome</h1>')));
    const { output } = await at(`http://${host}/api`);
    expect(output('token')).toContain(`the server at http://${host}/api is not Discord’s REST API`);
    expect(output('token')).toContain('→ Remove DISCORD_API_URL, unless you run your own REST proxy.');
  });

  it('is a problem if the address contains the version', async () => {
    const { output } = await runDoctor({ ...connectedTo(discord), DISCORD_API_URL: `${discord.apiUrl}/v10` });
    expect(output('environment')).toContain('DISCORD_API_URL must not contain the version: the bot adds /v10');
  });

  it('is a problem if the server expects http and the address says https', async () => {
    const { output } = await at(discord.apiUrl.replace('http:', 'https:'));
    expect(output('token')).toMatch(/can’t be reached: wrong protocol \(E\w+\)/);
    expect(output('token')).toContain('→ Check http:// or https:// in DISCORD_API_URL.');
  });

  it('is a problem if the certificate is not trusted', async ({ skip }) => {
    const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
    const [key, cert] = [join(home, 'key'), join(home, 'cert')];
    const made = spawnSync(
      'openssl',
      'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1'.split(' ').concat('-keyout', key, '-out', cert),
    );
    if (made.status !== 0) return skip('openssl is not installed');
    const host = await listening(createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }));
    rmSync(home, { recursive: true });
    const { output } = await at(`https://${host}/api`);
    expect(output('token')).toMatch(/its certificate is not trusted \(\w+\)\n → .* NODE_EXTRA_CA_CERTS/);
  });

  it('is a problem after five seconds without a response', async () => {
    discord.fail({ match: /users\/@me$/, delayMs: 7000 });
    const from = performance.now();
    const { output } = await runDoctor(connectedTo(discord));
    expect(output('token')).toContain('can’t be reached: no response within 5 s');
    expect(performance.now() - from).toBeLessThan(6900);
  });

  it.each([
    [{ status: 503 }, 'Discord has a problem (HTTP 503)', 'https://discordstatus.com'],
    [{ status: 429, retryAfter: 40 }, 'Discord’s rate limit was reached', 'Run this again after that'],
    [{ status: 403, code: 40001 }, 'Discord refuses GET /api/v10/users/@me', 'look up the code'],
    [{ reset: 'before' as const }, 'can’t be reached: ', 'Check this machine’s network and firewalls'],
  ])('is a problem with the fault %o', async (fault, text, advice) => {
    discord.fail({ match: /users\/@me$/, ...fault });
    const { output } = await runDoctor(connectedTo(discord));
    expect(output('token')).toContain(text);
    expect(output('token')).toContain(advice);
  });

  it('is a problem of the failed check only', async () => {
    discord.fail({ match: /gateway\/bot$/, status: 500 });
    const { output } = await runDoctor(connectedTo(discord));
    expect(output('token')).toMatch(/^ok/);
    expect(output('gateway')).toContain('Discord has a problem (HTTP 500)');
  });
});

describe('the clock', () => {
  const PUBLIC_KEY = 'ab'.repeat(32);
  const off = (seconds: number, TRANSPORT: string) =>
    runDoctor(
      { ...connectedTo(discord), TRANSPORT, DISCORD_PUBLIC_KEY: PUBLIC_KEY },
      { now: () => Date.now() + seconds * 1000 },
    );

  it.each([0, 1, -1])('that is %i s off is ok', async (seconds) => {
    expect((await off(seconds, 'http')).output('clock')).toBe('ok clock matches Discord’s');
  });

  it('that is some seconds off is a hint to synchronize it', async () => {
    const { output } = await off(12, 'http');
    expect(output('clock')).toMatch(
      /^hint clock 1[12] s ahead of Discord’s; at 30 s the bot would refuse all requests/,
    );
    expect(output('clock')).toMatch(/→ .*"timedatectl set-ntp true" \(systemd-timesyncd\), or chrony/);
  });

  it('that is a minute off is a problem over HTTP', async () => {
    expect((await off(-60, 'http')).output('clock')).toMatch(
      /^problem clock (59|60) s behind Discord’s: the bot refuses all requests/,
    );
    expect((await off(-600, 'gateway')).output('clock')).toMatch(/^hint clock 10 min behind Discord’s\n/);
  });

  it('is ok if the response was slow', async () => {
    const host = await listening(
      createServer((_, response) => {
        response.setHeader('date', new Date().toUTCString());
        setTimeout(() => response.writeHead(401).end('{"message": "401: Unauthorized", "code": 0}'), 4200);
      }),
    );
    const { output } = await runDoctor({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL: `http://${host}/api` });
    expect(output('clock')).toBe('ok clock matches Discord’s');
  });
});
