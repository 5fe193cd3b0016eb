// The bot without a transport, on the shipped content and a database of its own in a temporary folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIInteraction, REST } from 'discord.js';
import { pino } from 'pino';
import { commandsFor, responders } from '../commands/index.ts';
import { readContentFolder } from '../src/content/files.ts';
import { openContentFolder } from '../src/content/folder.ts';
import type { Bot } from '../src/discord/command.ts';
import { createLivingPins } from '../src/discord/living-pins.ts';
import { createQuestionAnswering } from '../src/discord/question-answering.ts';
import { createRouter, type Router } from '../src/discord/router.ts';
import { unknownButton } from '../src/discord/walk-buttons.ts';
import { openReplyCache } from '../src/replies/cache.ts';
import { openStatsRecorder } from '../src/stats/recorder.ts';
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
 * Puts the bot together; `close` removes what it left.
 * @param discord what stands for Discord; without it nothing does, and whatever asks it fails
 */
export async function openBenchBot({ rest, apiUrl }: Pick<Bot, 'rest' | 'apiUrl'> = NOWHERE) {
  const log = pino({ level: 'silent' });
  const home = mkdtempSync(join(tmpdir(), 'guidepost-bench-'));
  const folder = await openContentFolder('content', readContentFolder, { log, clock: systemClock });
  const store = openStore(`file:${join(home, 'guidepost.db')}`, { log, clock: systemClock });
  const replyCache = openReplyCache(store, { log });
  const stats = openStatsRecorder(store, { log });
  const pins = createLivingPins({
    rest,
    store,
    book: replyCache,
    log,
    clock: systemClock,
    content: () => folder.current,
  });
  const bot: Bot = {
    content: folder.current,
    rest,
    apiUrl,
    store,
    replyCache,
    pins,
    answering: createQuestionAnswering({ log, clock: systemClock }),
    stats,
    log,
    clock: systemClock,
  };
  const commands = commandsFor(folder.current);
  const router = createRouter(
    { commands: () => commands, responders: responders(systemClock), unknownButton: unknownButton },
    bot,
  );
  const close = async () => {
    folder.close();
    await Promise.all([pins.close(1000), stats.close()]);
    replyCache.close();
    await store.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { bot, router, close };
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
