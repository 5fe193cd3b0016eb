// The doctor's connection to Discord, where it needs real time, real names or another program.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectedTo, runDoctor } from '../doctor/run-doctor.ts';

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

describe('the connection to Discord', () => {
  const at = (DISCORD_API_URL: string) => runDoctor({ DISCORD_TOKEN: 'a.b.c', DISCORD_API_URL });

  it('is a problem if the host name is unknown', async () => {
    const { output } = await at('http://nowhere.invalid/api');
    expect(output('token')).toMatch(/^problem token nowhere\.invalid can’t be reached: unknown host name \(E\w+\)/);
    expect(output('token')).toContain('→ Check DISCORD_API_URL and this machine’s DNS.');
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
});

describe('the clock', () => {
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
