// kill -9: replies that were confirmed as saved survive, and pins are updated.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { copyContent } from '../content-copy.ts';
import { databases, type TestDatabase } from '../store/databases.ts';
import { ADMIN, BUSY_MS, change, until, write } from './world.ts';

const PAGE = 'close-account#money';
const FOLLOWS_MS = 14_000;

describe.each(databases)('kill -9 on $name', { timeout: 90_000 }, (kind) => {
  const content = copyContent();
  let database: TestDatabase;
  let discord: Awaited<ReturnType<typeof startFakeDiscord>>;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    database = await kind.create();
    discord = await startFakeDiscord({ answerWithinMs: BUSY_MS });
  });
  afterAll(async () => {
    await kill();
    await discord.stop();
    await database.close();
    rmSync(content, { recursive: true });
  });

  /** Runs what `npm start` runs, until it is ready. */
  async function start(): Promise<void> {
    const clean = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(DISCORD_|DATABASE_URL|CONTENT_DIR|TRANSPORT|PORT|HOST|LOG_LEVEL)/.test(name),
      ),
    );
    const own = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: database.url,
      CONTENT_DIR: content,
    };
    const started = spawn(process.execPath, ['scripts/start.js'], { env: { ...clean, ...own } });
    child = started;
    let output = '';
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (data) => (output += data));
    await until('ready', () => output.includes('"ready"'), 40_000).catch((error) => {
      throw new Error(`${error.message}\n${output}`);
    });
  }

  async function kill(): Promise<void> {
    const killed = child;
    child = undefined;
    if (!killed) return;
    const ended = new Promise((done) => killed.once('exit', done));
    killed.kill('SIGKILL');
    await ended;
  }

  const rounds = kind.name === 'SQLite' ? 3 : 1;
  it(`right after the acknowledgement loses no reply, ${rounds} times`, async () => {
    const guild = discord.addGuild('Pier');
    const channel = discord.addChannel(guild, 'general');
    const admin = discord.person(discord.addUser('Ada'), channel, { permissions: ADMIN });
    await start();
    const topic = await write(admin, 'Killed', 'round 0');
    await admin.slash('faq-pin add', { topic });
    const [pinned] = discord.pinsOf(channel);
    for (let round = 1; round <= rounds; round++) {
      const text = `round ${round}\nin two lines`;
      const { message } = await change(admin, topic, { text });
      expect(message?.content).toBe(en.edit.saved('Killed'));
      await kill();
      await start();
      const shown = async () => (await admin.slash('faq', { topic })).message?.embeds[0]?.description;
      await until('the reply is shown', async () => (await shown()) === text);
      await until('the pin follows', () => pinned?.embeds[0]?.description === text, FOLLOWS_MS);
    }
    const { message: history } = await admin.slash('faq-edit history', { topic });
    expect(history?.embeds[0]?.description?.split('\n\n')).toHaveLength(1 + rounds);
  });

  // PostgreSQL itself releases the locks of a killed process.
  if (kind.name !== 'SQLite')
    console.info(`${kind.name}: a lock that outlives its holder is SQLite’s alone and is left out`);
  it.runIf(kind.name === 'SQLite')(
    'while pins are updated leaves the others to the next start, which updates them in time',
    async () => {
      const guild = discord.addGuild('Quay');
      const channels = Array.from({ length: 20 }, (_, i) => discord.addChannel(guild, `c${i}`));
      const admin = discord.person(discord.addUser('Ada'), channels[0] ?? expect.fail(), { permissions: ADMIN });
      if (!child) await start();
      for (const channel of channels) await admin.slash('faq-pin add', { topic: PAGE, channel });
      const done = () => channels.filter((one) => discord.pinsOf(one)[0]?.embeds[0]?.title === 'Killed in the middle');
      const file = join(content, 'en', 'close-account.md');
      const text = readFileSync(file, 'utf8').replace(/^## .* \{#money\b/m, '## Killed in the middle {#money');
      writeFileSync(file, text);
      await until('some', () => done().length >= 4, FOLLOWS_MS);
      await kill();
      expect(done().length).toBeLessThan(20);
      await start();
      await until('all', () => done().length === 20, FOLLOWS_MS);
      for (const channel of channels) {
        const revision = discord.pinsOf(channel)[0]?.revision ?? 0;
        expect(revision, 'only what was under way may be edited twice').toBeLessThanOrEqual(2);
      }
    },
  );
});
