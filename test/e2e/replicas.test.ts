// Replicas behind a load balancer: HTTP processes that share one PostgreSQL database.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Message, Person } from 'fake-discord';
import { buttonsOf, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyContent } from '../content-copy.ts';
import { freePort } from '../free-port.ts';
import { databases, type TestDatabase } from '../store/databases.ts';
import { ADMIN, BUSY_MS, change, MEMBER, until, write } from './world.ts';

/** On a busy machine; a quiet one takes two seconds at most. How long it took is printed. */
const SEEN_MS = 20_000;
const postgres = databases.find(({ name }) => name === 'PostgreSQL');
if (!postgres) console.info('replicas share PostgreSQL, which is not installed: these tests are left out');

interface Replica {
  readonly url: string;
  readonly child: ChildProcess;
}

describe.runIf(postgres)('three replicas over HTTP', { timeout: 90_000 }, () => {
  const content = copyContent();
  const replicas: Replica[] = [];
  let database: TestDatabase;
  let discord: Awaited<ReturnType<typeof startFakeDiscord>>;
  let member: Person;
  let admin: Person;

  beforeAll(async () => {
    database = (await postgres?.create()) ?? expect.fail();
    discord = await startFakeDiscord({ answerWithinMs: BUSY_MS });
    const channel = discord.addChannel(discord.addGuild('Harbour'), 'general');
    member = discord.person(discord.addUser('Mina'), channel, { permissions: MEMBER });
    admin = discord.person(discord.addUser('Ada'), channel, { permissions: ADMIN });
    replicas.push(...(await Promise.all([start(), start(), start()])));
  }, 60_000);
  afterAll(async () => {
    for (const { child } of replicas) await kill(child);
    await discord.stop();
    await database.close();
    rmSync(content, { recursive: true });
  });

  async function start(): Promise<Replica> {
    const port = await freePort();
    const own = {
      PATH: process.env.PATH ?? '',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_PUBLIC_KEY: discord.publicKey,
      DATABASE_URL: database.url,
      CONTENT_DIR: content,
      TRANSPORT: 'http',
      PORT: String(port),
    };
    const child = spawn(process.execPath, ['scripts/start.js'], { env: own });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    await until('ready', () => output.includes('"ready"'), 40_000).catch((error) => {
      throw new Error(`${error.message}\n${output}`);
    });
    return { url: `http://127.0.0.1:${port}`, child };
  }

  /** Sends the next interactions to this replica. */
  const sendTo = ({ url }: Replica) => {
    discord.application.interactions_endpoint_url = `${url}/interactions`;
  };
  const anyReplica = () => replicas[Math.floor(Math.random() * replicas.length)] ?? expect.fail();
  /** Sends each interaction to a random replica. */
  const atRandom = <T>(act: () => Promise<T>): Promise<T> => {
    sendTo(anyReplica());
    return act();
  };
  const inAll = async (what: string, test: () => Promise<boolean>) => {
    const from = performance.now();
    for (const replica of replicas) {
      await until(
        what,
        () => {
          sendTo(replica);
          return test();
        },
        SEEN_MS,
      );
    }
    console.info(`${what} is shown by every replica after ${Math.round(performance.now() - from)} ms`);
  };

  it('continue a walk whose clicks are sent to any of them', async () => {
    for (let walk = 0; walk < 5; walk++) {
      let { message } = await atRandom(() => member.slash('close-account'));
      const titles: string[] = [];
      for (let step = 0; step < 8; step++) {
        const shown = message ?? expect.fail();
        titles.push(titleOf(shown));
        const next = buttonsOf(shown).find(({ label, style }) => style === 1 && label !== 'Send to my DMs');
        if (!next) break;
        message = (await atRandom(() => member.press(shown, next.label ?? ''))).message;
      }
      for (const title of titles.reverse().slice(titles.at(-1) === titleOf(message ?? expect.fail()) ? 1 : 0)) {
        const shown = message ?? expect.fail();
        if (titleOf(shown) !== title) message = (await atRandom(() => member.press(shown, 'Back'))).message;
        expect(titleOf(message ?? expect.fail())).toBe(title);
      }
    }
  });

  it('show a reply that was saved by one of them', async () => {
    const topic = await atRandom(() => write(admin, 'Ferry', 'at nine'));
    const isShown = (text: string) => async () =>
      (await member.slash('faq', { topic })).message?.embeds[0]?.description === text;
    await inAll('the new reply', isShown('at nine'));
    await atRandom(() => change(admin, topic, { text: 'at ten' }));
    await inAll('the changed reply', isShown('at ten'));
  });

  it('show a changed page, and edit a pinned copy once', async () => {
    const pinned = await atRandom(() => admin.slash('faq-pin add', { topic: 'close-account#money' }));
    expect(pinned.message?.content).toBeTruthy();
    const file = join(content, 'en', 'close-account.md');
    const text = readFileSync(file, 'utf8').replace(/^## .* \{#money\b/m, '## A new name for money {#money');
    writeFileSync(file, text);
    const isShown = async () => {
      const { message } = await member.slash('close-account', { page: 'close-account#money' });
      return message !== null && titleOf(message) === 'A new name for money';
    };
    await inAll('the changed page', isShown);
    const [copy] = discord.pinsOf(admin.channel);
    await until('the pinned copy', () => copy && titleOf(copy) === 'A new name for money', 8000);
    expect(copy?.revision, 'one of the replicas edits it').toBe(1);
  });

  it('lose nothing that was acknowledged when one is killed under load, and the others continue', async () => {
    const topic = await atRandom(() => write(admin, 'Burst', 'round 0'));
    const [victim] = replicas;
    if (!victim) expect.fail();
    const saved: string[] = [];
    let failed = 0;
    const burst = async (n: number) => {
      for (let i = 0; i < 10; i++) {
        const title = `Burst ${n}.${i}`;
        await atRandom(() => write(admin, title, 'text')).then(
          () => saved.push(title),
          () => (failed += 1),
        );
        if (n !== 0 || i !== 3) continue;
        await kill(victim.child);
        // A load balancer removes a replica that does not answer.
        replicas.splice(replicas.indexOf(victim), 1);
      }
    };
    await Promise.all([0, 1, 2, 3].map(burst));
    expect(replicas.length).toBe(2);
    expect(saved.length).toBeGreaterThan(10);
    expect(failed).toBeLessThan(40);
    for (const replica of replicas) {
      sendTo(replica);
      for (const title of saved) {
        const choices = await admin.autocomplete('faq', 'topic', title);
        expect(choices.map(({ name }) => name)).toContain(title);
      }
    }
    const { message } = await atRandom(() => change(admin, topic, { text: 'after' }));
    expect(message?.content).toContain('Saved');
    // What follows a deferred answer can overtake it, and is sent again then.
    expect(discord.refusals.filter(({ code }) => code !== RESTJSONErrorCodes.UnknownWebhook)).toEqual([]);
  });
});

function titleOf(message: Message): string {
  return message.embeds[0]?.title ?? '';
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}

/** A free port. */
