// Whether members wait longer for answers while the bot reads many new posts in forums, and what the posts cost.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { Edition } from '../src/guide/model.ts';
import { changeSetting, recordSetup } from '../src/servers/settings.ts';
import { openStore } from '../src/store/store.ts';
import { systemClock } from '../src/system-clock.ts';
import { messagesTable } from './forum-messages.ts';
import { BOTS, freePort, type RunningBot, startBot } from './load/bots.ts';
import { median, quantile, sendAtRate } from './load/drive.ts';
import { memberInteractions } from './load/forum-interactions.ts';
import { ForumWorld, forumId, type PostCounts } from './load/forum-world.ts';
import { guildId } from './load/guilds.ts';
import { heapAfterGc, inspectorArguments } from './load/heap.ts';
import { shippedEdition } from './load/interactions.ts';
import { showProgress } from './progress.ts';
import type { Table } from './table.ts';

const SERVERS = 2500;
const ROUNDS = Number(process.env.FORUMS_ROUNDS ?? 3);
const INTERACTIONS_PER_SECOND = 20;
const POSTS_PER_SECOND = 50;
/** How long each part of a round takes. The bot has worked off what it has not dropped before the last one ends. */
const PARTS_MS = { quiet: 30_000, posts: 30_000, after: 60_000 } as const;
const WARM_UP = { ms: 20_000, postsPerSecond: 10, settleMs: 10_000 };
const SAMPLE_MS = 250;
/** Between an interaction with one bot and the same with the other. */
const OFFSET_MS = 500 / INTERACTIONS_PER_SECOND;
/** How long the result of a deferred answer is waited for at the end of a part. */
const GRACE_MS = 20_000;

type Part = keyof typeof PARTS_MS;

/** Times in ms, sorted. */
interface Waits {
  readonly first: readonly number[];
  readonly result: readonly number[];
}

interface Measured extends Waits {
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly peakWaiting: number;
  readonly heapMiB: number;
  /** Requests of the bot that counted in Discord's global limit. */
  readonly requests: number;
}

/** The bot with posts and the one without, at the same time. */
interface Pair {
  readonly posts: Measured;
  readonly none: Measured;
}

type Round = Readonly<Record<Part, Pair>> & { readonly counts: PostCounts };

/**
 * Interactions at a steady rate over the gateway, with answers in forums on in every server: while nobody posts, while
 * many post, and while the bot works off what waits. A second bot has the same interactions at the same time and no posts,
 * so that a slow minute of the machine affects both. Needs Linux.
 */
export async function measureForums(): Promise<Table[]> {
  const messages = await messagesTable(SERVERS);
  const edition = await shippedEdition();
  const [posts, none] = [await openSide(edition), await openSide(edition)];
  try {
    return [...(await measureRounds(posts, none)), messages];
  } finally {
    await posts.bot.stop();
    await none.bot.stop();
  }
}

async function openSide(edition: Edition): Promise<Side> {
  const port = await freePort();
  const nodeArguments = inspectorArguments(port);
  const bot = await startBot(BOTS.guidepostGateway, edition, SERVERS, undefined, { nodeArguments, fill: nameForums });
  const world = new ForumWorld(bot.discord, edition, SERVERS);
  return { bot, world, people: new People(bot, world, memberInteractions(edition)), port };
}

async function measureRounds(posts: Side, none: Side): Promise<Table[]> {
  const measure = async (ms: number): Promise<Pair> => {
    const both = [measurePart(ms, posts), sleep(OFFSET_MS).then(() => measurePart(ms, none))] as const;
    const [withPosts, without] = await Promise.all(both);
    return { posts: withPosts, none: without };
  };
  const { world } = posts;
  await Promise.all([measure(WARM_UP.ms), postAtRate(world, WARM_UP.postsPerSecond, WARM_UP.ms)]);
  await sleep(WARM_UP.settleMs);
  world.takeCounts();
  const rounds: Round[] = [];
  for (let n = 1; n <= ROUNDS; n++) {
    showProgress(`forums: round ${n} of ${ROUNDS}`);
    const quiet = await measure(PARTS_MS.quiet);
    const [during] = await Promise.all([measure(PARTS_MS.posts), postAtRate(world, POSTS_PER_SECOND, PARTS_MS.posts)]);
    const after = await measure(PARTS_MS.after);
    rounds.push({ quiet, posts: during, after, counts: world.takeCounts() });
  }
  return [waitsTable(rounds), costTable(rounds), postsTable(rounds, world.refusals)];
}

