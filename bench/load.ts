// Guidepost beside a bare discord.js bot and beside the least that each transport needs, under load, taking turns.
import { BOT_KEYS, BOTS, type BotKey, type RunningBot, startBot } from './load/bots.ts';
import { type LoadResult, median, quantile, sendAtRate, sendConcurrently } from './load/drive.ts';
import { SERVERS, shippedEdition } from './load/interactions.ts';
import { showProgress } from './progress.ts';
import type { Table } from './table.ts';

const AT_ONCE = 64;
const ROUNDS = 8;
const SLICE_MS = 1500;
const PACE = { perSecond: 200, ms: 5000 };
const DELAY_MS = 50;

interface Bot extends RunningBot {
  readonly key: BotKey;
}

interface Slice {
  readonly perSecond: number;
  readonly cpuPerThousand: number;
  readonly p50: number;
  readonly p99: number;
}

/** Speed and CPU, in the servers that the interactions come from. All bots run all the time, and one after the other has work. Needs Linux, for the others' CPU time. */
export async function measureLoad(): Promise<Table[]> {
  const edition = await shippedEdition();
  const bots: Bot[] = [];
  for (const key of BOT_KEYS) bots.push({ ...(await startBot(BOTS[key], edition, SERVERS)), key });
  for (const { sender } of bots) await sendConcurrently(sender, AT_ONCE, { ms: SLICE_MS });
  const slices = new Map(BOT_KEYS.map((key): [BotKey, Slice[]] => [key, []]));
  for (let round = 0; round < ROUNDS; round++) {
    showProgress(`load: round ${round + 1} of ${ROUNDS}`);
    for (const bot of bots) slices.get(bot.key)?.push(await slice(bot));
  }
  showProgress(`load: ${PACE.perSecond} a second`);
  const paced: [Bot, LoadResult][] = [];
  for (const bot of bots) paced.push([bot, await sendAtRate(bot.sender, PACE.perSecond, PACE.ms)]);
  showProgress(`load: with ${DELAY_MS} ms of network`);
  const delayed: [Bot, LoadResult][] = [];
  for (const bot of bots) if (BOTS[bot.key].transport === 'gateway') delayed.push([bot, await withDelay(bot)]);
  const resident = new Map(bots.map(({ key, residentMiB }) => [key, residentMiB()]));
  for (const bot of bots) await bot.stop();
  return [
    loadTable(slices, resident),
    timesTable(`At a steady ${PACE.perSecond} a second`, paced),
    timesTable(`${AT_ONCE} at a time, with ${DELAY_MS} ms of network before Discord has an answer`, delayed),
  ];
}

async function slice(bot: Bot): Promise<Slice> {
  const before = bot.cpuMs();
  const { count, seconds, times } = await sendConcurrently(bot.sender, AT_ONCE, { ms: SLICE_MS });
  const cpuPerThousand = ((bot.cpuMs() - before) / count) * 1000;
  return { perSecond: count / seconds, cpuPerThousand, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function medians(slices: readonly Slice[]): Slice {
  const of = (key: keyof Slice) => median(slices.map((one) => one[key]));
  return { perSecond: of('perSecond'), cpuPerThousand: of('cpuPerThousand'), p50: of('p50'), p99: of('p99') };
}

/** Nothing may wait for anything else's answer. */
async function withDelay({ sender, discord }: Bot): Promise<LoadResult> {
  discord.delayMs = DELAY_MS;
  await sendConcurrently(sender, AT_ONCE, { ms: 500 });
  const driven = await sendConcurrently(sender, AT_ONCE, { ms: SLICE_MS });
  discord.delayMs = 0;
  return driven;
}

/** What each is compared with: over the gateway the bare bot, over HTTP the floor. */
const YARDSTICK = { gateway: 'bare', http: 'floorHttp' } as const;

function loadTable(slices: ReadonlyMap<BotKey, readonly Slice[]>, resident: ReadonlyMap<BotKey, number>): Table {
  const measured = BOT_KEYS.map((key): [BotKey, Slice] => [key, medians(slices.get(key) ?? [])]);
  const cpuOf = (key: BotKey) => (slices.get(key) ?? []).map(({ cpuPerThousand }) => cpuPerThousand);
  const rows = measured.map(([key, { perSecond, cpuPerThousand, p50, p99 }]) => {
    const yardstick = YARDSTICK[BOTS[key].transport];
    // Round by round: the machine's own speed changes less within a round than over all of them.
    const of = cpuOf(yardstick);
    const ratio = median(cpuOf(key).map((cpu, round) => cpu / (of[round] ?? Number.NaN)));
    return [
      BOTS[key].name,
      perSecond.toFixed(0),
      cpuPerThousand.toFixed(1),
      `${ratio.toFixed(2)} × ${BOTS[yardstick].name}`,
      p50.toFixed(2),
      p99.toFixed(2),
      resident.get(key)?.toFixed(0) ?? '',
    ];
  });
  return {
    title: `${AT_ONCE} at a time, medians of ${ROUNDS} turns of ${SLICE_MS / 1000} s`,
    columns: ['who', 'interactions/s', 'CPU ms per 1,000', 'ratio', 'p50 ms', 'p99 ms', 'MiB at the end'],
    rows,
    data: Object.fromEntries(measured),
  };
}

function timesTable(title: string, measured: [Bot, LoadResult][]): Table {
  const numbers = measured.map(([{ name }, { count, seconds, times }]) => ({
    name,
    perSecond: count / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }));
  const rows = numbers.map(({ name, perSecond, p50, p99 }) => [
    name,
    perSecond.toFixed(0),
    p50.toFixed(2),
    p99.toFixed(2),
  ]);
  return { title, columns: ['who', 'interactions/s', 'p50 ms', 'p99 ms'], rows, data: numbers };
}
