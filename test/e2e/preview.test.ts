// The preview started by `npm start`: where it listens, and which database it uses.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { until } from './world.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-program-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const VARIABLES = /^(DISCORD_|DATABASE_URL|CONTENT_DIR|TRANSPORT|PORT|HOST|SHARDS|LOG_LEVEL|NODE_ENV)|TOKEN$/;
const DATABASE = join(home, 'live.db');

/** Runs what `npm start -- ARGUMENTS` runs, with a folder of its own for temporary files. */
function start(environment: Readonly<Record<string, string>>, ...args: string[]) {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !VARIABLES.test(name)));
  const temporary = mkdtempSync(join(home, 'tmp-'));
  const env = { ...clean, PORT: '0', TMPDIR: temporary, DATABASE_URL: `file:${DATABASE}`, ...environment };
  const child = spawn(process.execPath, ['scripts/start.js', ...args], { env });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const address = () => until('the address', () => /Open (http:\S+)/.exec(output)?.[1] ?? '', 40_000);
  return { child, ended, address, temporary, output: () => output };
}

/** An address of this machine that listening on 127.0.0.1 does not open. */
const OTHER =
  Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.2';
const isOpen = (host: string, port: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

describe('the preview', { timeout: 60_000 }, () => {
  it('listens on loopback whatever HOST says', async () => {
    const { address } = start({ HOST: '0.0.0.0' });
    const { hostname, port } = new URL(await address());
    expect(hostname).toBe('127.0.0.1');
    expect(await isOpen('127.0.0.1', port)).toBe(true);
    expect(await isOpen(OTHER, port)).toBe(false);
  });

  it('listens on the network with --public, and says so', async () => {
    const { address, output } = start({ HOST: '127.0.0.1' }, '--public');
    const { port } = new URL(await address());
    expect(await isOpen(OTHER, port)).toBe(true);
    await until('the warning', () => /--public: anyone who can reach/.test(output()));
  });

  it('uses a database of its own, which it deletes at the end', async () => {
    const { child, address, ended, temporary } = start({});
    await address();
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(DATABASE)).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('prints an address that a browser can open if HOST is an IPv6 address', async () => {
    const { address } = start({ HOST: '::1' });
    expect((await fetch(await address())).status).toBe(200);
  });

  it('says that the token variable has another name', async () => {
    const { address, output } = start({ DISCORD_BOT_TOKEN: 'MTA.se.cret' });
    await address();
    expect(output()).toContain('DISCORD_TOKEN is not set, but DISCORD_BOT_TOKEN is: rename it to DISCORD_TOKEN.');
    expect(output()).not.toContain('MTA.se.cret');
  });

  it('does not start in production: a missing DISCORD_TOKEN ends with code 2', async () => {
    const { ended, output } = start({ NODE_ENV: 'production' });
    expect(await ended).toBe(2);
    expect(output()).toContain('DISCORD_TOKEN is not set: put the bot’s token there');
    expect(output()).not.toMatch(/\n\s+at /);
  });
});
