// The bot without a transport, on the shipped content and a database of its own in a temporary folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIInteraction, REST } from 'discord.js';
import { pino } from 'pino';
import { type AppDependencies, createApp } from '../src/app.ts';
import { readContentFolder } from '../src/content/files.ts';
import { openContentFolder } from '../src/content/folder.ts';
import type { Router } from '../src/discord/router.ts';
import { openStore } from '../src/store/store.ts';
import { systemClock } from '../src/system-clock.ts';
import { spread } from './spread.ts';

const NOWHERE = { rest: new REST(), apiUrl: 'http://127.0.0.1:9' };

/** What every interaction in a server carries, as far as the router looks at it. */
export const AROUND = {
  id: '1',
  application_id: '1',
  token: 't',
  version: 1,
  locale: 'en-US',
  guild_id: '2',
  channel_id: '3',
};

/**
 * Opens the bot.
 * @param discord without it there is no Discord: every request to it fails
 * @returns also `close`, which removes what the bot left
 */
export async function openBenchBot(discord: Pick<AppDependencies, 'rest' | 'apiUrl'> = NOWHERE) {
  const options = { log: pino({ level: 'silent' }), clock: systemClock };
  const home = mkdtempSync(join(tmpdir(), 'guidepost-bench-'));
  const folder = await openContentFolder('content', readContentFolder, options);
  const store = openStore(`file:${join(home, 'guidepost.db')}`, options);
  const app = createApp({ ...discord, ...options, folder, store });
  const close = async () => {
    await folder.close();
    await app.close();
    await store.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { app, content: folder.current, store, close };
}

/** Times answers one after the other, from a payload to the JSON that would be sent. @param make a payload for a round */
export async function timeRouter(router: Router, rounds: number, make: (i: number) => object): Promise<string> {
  const list: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const interaction: APIInteraction = JSON.parse(JSON.stringify(make(i)));
    const from = performance.now();
    JSON.stringify((await router(interaction)).response);
    list.push(performance.now() - from);
  }
  return spread(list);
}
