// /faq-pin remove: deletes the message and its record.
import { ChannelType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { PAGE, pinHelpers, TITLE } from './pin-helpers.ts';
import { ADMIN, until, useWorld, write } from './world.ts';

const { PublicThread } = ChannelType;

describe.each(databases)('/faq-pin remove on $name', (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  const { newChannel, add, remove, posted, expectNothing } = pinHelpers(world);

  // Tests that involve only Discord run on one database.
  const once = it.runIf(kind.name === 'SQLite');
  if (kind.name !== 'SQLite') console.info(`${kind.name}: skips tests that involve only Discord; they ran on SQLite`);

  it('deletes the message and its record', async () => {
    const channel = newChannel();
    await add(channel);
    expect(await remove(channel, TITLE)).toMatchObject({ content: en.pin.removed(TITLE, channel.id), flags: 64 });
    await until('nothing', () => posted(channel).length === 0);
    await expectNothing(channel);
  });

  it('deletes the record of a pin whose message is deleted or unpinned', async () => {
    const channel = newChannel();
    await add(channel);
    world.discord.removeMessage(world.discord.pinsOf(channel)[0] ?? expect.fail());
    expect((await remove(channel))?.content).toBe(en.pin.removedGone(TITLE, channel.id));
    await add(channel);
    world.discord.unpin(world.discord.pinsOf(channel)[0] ?? expect.fail());
    expect((await remove(channel))?.content).toBe(en.pin.removed(TITLE, channel.id));
    await until('nothing', () => posted(channel).length === 0);
  });

  it('deletes the record of a pin that the list found missing', async () => {
    const channel = world.discord.addChannel(world.discord.addGuild('Tiny'), 'general');
    const admin = world.newcomer('Ada', ADMIN, channel);
    await admin.slash('faq-pin add', { topic: PAGE });
    world.discord.removeMessage(world.discord.pinsOf(channel)[0] ?? expect.fail());
    await admin.slash('faq-pin list');
    const removed = await admin.slash('faq-pin remove', { topic: PAGE });
    expect(removed.message?.content).toBe(en.pin.removedGone(TITLE, channel.id));
    expect((await admin.slash('faq-pin list')).message?.content).toBe(world.messages.pin.none);
  });

  it('keeps the record if Discord fails, so that it can be tried again', async () => {
    const channel = newChannel();
    await add(channel);
    await until('the notice gone', () => posted(channel).length === 1);
    world.discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status: 500, times: 4 });
    expect((await remove(channel))?.content).toBe(en.pin.kept.failed);
    expect((await remove(channel))?.content).toBe(en.pin.removed(TITLE, channel.id));
  });

  once.each([
    ['a permission is missing', 50_013, 403, en.pin.kept.permission],
    ['the channel is hidden', 50_001, 403, en.pin.kept.access],
    ['the thread is archived', 50_083, 400, en.pin.kept.archived],
    ['the thread is locked', 160_005, 403, en.pin.kept.archived],
    ['Discord fails', 0, 502, () => en.pin.kept.failed],
    ['Discord knows a reason that the bot does not', 40_058, 400, () => en.pin.kept.failed],
  ])('says that nothing was removed if %s', async (_, code, status, sentence) => {
    const channel = newChannel();
    await add(channel);
    await until('the notice gone', () => posted(channel).length === 1);
    world.discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status, code, times: 4 });
    const said = (await remove(channel))?.content;
    expect(said).toBe(sentence(channel.id));
    expect(said).toMatch(/^Nothing was removed/);
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
  });

  once('removes nothing from an archived thread, until it is unarchived', async () => {
    const thread = newChannel({ type: PublicThread, parent: newChannel() });
    await add(thread);
    thread.archived = true;
    expect((await remove(thread))?.content).toBe(en.pin.kept.archived(thread.id));
    thread.archived = false;
    expect((await remove(thread))?.content).toBe(en.pin.removed(TITLE, thread.id));
  });

  it('removes nothing from a channel of another server, whatever the interaction says', async () => {
    const channel = newChannel();
    await add(channel);
    const far = world.discord.addChannel(world.discord.addGuild('Afar'), 'general');
    const stranger = world.newcomer('Sly', ADMIN, far);
    const { message } = await stranger.slash('faq-pin remove', { topic: PAGE, channel });
    expect(message?.content).toBe(world.messages.pin.notPinned(channel.id));
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
    expect((await remove(channel))?.content).toBe(en.pin.removed(TITLE, channel.id));
  });

  it('offers what is pinned, also a removed reply', async () => {
    const guild = world.discord.addGuild('Small');
    const channel = world.discord.addChannel(guild, 'general');
    const admin = world.newcomer('Ada', ADMIN, channel);
    expect(await admin.autocomplete('faq-pin remove', 'topic', '')).toEqual([]);
    const topic = await write(admin, 'Soon gone', 'x');
    for (const each of [topic, PAGE]) await admin.slash('faq-pin add', { topic: each });
    const offered = async () => (await admin.autocomplete('faq-pin remove', 'topic', '')).map(({ value }) => value);
    expect((await offered()).sort()).toEqual([PAGE, topic]);
    await admin.press((await admin.slash('faq-edit remove', { topic })).message, en.confirm.remove);
    expect((await offered()).sort()).toEqual([PAGE, topic]);
    const { message } = await admin.slash('faq-pin remove', { topic });
    expect(message?.content).toBe(en.pin.removed(en.pin.unknownTopic, channel.id));
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
  });

  it('offers nothing of other servers', async () => {
    const channel = newChannel();
    await add(channel);
    const stranger = world.newcomer('Stan', ADMIN, world.discord.addChannel(world.discord.addGuild('Far'), 'general'));
    // The first answer to somebody with Manage Server ends with a line about /setup.
    const { message } = await stranger.slash('faq-pin list');
    expect(message?.content.split('\n-# ')[0]).toBe(world.messages.pin.none);
    expect((await stranger.slash('faq-pin remove', { topic: PAGE })).message?.content).toBe(
      world.messages.pin.notPinned(stranger.channel.id),
    );
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
  });
});
