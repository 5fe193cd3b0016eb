// Pinned messages that cannot be edited: each is retried with growing delays, without delaying others.

import type { Channel, Message, Person } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { ADMIN, change, until, useWorld, write } from './world.ts';

/** What Discord says to an edit, what a moderator reads then, and how many requests 13 seconds may bring at most. */
const FAULTS = [
  { fault: { status: 400, code: 50083 }, state: 'archived', tries: 3 },
  { fault: { status: 400, code: 200000 }, state: 'blocked', tries: 3 },
  { fault: { status: 403, code: 50013 }, state: 'forbidden', tries: 3 },
  // discord.js itself sends a request up to four times after a 5xx.
  { fault: { status: 500 }, state: 'failing', tries: 12 },
] as const;

describe.each(databases)('a pin that cannot be edited, on $name', { timeout: 90_000 }, (kind) => {
  let admin: Person;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url, PORT: '0' }));
  beforeAll(async () => {
    admin = world.newcomer('Ada', ADMIN);
  });

  let channels = 0;
  const pin = async (topic: string): Promise<{ channel: Channel; message: Message }> => {
    const channel = world.discord.addChannel(world.guild, `pins-${++channels}`);
    const { message } = await admin.slash('faq-pin add', { topic, channel });
    const pinned = world.discord.pinsOf(channel)[0];
    return { channel, message: pinned ?? expect.fail(`not pinned: ${message?.content}`) };
  };
  const edits = ({ id }: Message) =>
    world.discord.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(`/messages/${id}`)).length;
  const textOf = (message: Message) => message.embeds[0]?.description;
  const listed = async () => (await admin.slash('faq-pin list')).message?.embeds[0]?.description ?? '';
  const behind = async () =>
    /guidepost_pins_behind (\d+)/.exec(await (await fetch(`${world.url()}/metrics`)).text())?.[1];

  it('is retried rarely, is listed with the reason, and delays no other pin', async () => {
    const topic = await write(admin, 'Pinned in many places', 'one');
    const others = [await pin(topic), await pin(topic)];
    const broken: { message: Message; channel: Channel; tries: number }[] = [];
    for (const { fault, tries } of FAULTS) {
      const { message, channel } = await pin(topic);
      world.discord.fail({ match: new RegExp(`^PATCH /channels/${channel.id}/`), times: 1000, ...fault });
      broken.push({ message, channel, tries });
    }
    await change(admin, topic, { text: 'two' });
    for (const { message } of others) await until('the others follow', () => textOf(message) === 'two');
    await until('all were tried', () => broken.every(({ message }) => edits(message) > 0));
    const sentences = world.messages.pin.state;
    for (const { state } of FAULTS) await until(state, async () => (await listed()).includes(sentences[state]));
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    for (const { message, tries } of broken) expect(edits(message)).toBeLessThanOrEqual(tries);
    expect(others.map(({ message }) => edits(message))).toEqual([1, 1]);
    expect(await behind()).toBe(String(FAULTS.length));
    for (const { channel } of broken) await admin.slash('faq-pin remove', { topic, channel });
    expect(await behind()).toBe('0');
  });

  it('is updated once it can be edited again', async () => {
    const topic = await write(admin, 'Archived for a moment', 'one');
    const { channel, message } = await pin(topic);
    world.discord.fail({ match: new RegExp(`^PATCH /channels/${channel.id}/`), times: 1, status: 400, code: 50083 });
    await change(admin, topic, { text: 'two' });
    await until('it follows', () => textOf(message) === 'two', 15_000);
    await until('it is listed as up to date', async () => (await listed()).includes(`· ${en.pin.state.alive}`));
  });

  it('is retried immediately if its text changed during a failed edit', async () => {
    const topic = await write(admin, 'Blocked', 'one');
    const { channel, message } = await pin(topic);
    const match = new RegExp(`^PATCH /channels/${channel.id}/`);
    world.discord.fail({ match, times: 1, status: 400, code: 200000 });
    world.discord.fail({ match, times: 1, status: 400, code: 200000, delayMs: 4000 });
    await change(admin, topic, { text: 'two' });
    await until('it failed', () => edits(message) > 0);
    // Looking at the list brings the second try forward, unless it has begun already.
    await until('its reason', async () => (await listed()).includes(en.pin.state.blocked));
    await new Promise((resolve) => setTimeout(resolve, 700));
    await change(admin, topic, { text: 'three' });
    await until('it failed again', () => edits(message) >= 2);
    // Without the change it would wait for 9 seconds at least.
    await until('it follows', () => textOf(message) === 'three', 8500);
  });
});
