// Insights of a simulated month: a million events over 300 servers, written through the counters themselves.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST } from 'discord.js';
import { pino } from 'pino';
import { insightsPage } from '../commands/insights/page.ts';
import { readContentFolder } from '../src/content/files.ts';
import { openContentFolder } from '../src/content/folder.ts';
import { createContext } from '../src/discord/render-context.ts';
import type { Page } from '../src/guide/model.ts';
import { ReplyCache } from '../src/replies/cache.ts';
import { insightsOf } from '../src/stats/insights.ts';
import { openStatsRecorder, recordStep, type StatsRecorder } from '../src/stats/recorder.ts';
import { openStore } from '../src/store/store.ts';
import { systemClock } from '../src/system-clock.ts';
import { DAY_MS, dayOf } from '../src/time.ts';
import { createRandom } from './random.ts';
import { spread } from './spread.ts';

const EVENTS = 1_000_000;
const SERVERS = 300;
const DAYS = 30;
const FIRST_DAY = Date.now() - (DAYS - 1) * DAY_MS;

/** Median time of a server's insights: of the numbers, and of the whole answer with its chart. The size of the database. */
export async function measureInsights(): Promise<[string, string][]> {
  const log = pino({ level: 'silent' });
  const home = mkdtempSync(join(tmpdir(), 'guidepost-bench-'));
  const path = join(home, 'guidepost.db');
  const folder = await openContentFolder('content', readContentFolder, { log, clock: systemClock });
  const content = folder.current;
  const pages = [...(content.editions.get('en')?.pages.values() ?? [])];
  folder.close();
  const lastDay = await countMonth(`file:${path}`, pages);

  const store = openStore(`file:${path}`, { log, clock: systemClock });
  const today = dayOf(lastDay);
  const isOutcome = (name: string) => pages.some((page) => page.name === name && page.outcome);
  const ofNumbers: number[] = [];
  const ofAnswers: number[] = [];
  const replyCache = new ReplyCache(store, { log });
  const context = createContext(content, 'en-US');
  for (let i = 0; i < SERVERS; i++) {
    const from = performance.now();
    await insightsOf(store, serverAt(i), { days: DAYS, today, isOutcome });
    const between = performance.now();
    const { files } = await insightsPage({ guildId: serverAt(i), days: DAYS, isModerator: true }, context, {
      store,
      replyCache,
      rest: new REST(),
      log,
      clock: systemClock,
    });
    if (!files) throw new Error('there is no chart');
    ofNumbers.push(between - from);
    ofAnswers.push(performance.now() - between);
  }
  replyCache.close();
  await store.close();
  const mebibytes = statSync(path).size / 1024 ** 2;
  rmSync(home, { recursive: true, force: true });
  return [
    ['insights of a month, 1 million events over 300 servers: the numbers', spread(ofNumbers)],
    ['the whole answer, with its chart', spread(ofAnswers)],
    ['the database with them', `${mebibytes.toFixed(1)} MiB`],
  ];
}

/** Counts a month's events. @returns the last day, in ms since 1970 */
async function countMonth(url: string, pages: readonly Page[]): Promise<number> {
  const log = pino({ level: 'silent' });
  const store = openStore(url, { log, clock: systemClock });
  let time = FIRST_DAY;
  const stats = openStatsRecorder(store, { log, now: () => time });
  const random = createRandom(1);
  for (let day = 0; day < DAYS; day++) {
    time = FIRST_DAY + day * DAY_MS;
    for (let events = 0; events < EVENTS / DAYS; ) events += countWalk(stats, pages, random);
    await stats.flush();
  }
  await stats.close();
  await store.close();
  return time;
}

/** Counts one walk in some server, and now and then what else happens there. @returns how many events that were */
function countWalk(stats: StatsRecorder, pages: readonly Page[], random: () => number): number {
  // Squared: the first pages of a guide are read far more often than the last.
  const pick = () => pages[Math.floor(random() ** 2 * pages.length)]?.name ?? '';
  const server = serverAt(Math.floor(random() * SERVERS));
  let events = 1;
  let from: string | undefined;
  for (let step = 0; step < 8 && random() < 0.85; step++) {
    const to = pick();
    recordStep(stats, server, { from, to, isLink: step > 0 });
    events += step > 0 ? 3 : 1;
    from = to;
  }
  const chance = random();
  if (from && chance < 0.3) stats.count(server, chance < 0.2 ? 'helped' : 'not-helped', from);
  else if (chance < 0.4) stats.count(server, 'shown', pick());
  else if (chance < 0.5) stats.count(server, 'asked', chance < 0.45 ? 'answered' : 'unsure');
  if (chance > 0.98) stats.question(server, `how do i get number ${Math.floor(random() * 500)} back`);
  return events;
}

function serverAt(i: number): string {
  return `1${String(i).padStart(18, '0')}`;
}
