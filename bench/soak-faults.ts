// A bot under random faults of Discord and its network: whether every deferred answer ends in words, the log stays clean,
// and memory stays flat.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { Interaction, InteractionResult, Message, Person } from 'fake-discord';
import { buttonsOf, type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { NPM_START } from './load/bots.ts';
import { showProgress } from './progress.ts';
import { createRandom } from './random.ts';
import type { Table } from './table.ts';

/** Part of every text that a person types: the log must not contain it. */
const MARK = 'zqxsoak';
/** How every interaction token of the fake Discord begins. */
const TOKEN = Buffer.from('interaction:').toString('base64url');
const WORKERS = 24;
/** A person goes on after waiting this long. */
const PATIENCE_MS = 2000;
const SAMPLES = 10;
/** A deferred answer is filled by then, or never. */
const GRACE_MS = 170_000;
const DEFERRED = InteractionResponseType.DeferredChannelMessageWithSource;
const PAGE = 'close-account#money';

interface Seen {
  acts: number;
  readonly interactions: Set<Interaction>;
  logLines: number;
  dirtyLines: string[];
  ended: boolean;
}

/**
 * Runs it.
 * @param minutes how long people act
 * @param seed of the random choices
 */
export async function measureSoakWithFaults(minutes: number, seed = Date.now() % 100_000): Promise<Table> {
  const random = createRandom(seed);
  const discord = await startFakeDiscord();
  const home = mkdtempSync(join(tmpdir(), 'guidepost-soak-'));
  const seen: Seen = { acts: 0, interactions: new Set(), logLines: 0, dirtyLines: [], ended: false };
  const people = peopleOf(discord);
  discord.events.subscribe((event) => {
    if (event.name === 'interaction') seen.interactions.add(event.interaction);
  });
  const child = await startBot(discord, home, seen);
  const end = performance.now() + minutes * 60_000;
  const resident: number[] = [];
  const stopFaults = causeFaults(discord, random, end);
  const sampling = setInterval(
    () => {
      resident.push(residentMiB(child));
      const minutesLeft = Math.ceil((end - performance.now()) / 60_000);
      showProgress(`soak: ${seen.acts} acts, ${resident.at(-1)?.toFixed(0)} MiB, ${minutesLeft} minutes left`);
    },
    (minutes * 60_000) / SAMPLES,
  );
  await Promise.all(people.map((person) => actUntil(end, person, discord, random, seen)));
  clearInterval(sampling);
  await stopFaults();
  const deferred = [...seen.interactions].filter(({ answer }) => answer?.type === DEFERRED);
  for (const from = performance.now(); deferred.some(isThinking) && performance.now() - from < GRACE_MS; )
    await sleep(500);
  const left = deferred.filter(isThinking).length;
  child.kill('SIGKILL');
  await discord.stop();
  rmSync(home, { recursive: true, force: true });
  const rows: [string, string][] = [
    ['seed', String(seed)],
    ['acts of people', seen.acts.toLocaleString('en')],
    ['deferred answers', deferred.length.toLocaleString('en')],
    ['deferred answers without words', String(left)],
    ['log lines, at the level trace', seen.logLines.toLocaleString('en')],
    ['log lines with a token or a text', String(seen.dirtyLines.length)],
    ['the bot ended by itself', seen.ended ? 'yes' : 'no'],
    ['resident MiB, by tenths', resident.map((one) => one.toFixed(0)).join(', ')],
  ];
  for (const line of seen.dirtyLines.slice(0, 3)) console.error(line.slice(0, 500));
  return { title: `${minutes} minutes of random faults`, columns: ['what', 'measured'], rows };
}

function peopleOf(discord: FakeDiscord): Person[] {
  return Array.from({ length: WORKERS }, (_, i) => {
    const channel = discord.addChannel(discord.addGuild(`Soak ${i}`), 'general');
    return discord.person(discord.addUser(`Ada ${i}`), channel, { permissions: PermissionFlagsBits.Administrator });
  });
}

async function startBot(discord: FakeDiscord, home: string, seen: Seen): Promise<ChildProcess> {
  const child = spawn(process.execPath, NPM_START, {
    env: {
      PATH: process.env.PATH ?? '',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: `file:${join(home, 'guidepost.db')}`,
      LOG_LEVEL: 'trace',
    },
  });
  child.on('exit', () => {
    seen.ended = true;
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the bot ended with code ${code}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        seen.logLines += 1;
        if (line.includes('"ready"')) resolve();
        if ([TOKEN, MARK, discord.token].some((secret) => line.includes(secret))) seen.dirtyLines.push(line);
      });
    }
  });
  await ready;
  return child;
}

