// /faq-pin add: posts and pins a topic once, in every type of channel.
import { ChannelType } from 'discord.js';
import { buttonsOf } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { pinsOf } from '../../src/pins/repository.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { PAGE, pinHelpers, TITLE } from './pin-helpers.ts';
import { until, useWorld } from './world.ts';

const { GuildText, GuildAnnouncement, GuildVoice, GuildStageVoice, GuildForum, GuildMedia } = ChannelType;
const { PublicThread, PrivateThread, AnnouncementThread } = ChannelType;
const PIN_NOTICE = 6;

describe.each(databases)('/faq-pin add on $name', (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  const { newChannel, add, remove, posted, postsTo, url } = pinHelpers(world);

  // Tests that involve only Discord run on one database.
  const once = it.runIf(kind.name === 'SQLite');
  if (kind.name !== 'SQLite') console.info(`${kind.name}: skips tests that involve only Discord; they ran on SQLite`);

  it('posts the topic with its buttons, pins it, and removes Discord’s notice', async () => {
    const channel = newChannel();
    const message = await add(channel);
    const [pinned, ...others] = world.discord.pinsOf(channel);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ content: en.pin.pinned(channel.id, url(channel, pinned)), flags: 64 });
    expect(pinned?.embeds[0]?.title).toBe(TITLE);
    expect(pinned && buttonsOf(pinned).length).toBeGreaterThan(0);
    expect(pinned?.notifies).toEqual({ everyone: false, users: [], roles: [] });
    await until('the notice gone', () => posted(channel).every(({ type }) => type !== PIN_NOTICE));
    expect(posted(channel)).toEqual([pinned]);
    const before = JSON.stringify(pinned?.embeds);
    const { message: walk } = await world.member.press(
      pinned ?? null,
      buttonsOf(pinned ?? expect.fail())[0]?.label ?? '',
    );
    expect(walk?.flags).toBe(64);
    expect(JSON.stringify(pinned?.embeds)).toBe(before);
  });

  it('keeps the pin if the notice cannot be removed', async () => {
    const channel = newChannel();
    world.discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status: 403, code: 50_013, times: 9 });
    expect((await add(channel))?.content).toContain('Pinned in');
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
  });

  it('posts here if no channel is named, and finds a typed topic by its words', async () => {
    const channel = newChannel();
    const { message } = await world.moderator.in(channel).slash('faq-pin add', { topic: TITLE.toLowerCase() });
    expect(message?.content).toContain('Pinned in');
    expect(world.discord.pinsOf(channel)[0]?.embeds[0]?.title).toBe(TITLE);
  });

  once.each([
    ['a text channel', GuildText, undefined],
    ['announcements', GuildAnnouncement, undefined],
    ['the chat of a voice channel', GuildVoice, undefined],
    ['the chat of a stage', GuildStageVoice, undefined],
    ['a public thread', PublicThread, GuildText],
    ['a private thread', PrivateThread, GuildText],
    ['a thread of announcements', AnnouncementThread, GuildAnnouncement],
    ['a forum post', PublicThread, GuildForum],
    ['a post of a media channel', PublicThread, GuildMedia],
  ])('works in %s, as a named channel and as this one', async (_, type, parentType) => {
    const make = () =>
      newChannel(parentType === undefined ? { type } : { type, parent: newChannel({ type: parentType }) });
    const [named, here] = [make(), make()];
    await add(named);
    await world.moderator.in(here).slash('faq-pin add', { topic: PAGE });
    for (const channel of [named, here]) expect(world.discord.pinsOf(channel)).toHaveLength(1);
  });

  once('posts no second copy if the first one is visible again', async () => {
    const channel = newChannel();
    await add(channel);
    const [pinned] = world.discord.pinsOf(channel);
    world.discord.setBotPermissions(channel, 0n);
    await world.moderator.slash('faq-pin list');
    world.discord.setBotPermissions(channel, null);
    expect((await add(channel))?.content).toBe(en.pin.already(channel.id, url(channel, pinned)));
    expect(world.discord.pinsOf(channel)).toEqual([pinned]);
    const { message } = await world.moderator.slash('faq-pin list');
    expect(message?.embeds[0]?.description).toContain(`· ${en.pin.state.alive}`);
    expect((await remove(channel))?.content).toBe(en.pin.removed(TITLE, channel.id));
  });

  it('refuses the same topic twice in a channel, with a link to the first', async () => {
    const [channel, other] = [newChannel(), newChannel()];
    await add(channel);
    const [pinned] = world.discord.pinsOf(channel);
    expect((await add(channel))?.content).toBe(en.pin.already(channel.id, url(channel, pinned)));
    expect(postsTo(channel)).toHaveLength(1);
    expect((await add(channel, 'close-account#before'))?.content).toContain('Pinned in');
    expect((await add(other))?.content).toContain('Pinned in');
  });

  it('leaves one pin of two added at the same time', async () => {
    const channel = newChannel();
    const answers = await Promise.all([add(channel), add(channel), add(channel)]);
    expect(answers.filter((message) => message?.content.startsWith('Pinned in'))).toHaveLength(1);
    expect(answers.filter((message) => message?.content.startsWith(en.pin.already(channel.id, '')))).toHaveLength(2);
    await until('one message', () => posted(channel).length === 1);
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
  });

  it('works again after the message was deleted by hand', async () => {
    const channel = newChannel();
    await add(channel);
    world.discord.removeMessage(world.discord.pinsOf(channel)[0] ?? expect.fail());
    expect((await add(channel))?.content).toContain('Pinned in');
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
  });

  it('records whether the message or its channel was deleted', async () => {
    const channel = newChannel();
    await add(channel);
    const match = new RegExp(`GET /channels/${channel.id}/messages/`);
    world.discord.fail({ match, status: 404, code: 10_003, times: 1 });
    await add(channel);
    const pins = await pinsOf(database.open(), world.guild.id);
    const here = pins.filter(({ channelId }) => channelId === channel.id);
    expect(here.map(({ goneReason }) => goneReason).sort()).toEqual(['channel', undefined]);
  });

  it('says so for an unknown topic', async () => {
    const channel = newChannel();
    expect((await add(channel, 'r:zzzzzzzz'))?.content).toBe(en.faq.noTopic('r:zzzzzzzz'));
    expect(postsTo(channel)).toEqual([]);
  });
});