/** Names a forum in every server. */
async function nameForums(databaseUrl: string): Promise<void> {
  const store = openStore(databaseUrl, { log: pino({ level: 'silent' }), clock: systemClock });
  for (let i = 0; i < SERVERS; i++) {
    await recordSetup(store, guildId(i), 'en-US');
    await changeSetting(store, guildId(i), { name: 'forums', value: [forumId(i)], by: '1' });
  }
  await store.close();
}

async function postAtRate(world: ForumWorld, perSecond: number, ms: number): Promise<void> {
  await sendAtRate({ send: async () => world.post() }, perSecond, ms);
}

/** Members who use commands and buttons. */
class People {
  readonly #bot: RunningBot;
  readonly #create: ReturnType<typeof memberInteractions>;
  /** When each interaction was sent that has no first answer, or no result. */
  readonly #waitingForFirst = new Map<string, number>();
  readonly #waitingForResult = new Map<string, number>();
  #first: number[] = [];
  #result: number[] = [];

  constructor(bot: RunningBot, world: ForumWorld, create: ReturnType<typeof memberInteractions>) {
    this.#bot = bot;
    this.#create = create;
    bot.discord.onAnswer = (id) => note(this.#waitingForFirst, id, this.#first);
    world.onResult = (token) => note(this.#waitingForResult, token, this.#result);
  }

  /** Acts for a time. @returns how long they waited */
  async act(ms: number): Promise<Waits> {
    this.#first = [];
    this.#result = [];
    await sendAtRate({ send: async () => this.#send() }, INTERACTIONS_PER_SECOND, ms);
    const end = performance.now() + GRACE_MS;
    while (this.#waitingForFirst.size + this.#waitingForResult.size > 0 && performance.now() < end) await sleep(5);
    const left = [this.#waitingForFirst.size, this.#waitingForResult.size];
    if (left.some((count) => count > 0)) throw new Error(`${left} interactions have no first answer, no result`);
    const sorted = (list: number[]) => list.sort((a, b) => a - b);
    return { first: sorted(this.#first), result: sorted(this.#result) };
  }

  #send(): void {
    const { id, json, deferredToken } = this.#create();
    const now = performance.now();
    this.#waitingForFirst.set(id, now);
    if (deferredToken !== undefined) this.#waitingForResult.set(deferredToken, now);
    this.#bot.discord.dispatch(json);
  }
}

function note(waiting: Map<string, number>, key: string, times: number[]): void {
  const sentAt = waiting.get(key);
  waiting.delete(key);
  if (sentAt !== undefined) times.push(performance.now() - sentAt);
}

interface Side {
  readonly bot: RunningBot;
  readonly world: ForumWorld;
  readonly people: People;
  /** Of the bot's inspector. */
  readonly port: number;
}

async function measurePart(ms: number, { bot, world, people, port }: Side): Promise<Measured> {
  const [cpuBefore, requestsBefore] = [bot.cpuMs(), world.requests];
  let [peakMiB, peakWaiting] = [0, 0];
  const sampling = setInterval(() => {
    peakMiB = Math.max(peakMiB, bot.residentMiB());
    peakWaiting = Math.max(peakWaiting, world.waiting);
  }, SAMPLE_MS);
  const waits = await people.act(ms);
  clearInterval(sampling);
  const cpuMs = bot.cpuMs() - cpuBefore;
  const requests = world.requests - requestsBefore;
  return { ...waits, cpuMs, peakMiB, peakWaiting, requests, heapMiB: await heapAfterGc(port) };
}

const SHARES = [0.5, 0.95, 0.99] as const;

const PARTS: readonly Part[] = ['quiet', 'posts', 'after'];

/** Rows for the first answers and for the results, at each share: in ms, and as ratios of the two bots. */
function waitsTable(rounds: readonly Round[]): Table {
  const kinds = [
    ['first answer', 'first'],
    ['result of a deferred answer', 'result'],
  ] as const;
  const rows = kinds.flatMap(([name, kind]) =>
    SHARES.map((share) => {
      const at = ({ [kind]: times }: Measured) => quantile(times, share);
      const during = (side: keyof Pair) => median(rounds.map(({ posts }) => at(posts[side]))).toFixed(2);
      const ratio = (part: Part) => range(rounds.map(({ [part]: pair }) => at(pair.posts) / at(pair.none)));
      const label = `${name}, ${share === 0.5 ? 'median' : `${share * 100} %`}`;
      return [label, during('none'), during('posts'), ratio('posts'), ratio('after'), ratio('quiet')];
    }),
  );
  return {
    title: `${SERVERS.toLocaleString('en')} servers, ${INTERACTIONS_PER_SECOND} interactions and ${POSTS_PER_SECOND} posts a second: how long members wait`,
    columns: ['what', 'no posts, ms', 'posts, ms', 'ratio', 'ratio, working off', 'ratio, nobody posts'],
    rows,
    notes: [`Ratios of two bots at the same time: the median of ${rounds.length} rounds, the lowest and the highest.`],
    data: rounds.map(summaryOf),
  };
}

function range(list: readonly number[]): string {
  const [low, high] = [Math.min(...list), Math.max(...list)];
  return `${median(list).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function summaryOf({ counts, ...parts }: Round): object {
  const at = (times: readonly number[]) => SHARES.map((share) => quantile(times, share));
  const partOf = ({ first, result, ...rest }: Measured) => ({ ...rest, first: at(first), result: at(result) });
  return { counts, ...Object.fromEntries(PARTS.map((part) => [part, pairOf(parts[part], partOf)])) };
}

function pairOf({ posts, none }: Pair, of: (measured: Measured) => object): object {
  return { posts: of(posts), none: of(none) };
}

function costTable(rounds: readonly Round[]): Table {
  const names = { quiet: 'nobody posts', posts: 'posts', after: 'working off' } as const;
  const row = (part: Part, side: keyof Pair) => {
    const of = (key: 'peakMiB' | 'heapMiB' | 'cpuMs' | 'requests', digits: number, perMs = 1) =>
      rounds.map(({ [part]: pair }) => (pair[side][key] / perMs).toFixed(digits)).join(', ');
    const seconds = PARTS_MS[part] / 1000;
    const name = side === 'posts' ? names[part] : `${names[part]}, the bot without`;
    return [name, of('peakMiB', 0), of('heapMiB', 1), of('cpuMs', 0, seconds), of('requests', 1, seconds)];
  };
  return {
    title: 'Memory, CPU time and requests, round by round',
    columns: ['part', 'resident MiB at most', 'heap MiB after GC at its end', 'CPU ms a second', 'requests a second'],
    rows: PARTS.flatMap((part) => [row(part, 'posts'), row(part, 'none')]),
  };
}

function postsTable(rounds: readonly Round[], refusals: number): Table {
  return {
    title: 'What became of the posts',
    columns: ['round', 'posts', 'answered', 'title read, left', 'somebody was faster', 'not read', 'waiting at most'],
    rows: rounds.map(({ counts, posts, after }, n) => [
      String(n + 1),
      ...[counts.posts, counts.answered, counts.left, counts.overtaken, counts.notRead].map(String),
      String(Math.max(posts.posts.peakWaiting, after.posts.peakWaiting)),
    ]),
    notes: [`Discord answered 429 to ${refusals} requests.`],
  };
}