const pick = <T>(list: readonly T[], random: () => number): T | undefined => list[Math.floor(random() * list.length)];

const ROUTES = [
  /^POST \/interactions\/.*callback/,
  /^PATCH \/webhooks\//,
  /^POST \/channels\/\d+\/messages/,
  /^PATCH \/channels\//,
  /^PUT \/channels\//,
  /^(GET|DELETE) \/channels\//,
];

/** @returns a function that ends it */
function causeFaults(discord: FakeDiscord, random: () => number, end: number): () => Promise<void> {
  const strike = () => {
    const match = pick(ROUTES, random) ?? /^$/;
    const times = 1 + Math.floor(random() * 5);
    const kinds = [
      { status: pick([400, 403, 413], random) ?? 400, code: pick([50035, 50013, 40005, 200000], random) ?? 0 },
      { status: pick([500, 502, 503], random) ?? 500 },
      { status: 429, retryAfter: random() },
      { reset: pick(['before', 'after'] as const, random) ?? 'before' },
      { delayMs: 200 + random() * 3000 },
    ];
    discord.fail({ match, times, ...(pick(kinds, random) ?? {}) });
    if (random() < 0.03) discord.dropConnections();
    if (random() < 0.03) discord.askReconnect();
    if (random() < 0.02) discord.closeConnections(4000);
  };
  const running = (async () => {
    while (performance.now() < end) {
      strike();
      await sleep(150 + random() * 500);
    }
  })();
  return () => running;
}

async function actUntil(
  end: number,
  person: Person,
  discord: FakeDiscord,
  random: () => number,
  seen: Seen,
): Promise<void> {
  let last: Message | null = null;
  for (let number = 0; performance.now() < end; number++) {
    const before: Message | null = last;
    const acting: Promise<InteractionResult | undefined> = act(person, discord, before, number, random).catch(
      () => undefined,
    );
    const answer: InteractionResult | undefined = await Promise.race([
      acting,
      sleep(PATIENCE_MS, undefined, { ref: false }),
    ]);
    seen.acts += 1;
    last = answer?.message ?? answer?.interaction.original ?? null;
    await sleep(random() * 40);
  }
}

/** One act of a person; whatever it answers, or fails with, is fine. */
function act(
  person: Person,
  discord: FakeDiscord,
  before: Message | null,
  number: number,
  random: () => number,
): Promise<InteractionResult> {
  const text = `${MARK} ${number} can i close my account`;
  const buttons = before
    ? buttonsOf(before).filter(({ custom_id: id, disabled }) => id !== undefined && !disabled)
    : [];
  const button = pick(buttons, random);
  if (before && button && random() < 0.5) return person.pressId(before, button.custom_id ?? '');
  const acts: (() => Promise<InteractionResult>)[] = [
    () => person.slash('close-account'),
    () => person.slash('ask', { question: text, share: random() < 0.3 }),
    () => person.slash('help'),
    () => person.slash('faq', { topic: PAGE }),
    () => person.slash('faq-pin add', { topic: PAGE }),
    () => person.slash('faq-pin remove', { topic: PAGE }),
    () => person.slash('faq-pin list'),
    () => person.slash('faq-edit export'),
    () =>
      person.slash('faq-edit import', {
        file: discord.addFile('r.md', `## ${text} {#soak-${number % 10}}\n\n${text}\n`),
      }),
    () => person.slash('faq-edit history', { topic: PAGE }),
    () => person.slash('insights'),
    async () =>
      person.submit(await person.slash('faq-edit change', { topic: PAGE }), { title: text, text, aliases: '' }),
  ];
  return (pick(acts, random) ?? (() => person.slash('help')))();
}

function isThinking({ original }: Interaction): boolean {
  return original !== null && !original.isDeleted && (original.flags & MessageFlags.Loading) !== 0;
}

function residentMiB({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
