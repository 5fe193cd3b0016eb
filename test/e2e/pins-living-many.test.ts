// Many living pins in several servers follow a change of content, also when the bot restarts meanwhile.

import type { Message } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases } from '../store/databases.ts';
import { FOLLOWS_MS, livingPins, PAGE } from './living-pins.ts';
import { change, until, write } from './world.ts';

/** Discord's limit for a bot is 50 requests a second in all. */
const PER_SECOND = 40;

describe.each(databases)('many living pins on $name', { timeout: 90_000 }, (kind) => {
  // Tests that involve only Discord run on one database. The other one gets fewer servers.
  const once = it.runIf(kind.name === 'SQLite');
  if (kind.name !== 'SQLite') console.info(`${kind.name}: skips tests that involve only Discord; they ran on SQLite`);
  const servers = kind.name === 'SQLite' ? 6 : 2;
  const total = 10 * servers;
  const { world, newGuild, pin, titleOf, shows, retitle } = livingPins(kind);
  /** Every pin, with its number of edits when the test started. */
  const all: { message: Message; before: number }[] = [];
  beforeAll(async () => {
    // The bot answers before its database is open.
    await until('the database', async () => {
      const { message } = await world.moderator.slash('faq-pin list');
      return message?.content !== en.error.store.unavailable;
    });
    for (let i = 0; i < servers; i++) {
      const { admin, channels } = newGuild(10);
      const messages = await Promise.all(channels.map((channel) => pin(admin, PAGE, channel)));
      all.push(...messages.map((message) => ({ message, before: 0 })));
    }
  });

  const patches = () =>
    world.discord.requests.filter(({ method, path }) => method === 'PATCH' && path.startsWith('/channels/'));
  /** Remembers the present edits of all pins. @returns the number of PATCH requests so far */
  const startCounting = () => {
    for (const each of all) each.before = each.message.revision;
    return patches().length;
  };
  const done = (title: string) => all.filter(({ message }) => titleOf(message) === title).length;
  const expectPaced = (from: number) => {
    const times = patches()
      .slice(from)
      .map(({ at }) => at);
    const busiest = Math.max(...times.map((at) => times.filter((one) => one >= at && one < at + 1000).length));
    expect(busiest).toBeLessThanOrEqual(PER_SECOND);
  };

  once('all are updated, each with one edit, below Discord’s limit', async () => {
    const from = startCounting();
    retitle('Money for sixty');
    await until('all', () => done('Money for sixty') === total, FOLLOWS_MS);
    expectPaced(from);
    expect(all.map(({ message, before }) => message.revision - before)).toEqual(all.map(() => 1));
  });

  it('all are updated, none twice, if the bot restarts meanwhile', async () => {
    const from = startCounting();
    retitle('Money once more');
    await until('some', () => done('Money once more') >= 5, FOLLOWS_MS);
    await world.restart();
    expect(done('Money once more')).toBeLessThan(total);
    await until('all', () => done('Money once more') === total, FOLLOWS_MS);
    expectPaced(from);
    expect(all.map(({ message, before }) => message.revision - before)).toEqual(all.map(() => 1));
  });

  once('a moderator’s change does not wait for the others', async () => {
    const { admin, channel } = newGuild();
    const topic = await write(admin, 'Urgent', 'one');
    const message = await pin(admin, topic, channel);
    retitle('Money in a crowd');
    await until('some', () => done('Money in a crowd') >= 3, FOLLOWS_MS);
    await change(admin, topic, { text: 'two' });
    await shows(message, 'two');
    expect(done('Money in a crowd')).toBeLessThan(total);
    await until('all', () => done('Money in a crowd') === total, FOLLOWS_MS);
  });
});
