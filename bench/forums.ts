// Whether members wait longer for answers while the bot reads many new posts in forums, and what the posts cost.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { Edition } from '../src/guide/model.ts';
import { changeSetting, recordSetup } from '../src/servers/settings.ts';
import { openStore } from '../src/store/store.ts';
import { systemClock } from '../src/system-clock.ts';
import { messagesTable } from './forum-messages.ts';
import { forumTables, type Measured, PARTS_MS, type Pair, type Round, type Waits } from './forum-tables.ts';
import { BOTS, freePort, type RunningBot, startBot } from './load/bots.ts';
import { sendAtRate } from './load/drive.ts';
import { memberInteractions } from './load/forum-interactions.ts';
import { ForumWorld, forumId } from './load/forum-world.ts';
import { guildId } from './load/guilds.ts';
import { heapAfterGc, inspectorArguments } from './load/heap.ts';
import { shippedEdition } from './load/interactions.ts';
import { showProgress } from './progress.ts';
import type { Table } from './table.ts';

/** Servers, and what happens in them. */
const LOAD = { servers: 2500, interactionsPerSecond: 20, postsPerSecond: 50 } as const;
const ROUNDS = Number(process.env.FORUMS_ROUNDS ?? 3);
const WARM_UP = { ms: 20_000, postsPerSecond: 10, settleMs: 10_000 };
const SAMPLE_MS = 250;
/** Between an interaction with one bot and the same with the other. */
const OFFSET_MS = 500 / LOAD.interactionsPerSecond;
/** How long the result of a deferred answer is waited for at the end of a part. */
const GRACE_MS = 20_000;

/**
 * Interactions at a steady rate over the gateway, with answers in forums on in every server: while nobody posts, while
 * many post, and while the bot works off what waits. A second bot has the same interactions at the same time and no posts,
 * so that a slow minute of the machine affects both. Needs Linux.
 */
export async function measureForums(): Promise<Table[]> {
  const messages = await messagesTable(LOAD.servers);
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
  const bot = await startBot(BOTS.guidepostGateway, edition, LOAD.servers, undefined, {
    nodeArguments,
    fill: nameForums,
  });
  const world = new ForumWorld(bot.discord, edition, LOAD.servers);
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
    const [during] = await Promise.all([
      measure(PARTS_MS.posts),
      postAtRate(world, LOAD.postsPerSecond, PARTS_MS.posts),
    ]);
    const after = await measure(PARTS_MS.after);
    rounds.push({ quiet, posts: during, after, counts: world.takeCounts() });
  }
  return forumTables(rounds, world.refusals, LOAD);
}

/** Names a forum in every server. */
async function nameForums(databaseUrl: string): Promise<void> {
  const store = openStore(databaseUrl, { log: pino({ level: 'silent' }), clock: systemClock });
  for (let i = 0; i < LOAD.servers; i++) {
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
    await sendAtRate({ send: async () => this.#send() }, LOAD.interactionsPerSecond, ms);
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
