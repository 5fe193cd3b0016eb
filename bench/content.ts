// A changed English sentence in a running process: how long until members of each translation read that it is older.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeDiscord } from 'fake-discord';
import { readContentFolder } from '../src/content/files.ts';
import { originalOf, startOf } from '../src/guide/walk.ts';
import { messagesFor } from '../src/i18n/index.ts';
import { startOwnProcess } from './own-process.ts';

const CHANGES = 5;
/** Until the first search is trained, in ms: a change that comes earlier waits for it. */
const TRAIN_MS = 60_000;

/** From saving the file to the line under the page, in each language. */
export async function measureContent(): Promise<[string, string][]> {
  const folder = mkdtempSync(join(tmpdir(), 'guidepost-bench-'));
  cpSync('content', folder, { recursive: true });
  const { content } = await readContentFolder(folder);
  if (!content) throw new Error('the shipped content has errors');
  const original = originalOf(content);
  const { id, command } = original.guides.find((guide) => guide.command !== undefined) ?? {};
  const start = command === undefined ? undefined : startOf(original, command);
  if (command === undefined || !start) throw new Error('no guide has a command');
  const locales = [...content.editions.values()].filter(({ translation }) => translation).map(({ locale }) => locale);
  const discord = await startFakeDiscord({ globalRateLimit: Number.POSITIVE_INFINITY });
  const server = discord.addGuild('Bench');
  const member = discord.person(discord.addUser('Mina'), discord.addChannel(server, 'general'));
  const bot = await startOwnProcess(discord, folder);
  await sleep(TRAIN_MS);

  const file = join(folder, 'en', `${id}.md`);
  const text = readFileSync(file, 'utf8');
  const isOlder = async (locale: string) => {
    const { message } = await member.slash(command, { language: locale });
    return JSON.stringify(message?.embeds).includes(messagesFor(locale).page.translation.older);
  };
  /** Until all or none of the translations are older, in s. */
  const until = async (older: boolean) => {
    const from = performance.now();
    for (const locale of locales) while ((await isOlder(locale)) !== older) await sleep(20);
    return (performance.now() - from) / 1000;
  };
  const seconds: number[] = [];
  for (let i = 0; i < CHANGES; i++) {
    writeFileSync(file, text.replace(start.title, `${start.title} (${i})`));
    seconds.push(await until(true));
    writeFileSync(file, text);
    seconds.push(await until(false));
  }
  await bot.stop();
  await discord.stop();
  rmSync(folder, { recursive: true });
  const sorted = seconds.sort((a, b) => a - b);
  const [median = 0, longest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return [
    [
      `a saved change of an English page is under it in ${locales.length} translations`,
      `median ${median.toFixed(1)} s, longest ${longest.toFixed(1)} s of ${sorted.length}`,
    ],
  ];
}
