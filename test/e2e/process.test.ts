// The program as a process: start, output, exit codes, signals.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type startFakeDiscord as Start, startFakeDiscord } from 'fake-discord';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BUSY_MS, MEMBER, until } from './world.ts';

let discord: Awaited<ReturnType<typeof Start>>;
const children: ChildProcess[] = [];
beforeAll(async () => {
  discord = await startFakeDiscord({ answerWithinMs: BUSY_MS });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => discord.stop());

/** Runs what `npm start` runs. */
function start(environment: Record<string, string>) {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(DISCORD_|DATABASE_URL|CONTENT_DIR|TRANSPORT|PORT|HOST|LOG_LEVEL)/.test(name),
    ),
  );
  const DATABASE_URL = `file:${join(tmpdir(), `guidepost-${process.pid}.db`)}`;
  const child = spawn(process.execPath, ['scripts/start.js'], { env: { ...clean, DATABASE_URL, ...environment } });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  return { child, ended, output: () => output };
}
const live = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });

describe('the program', { timeout: 60_000 }, () => {
  it('ends with code 2 and one message about all invalid variables', async () => {
    const { ended, output } = start({ ...live(), TRANSPORT: 'pigeon', PORT: 'many' });
    expect(await ended).toBe(2);
    expect(output()).toMatch(/TRANSPORT[\s\S]*PORT/);
    expect(output()).not.toMatch(/\n\s+at /);
  });

  it('ends with code 2 and an explanation for a token that Discord refuses', async () => {
    const { ended, output } = start({ ...live(), DISCORD_TOKEN: 'wrong' });
    expect(await ended).toBe(2);
    expect(output()).toContain('Discord refuses DISCORD_TOKEN');
    expect(output()).not.toMatch(/\n\s+at /);
  });

  it('says which port is taken when the preview is started twice', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const address = taken.address();
    const PORT = String(typeof address === 'object' ? address?.port : '');
    const { ended, output } = start({ PORT });
    expect(await ended).toBe(2);
    expect(output()).toContain(`PORT ${PORT} on 127.0.0.1 is used by another program`);
    expect(output()).not.toMatch(/\n\s+at /);
    taken.close();
  });

  it('starts the preview without a token, and prints its address', async () => {
    const { output } = start({ PORT: '0' });
    const address = await until('the address', () => /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? '', 40_000);
    expect(await (await fetch(address)).text()).toMatch(/^<!doctype html>/i);
  });

  it('answers interactions in flight and ends with code 0 on a signal', async () => {
    const guild = discord.addGuild('Pier');
    const user = discord.addUser('Mina');
    discord.join(guild, user, MEMBER);
    const member = discord.person(user, discord.addChannel(guild, 'general'));
    const { child, ended, output } = start(live());
    await until('ready', () => output().includes('"ready"'), 40_000);
    discord.fail({ match: /callback$/, times: 1, delayMs: 700 });
    const answer = member.slash('close-account');
    await new Promise((done) => setTimeout(done, 100));
    const from = performance.now();
    child.kill('SIGTERM');
    expect((await answer).message?.embeds).toHaveLength(1);
    expect(await ended).toBe(0);
    expect(performance.now() - from).toBeLessThan(5000);
  });
});
