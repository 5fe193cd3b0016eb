// What the tests of living pins share: a bot on a copy of the content, servers, pins and what they show.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, Message, Person } from 'fake-discord';
import { afterAll, expect } from 'vitest';
import { copyContent } from '../content-copy.ts';
import { type DatabaseKind, useDatabase } from '../store/databases.ts';
import { ADMIN, until, useWorld } from './world.ts';

export const PAGE = 'close-account#money';
/** The limit is 8 seconds; a machine that runs all tests in parallel is slower. A retry would come after 15 seconds. */
export const FOLLOWS_MS = 14_000;

/** Runs a bot for all tests of a `describe`. */
export function livingPins(kind: DatabaseKind) {
  const content = copyContent();
  const file = join(content, 'en', 'close-account.md');
  afterAll(() => rmSync(content, { recursive: true }));
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url, CONTENT_DIR: content }));
  let guilds = 0;

  /** A server of its own with an admin and some channels. */
  const newGuild = (channelCount = 1) => {
    const guild = world.discord.addGuild(`Server ${guilds++}`);
    const channels = Array.from({ length: channelCount }, (_, i) => world.discord.addChannel(guild, `c${i}`));
    const [first] = channels;
    const admin = world.newcomer('Ada', ADMIN, first ?? expect.fail('a server has a channel'));
    return { guild, channels, admin, channel: admin.channel };
  };
  const pin = async (admin: Person, topic: string, channel: Channel): Promise<Message> => {
    const before = new Set(world.discord.pinsOf(channel));
    const { message } = await admin.slash('faq-pin add', { topic, channel });
    const pinned = world.discord.pinsOf(channel).find((each) => !before.has(each));
    return pinned ?? expect.fail(`not pinned: ${message?.content}`);
  };
  const textOf = (message: Message) => message.embeds[0]?.description;
  const titleOf = (message: Message) => message.embeds[0]?.title;
  const shows = (message: Message, text: string, limitMs = FOLLOWS_MS) =>
    until(`the pin shows ${text}`, () => textOf(message) === text, limitMs);
  /** Changes the title of the page in its file. */
  const retitle = (title: string) =>
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^## .* \{#money\b/m, `## ${title} {#money`));
  return { world, newGuild, pin, textOf, titleOf, shows, retitle };
}
