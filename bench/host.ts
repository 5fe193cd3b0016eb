// The smallest host: the memory of the bot and of the processes that it starts, with 2,500 servers and members who click.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFileOf } from '../src/content/cache.ts';
import { NPM_START } from './load/bots.ts';
import { type LoadDiscord, startLoadDiscord } from './load/discord.ts';
import { type InteractionSender, median, quantile, sendAtRate } from './load/drive.ts';
import { mixedInteractions, shippedEdition } from './load/interactions.ts';
import { childCount, sumOf, type TreeMemory, watchTree } from './load/process-tree.ts';
import { gatewaySender } from './load/senders.ts';
import { showProgress } from './progress.ts';
import type { Table } from './table.ts';

const SERVERS = 2500;
/** What node chooses for itself in the image in a container of 256 MiB (docs/decisions/018). */
const AS_IN_CONTAINER = ['--max-old-space-size=128', '--max-semi-space-size=1'];
/** How the image has memory allocated. */
const ALLOCATION = Object.fromEntries(
  [...readFileSync('deploy/Dockerfile', 'utf8').matchAll(/\b(MALLOC_\w+)=(\d+)/g)].map(([, name, value]) => [
    name,
    value,
  ]),
);
const ROUNDS = 3;
/** Interactions a second, from the moment at which the bot is ready. */
const PER_SECOND = 20;
/** The bot has no other process any more after two such times without one, in ms. */
const CHUNK_MS = 5000;
/** Training all languages takes 20 to 60 s, on a busy machine more. */
const MAX_CHUNKS = 60;
const CHANGED = 'en/search/off-topic.yaml';

type Phase = 'first start' | 'second start' | 'content change';
const PHASES: readonly Phase[] = ['first start', 'second start', 'content change'];

interface Peak {
  readonly most: TreeMemory;
  /** Milliseconds until an interaction was answered, sorted. */
  readonly times: readonly number[];
}

/** The most memory at a first start, at a second one, and during a change of the content. Needs Linux. */
export async function measureHost(): Promise<Table[]> {
  const create = mixedInteractions(await shippedEdition());
  const peaks = new Map(PHASES.map((phase): [Phase, Peak[]] => [phase, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    showProgress(`host: round ${round} of ${ROUNDS}`);
    const discord = await startLoadDiscord({ guilds: SERVERS });
    const home = mkdtempSync(join(tmpdir(), 'guidepost-host-'));
    // A folder that no build has a cache of.
    const content = join(home, 'content');
    cpSync('content', content, { recursive: true });
    // Other processes on this machine must not share the program's memory: in a container nobody does.
    copyFileSync(process.execPath, join(home, 'node'));
    const sender = gatewaySender(discord, create);
    const first = await startHost(discord, home);
    peaks.get('first start')?.push({ times: await loadUntilAlone(sender, first.pid), most: await first.stop() });
    const second = await startHost(discord, home);
    const times = await loadUntilAlone(sender, second.pid);
    peaks.get('second start')?.push({ times, most: second.takePeak() });
    // Changes what the search is trained on in English, and no page.
    appendFileSync(join(content, CHANGED), '- how many legs has the bench in the park\n');
    peaks.get('content change')?.push({ times: await loadUntilAlone(sender, second.pid), most: await second.stop() });
    await discord.close();
    rmSync(home, { recursive: true });
    rmSync(cacheFileOf(content), { force: true });
  }
  return [table(peaks)];
}

/** Sends interactions until the bot reads and trains no more. @returns the time of each answer, sorted */
async function loadUntilAlone(sender: InteractionSender, pid: number): Promise<number[]> {
  const times: number[] = [];
  for (let chunk = 0, alone = 0; alone < 2; chunk++) {
    if (chunk > MAX_CHUNKS) throw new Error('the bot still has other processes');
    times.push(...(await sendAtRate(sender, PER_SECOND, CHUNK_MS)).times);
    alone = childCount(pid) === 0 ? alone + 1 : 0;
  }
  return times.sort((a, b) => a - b);
}

/** Starts the bot, and resolves when it is ready. */
async function startHost(discord: LoadDiscord, home: string) {
  const child = spawn(join(home, 'node'), [...AS_IN_CONTAINER, ...NPM_START], {
    env: {
      ...ALLOCATION,
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      DISCORD_TOKEN: 'ODAwMDAwMDAwMDAwMDAwMDAx.bench.bench',
      DISCORD_API_URL: discord.apiUrl,
      CONTENT_DIR: join(home, 'content'),
      DATABASE_URL: `file:${join(home, 'guidepost.db')}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = child.pid ?? 0;
  let watch = watchTree(pid);
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', (data) => String(data).includes('"ready"') && done());
    child.on('exit', (code) => fail(new Error(`the bot ended with code ${code}`)));
  });
  return {
    pid,
    /** The most so far. It is measured again from now on. */
    takePeak() {
      const most = watch.stop();
      watch = watchTree(pid);
      return most;
    },
    async stop() {
      const most = watch.stop();
      child.removeAllListeners('exit');
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      return most;
    },
  };
}

function table(peaks: ReadonlyMap<Phase, readonly Peak[]>): Table {
  const rows = [...peaks].map(([phase, list]) => {
    const sums = list.map(({ most }) => sumOf(most, 'all'));
    const times = list.flatMap((one) => one.times).sort((a, b) => a - b);
    const highest = list.find(({ most }) => sumOf(most, 'all') === Math.max(...sums))?.most ?? [];
    return [
      phase,
      median(sums).toFixed(0),
      Math.max(...sums).toFixed(0),
      highest.map(({ all }) => all.toFixed(0)).join(' + '),
      sumOf(highest, 'anonymous').toFixed(0),
      quantile(times, 0.5).toFixed(1),
      quantile(times, 0.99).toFixed(1),
    ];
  });
  return {
    title: `The smallest host: ${SERVERS} servers, ${PER_SECOND} interactions a second, ${ROUNDS} rounds`,
    columns: [
      'phase',
      'MiB, median',
      'MiB, most',
      'of which bot + others',
      'of which in no file',
      'answer, median ms',
      'answer, 99 % ms',
    ],
    rows,
    data: Object.fromEntries(peaks),
  };
}
