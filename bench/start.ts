// The start as an operator sees it: a process of its own, from its start to answering on the fake Discord.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeDiscord } from 'fake-discord';
import { DEFAULT_LOCALE } from '../src/guide/model.ts';
import { startOwnProcess } from './own-process.ts';

const STARTS = 5;
/** Until the search is read from the cache, too, in ms. */
const SETTLE_MS = 3000;
/** Until the search is trained and in the cache, at the first start with a content folder, in ms. */
const TRAIN_MS = 60_000;

interface Start {
  readonly ms: number;
  /** Resident memory, in MiB: when the bot is ready, and some seconds later. */
  readonly ready: number;
  readonly later: number;
}

/** Start to ready and resident memory, medians of five starts, with all languages and with English alone. */
export async function measureStart(): Promise<[string, string][]> {
  const discord = await startFakeDiscord();
  const english = englishAlone();
  const rows: [string, string][] = [];
  for (const [name, folder] of [
    ['all languages', 'content'],
    ['English alone', english],
  ] as const) {
    await startOnce(discord, folder, TRAIN_MS);
    const starts: Start[] = [];
    for (let i = 0; i < STARTS; i++) starts.push(await startOnce(discord, folder, SETTLE_MS));
    rows.push(
      [`${name}: start (built) to ready`, `median ${median(starts.map(({ ms }) => ms)).toFixed(0)} ms of ${STARTS}`],
      [`${name}: resident memory when ready`, `median ${median(starts.map(({ ready }) => ready)).toFixed(0)} MiB`],
      [`${name}: the same 3 s later`, `median ${median(starts.map(({ later }) => later)).toFixed(0)} MiB`],
    );
  }
  await discord.stop();
  rmSync(english, { recursive: true });
  return rows;
}

/** A copy of the content without the translations. */
function englishAlone(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guidepost-bench-'));
  for (const entry of readdirSync('content', { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== DEFAULT_LOCALE) continue;
    cpSync(join('content', entry.name), join(folder, entry.name), { recursive: true });
  }
  return folder;
}

/** @param waitMs how long the bot runs after it is ready */
async function startOnce(discord: { token: string; apiUrl: string }, folder: string, waitMs: number): Promise<Start> {
  const bot = await startOwnProcess(discord, folder);
  const ready = bot.residentMiB();
  await sleep(waitMs);
  const later = bot.residentMiB();
  await bot.stop();
  return { ms: bot.readyMs, ready, later };
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
