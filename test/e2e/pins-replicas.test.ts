// Several processes with one database: each pin is edited once after a change.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningBot } from '../../src/live.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { ADMIN, change, until, useWorld, write } from './world.ts';

const REPLICAS = 4;
const PINS = 5;
/** The limit is 8 seconds; a machine that runs all tests in parallel is slower. */
const FOLLOWS_MS = 14_000;

describe.each(databases)('pins of four processes on $name', { timeout: 60_000 }, (kind) => {
  const replicas: RunningBot[] = [];
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  beforeAll(async () => {
    while (replicas.length < REPLICAS - 1) replicas.push(await world.start());
  }, 60_000);
  afterAll(async () => {
    for (const bot of replicas) await bot.stop();
  });

  it('are edited once each after a change', async () => {
    const admin = world.newcomer('Ada', ADMIN);
    const topic = await write(admin, 'Shared by all', 'one');
    const channels = Array.from({ length: PINS }, (_, i) => world.discord.addChannel(world.guild, `c${i}`));
    for (const channel of channels) await admin.slash('faq-pin add', { topic, channel });
    const messages = channels.map((channel) => world.discord.pinsOf(channel)[0] ?? expect.fail('it is pinned'));
    await change(admin, topic, { text: 'two' });
    for (const message of messages)
      await until('it follows', () => message.embeds[0]?.description === 'two', FOLLOWS_MS);
    // Long enough for every other process to receive the notification and check its pins.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(messages.map(({ revision }) => revision)).toEqual(messages.map(() => 1));
  });
});
