// /faq-pin add: which permissions the moderator and the bot need, and where nothing may be posted.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { BOT_PERMISSIONS } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { PAGE, pinHelpers } from './pin-helpers.ts';
import { ADMIN, MANAGE_ONLY, MEMBER, MODERATOR, PIN_ONLY, useWorld } from './world.ts';

const { PublicThread } = ChannelType;

describe('permissions for /faq-pin add', () => {
  const world = useWorld();
  const { newChannel, add, posted, postsTo } = pinHelpers(world);

  it('needs only the permission to send in threads in a thread', async () => {
    const parent = newChannel();
    const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
    const may = newChannel({ type: PublicThread, parent, botPermissions: BOT_PERMISSIONS & ~SendMessages });
    expect((await add(may))?.content).toContain('Pinned in');
    const mayNot = newChannel({
      type: PublicThread,
      parent,
      botPermissions: BOT_PERMISSIONS & ~SendMessagesInThreads,
    });
    expect((await add(mayNot))?.content).toBe(en.pin.botLacks('**Send Messages in Threads**', mayNot.id));
  });

  const NEEDED = {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    EmbedLinks: 'Embed Links',
    ReadMessageHistory: 'Read Message History',
    PinMessages: 'Pin Messages',
  } as const;
  it.each(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory', 'PinMessages'] as const)(
    'posts nothing if the bot lacks %s, and says so',
    async (name) => {
      const channel = newChannel({ botPermissions: BOT_PERMISSIONS & ~PermissionFlagsBits[name] });
      const here = await world.moderator.in(channel).slash('faq-pin add', { topic: PAGE });
      for (const message of [await add(channel), here.message]) {
        expect(message?.flags).toBe(64);
        if (name !== 'ViewChannel') expect(message?.content).toBe(en.pin.botLacks(`**${NEEDED[name]}**`, channel.id));
        else expect(message?.content).toContain(en.pin.botLacks('**View Channel**', '').split(' in ')[0]);
      }
      expect(postsTo(channel)).toEqual([]);
      world.discord.setBotPermissions(channel, null);
      expect((await add(channel))?.content).toContain('Pinned in');
    },
  );

  it.each([
    ['a member', MEMBER, false],
    ['who may manage messages only', MANAGE_ONLY, false],
    ['who may pin only', PIN_ONLY, true],
    ['an admin', ADMIN, true],
  ])('used by %s, for a named channel and for this one', async (name, permissions, mayDo) => {
    const channel = newChannel();
    const person = world.newcomer(name, permissions);
    for (const line of ['faq-pin add', 'faq-pin remove'])
      for (const { message } of [
        await person.slash(line, { topic: PAGE, channel }),
        await person.in(channel).slash(line, { topic: PAGE }),
      ])
        if (mayDo) expect(message?.content).not.toContain('You need');
        else expect(message).toMatchObject({ content: en.pin.youLack('**Pin Messages**', channel.id), flags: 64 });
    expect(postsTo(channel)).toHaveLength(mayDo ? 1 : 0);
  });

  it('checks the permission in the target channel, not where the command is used', async () => {
    const channel = newChannel();
    const user = world.discord.addUser('Nina');
    const may = (here: bigint, there: bigint) =>
      world.discord.person(user, world.general, { permissions: here, permissionsIn: new Map([[channel.id, there]]) });
    const { message } = await may(MODERATOR, MEMBER).slash('faq-pin add', { topic: PAGE, channel });
    expect(message?.content).toBe(en.pin.youLack('**Pin Messages**', channel.id));
    expect(postsTo(channel)).toEqual([]);
    const second = await may(MEMBER, MODERATOR).slash('faq-pin add', { topic: PAGE, channel });
    expect(second.message?.content).toContain('Pinned in');
  });

  it('says in a DM that it needs a server', async () => {
    const channel = newChannel();
    const person = world.newcomer('Dora', ADMIN);
    const inDm = world.discord.person(person.user, world.discord.dmOf(person.user));
    const options = { topic: PAGE, channel };
    const sent = [
      await person.slash('faq-pin add', options),
      await person.slash('faq-pin remove', options),
      await person.slash('faq-pin list'),
    ];
    for (const { interaction } of sent)
      expect((await inDm.sendRaw({ type: 2, data: interaction.payload.data })).message?.content).toBe(
        en.error.serverOnly,
      );
  });

  it.each([
    ['archived', { archived: true, locked: false }],
    ['locked', { archived: false, locked: true }],
    ['archived and locked', { archived: true, locked: true }],
  ])('posts nothing to a thread that is %s', async (_, state) => {
    const thread = newChannel({ type: PublicThread, parent: newChannel(), ...state });
    expect((await add(thread))?.content).toBe(en.pin.archived(thread.id));
    expect(posted(thread)).toEqual([]);
    expect(thread.archived).toBe(state.archived);
  });

  it('names the permission for threads if Discord refuses a post there', async () => {
    const thread = newChannel({ type: PublicThread, parent: newChannel() });
    for (const act of [
      () => add(thread),
      async () => (await world.moderator.in(thread).slash('faq-pin add', { topic: PAGE })).message,
    ]) {
      world.discord.fail({ match: new RegExp(`POST /channels/${thread.id}/`), status: 403, code: 50_013 });
      const sentence = en.pin.botLacks('**Send Messages in Threads**, **Embed Links**', thread.id);
      expect((await act())?.content).toBe(sentence);
    }
  });

  it('posts nothing to a channel of another server', async () => {
    const there = world.discord.addChannel(world.discord.addGuild('Elsewhere'), 'general');
    const { message } = await world.newcomer('Ivo', ADMIN).slash('faq-pin add', { topic: PAGE, channel: there });
    expect(message?.content).toBe(en.pin.notThere(there.id));
    expect(postsTo(there)).toEqual([]);
  });
});
