// Guidepost beside a bare discord.js bot and beside the least that each transport needs, under load, taking turns.
import { CANDIDATES, KEYS, type Key, type Running, startCandidate } from './load/contenders.ts';
import { type Driven, drive, median, pace, quantile } from './load/drive.ts';
import { SERVERS, shippedEdition } from './load/interactions.ts';
import type { Table } from './table.ts';

const AT_ONCE = 64;
const ROUNDS = 8;
const SLICE_MS = 1500;
const PACE = { perSecond: 200, ms: 5000 };
const DELAY_MS = 50;

interface Bot extends Running {
  readonly key: Key;
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
  for (const key of KEYS) bots.push({ ...(await startCandidate(CANDIDATES[key], edition, SERVERS)), key });
  for (const { line } of bots) await drive(line, AT_ONCE, { ms: SLICE_MS });
  const slices = new Map(KEYS.map((key): [Key, Slice[]] => [key, []]));
  for (let round = 0; round < ROUNDS; round++) for (const bot of bots) slices.get(bot.key)?.push(await slice(bot));
  const paced: [Bot, Driven][] = [];
  for (const bot of bots) paced.push([bot, await pace(bot.line, PACE.perSecond, PACE.ms)]);
  const delayed: [Bot, Driven][] = [];
  for (const bot of bots) if (CANDIDATES[bot.key].transport === 'gateway') delayed.push([bot, await withDelay(bot)]);
  for (const bot of bots) await bot.stop();
  return [
    loadTable(slices),
    timesTable(`At a steady ${PACE.perSecond} a second`, paced),
    timesTable(`${AT_ONCE} at once, with ${DELAY_MS} ms of network before Discord has an answer`, delayed),
  ];
}

async function slice(bot: Bot): Promise<Slice> {
  const before = bot.cpuMs();
  const { count, seconds, times } = await drive(bot.line, AT_ONCE, { ms: SLICE_MS });
  const cpuPerThousand = ((bot.cpuMs() - before) / count) * 1000;
  return { perSecond: count / seconds, cpuPerThousand, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function medians(slices: readonly Slice[]): Slice {
  const of = (key: keyof Slice) => median(slices.map((one) => one[key]));
  return { perSecond: of('perSecond'), cpuPerThousand: of('cpuPerThousand'), p50: of('p50'), p99: of('p99') };
}

/** Nothing may wait for anything else's answer. */
async function withDelay({ line, discord }: Bot): Promise<Driven> {
  discord.delayMs = DELAY_MS;
  await drive(line, AT_ONCE, { ms: 500 });
  const driven = await drive(line, AT_ONCE, { ms: SLICE_MS });
  discord.delayMs = 0;
  return driven;
}

/** What each is compared with: over the gateway the bare bot, over HTTP the floor. */
const YARDSTICK = { gateway: 'bare', http: 'floorHttp' } as const;

function loadTable(slices: ReadonlyMap<Key, readonly Slice[]>): Table {
  const measured = KEYS.map((key): [Key, Slice] => [key, medians(slices.get(key) ?? [])]);
  const cpuOf = (key: Key) => (slices.get(key) ?? []).map(({ cpuPerThousand }) => cpuPerThousand);
  const rows = measured.map(([key, { perSecond, cpuPerThousand, p50, p99 }]) => {
    const yardstick = YARDSTICK[CANDIDATES[key].transport];
    // Round by round: the machine's own speed changes less within a round than over all of them.
    const of = cpuOf(yardstick);
    const ratio = median(cpuOf(key).map((cpu, round) => cpu / (of[round] ?? Number.NaN)));
    return [
      CANDIDATES[key].name,
      perSecond.toFixed(0),
      cpuPerThousand.toFixed(1),
      `${ratio.toFixed(2)} × ${CANDIDATES[yardstick].name}`,
      p50.toFixed(2),
      p99.toFixed(2),
    ];
  });
  return {
    title: `${AT_ONCE} at once, medians of ${ROUNDS} turns of ${SLICE_MS / 1000} s`,
    columns: ['who', 'interactions/s', 'CPU ms per 1,000', 'ratio', 'p50 ms', 'p99 ms'],
    rows,
    data: Object.fromEntries(measured),
  };
}

function timesTable(title: string, measured: [Bot, Driven][]): Table {
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
