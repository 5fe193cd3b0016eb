// 2,000 living pins over 200 servers after a change of content, against the fake Discord, with a restart in the middle.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST } from 'discord.js';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { pino } from 'pino';
import { z } from 'zod';
import { readContentFolder } from '../src/content/files.ts';
import { createLivingPins } from '../src/discord/living-pins.ts';
import { ContextSource } from '../src/discord/render-context.ts';
import { addPin, pinsOf } from '../src/pins/repository.ts';
import { ReplyCache } from '../src/replies/cache.ts';
import { SettingsCache } from '../src/servers/settings-cache.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { systemClock } from '../src/system-clock.ts';

const SERVERS = 200;
const CHANNELS = 10;

/** How long it takes, how many requests a second at most, and how many were sent twice. */
export async function measurePins(): Promise<[string, string][]> {
  const log = pino({ level: 'silent' });
  const home = mkdtempSync(join(tmpdir(), 'guidepost-pins-'));
  const { content } = await readContentFolder('content');
  if (!content) throw new Error('the shipped content has errors');
  const pages = [...(content.editions.get('en')?.pages.keys() ?? [])];
  // discord.js keeps to Discord's 50 requests a second by itself; the messages to be pinned are posted without it.
  const discord = await startFakeDiscord({ globalRateLimit: Number.POSITIVE_INFINITY });
  const store = openStore(`file:${join(home, 'guidepost.db')}`, { log, clock: systemClock });
  const rest = new REST({ api: discord.apiUrl, version: '10' }).setToken(discord.token);
  const guilds = await pinEverywhere(discord, store, pages);
  const open = () => {
    const replyCache = new ReplyCache(store, { log });
    const settingsCache = new SettingsCache(store, { log });
    const contexts = new ContextSource(content, { replyCache, settingsCache, log, clock: systemClock });
    const pins = createLivingPins({ rest, store, replyCache, settingsCache, contexts, log, clock: systemClock });
    pins.start(new AbortController().signal);
    return { replyCache, pins };
  };
  const edits: number[] = [];
  const end = discord.events.subscribe((event) => {
    if (event.name === 'messageUpdate') edits.push(performance.now());
  });
  const from = performance.now();
  const first = open();
  await new Promise((done) => setTimeout(done, 20_000));
  await first.pins.close(1000);
  first.replyCache.close();
  const second = open();
  await second.pins.idle();
  const seconds = (performance.now() - from) / 1000;
  await second.pins.close(1000);
  second.replyCache.close();
  end();
  const perSecond = Math.max(...edits.map((at) => edits.filter((other) => other >= at && other < at + 1000).length));
  const states = (await Promise.all(guilds.map((guild) => pinsOf(store, guild)))).flat();
  const right = states.filter(({ shownDigest }) => shownDigest !== 'old').length;
  await store.close();
  await discord.stop();
  rmSync(home, { recursive: true, force: true });
  return [
    [
      `${SERVERS * CHANNELS} pins over ${SERVERS} servers follow a change of content, restarted after 20 s`,
      `${right} right after ${seconds.toFixed(0)} s`,
    ],
    ['edits sent for them', `${edits.length}, at most ${perSecond} in any second`],
  ];
}

/** Adds servers with channels, and an outdated pin in each channel. @returns the servers' ids */
async function pinEverywhere(discord: FakeDiscord, store: Store, pages: readonly string[]): Promise<string[]> {
  const guilds: string[] = [];
  for (let g = 0; g < SERVERS; g++) {
    const guild = discord.addGuild(`Server ${g}`);
    guilds.push(guild.id);
    for (let c = 0; c < CHANNELS; c++) {
      const { id: channelId } = discord.addChannel(guild, `channel-${c}`);
      const messageId = await post(discord, channelId);
      const topic = pages[(g + c) % pages.length] ?? '';
      await addPin(store, { guildId: guild.id, channelId, messageId, topic, shownDigest: 'old', pinnedBy: '1' });
    }
  }
  return guilds;
}

/** Posts without discord.js, whose own limit of 50 requests a second is not to be measured. */
async function post({ apiUrl, token }: { apiUrl: string; token: string }, channelId: string): Promise<string> {
  const response = await fetch(`${apiUrl}/v10/channels/${channelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'what was pinned before', allowed_mentions: { parse: [] } }),
  });
  const { id } = z.object({ id: z.string() }).parse(await response.json());
  return id;
}
