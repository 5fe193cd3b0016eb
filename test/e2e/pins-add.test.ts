// /faq-pin: posts and pins a topic, or leaves nothing behind and says what to do; lists and removes what is pinned.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import type { Channel, Message } from '../../src/preview/model.ts';
import { BOT_PERMISSIONS } from '../../src/preview/permissions.ts';
import { buttonsOf } from '../../src/preview/person.ts';
import { shippedEdition } from '../shipped.ts';
import { databases, type TestDatabase } from '../store/databases.ts';
import { ADMIN, MANAGE_ONLY, MEMBER, MODERATOR, openWorld, PIN_ONLY, until, type World, write } from './world.ts';

const edition = await shippedEdition();
const PAGE = 'close-account#money';
const TITLE = edition.pages.get(PAGE)?.title ?? expect.fail(`there is a page ${PAGE}`);
const { GuildText, GuildAnnouncement, GuildVoice, GuildStageVoice, GuildForum, GuildMedia } = ChannelType;
const { PublicThread, PrivateThread, AnnouncementThread } = ChannelType;
const PIN_NOTICE = 6;

describe.each(databases)('/faq-pin on $name', (kind) => {
  let database: TestDatabase;
  let world: World;
  let made = 0;
  beforeAll(async () => {
    database = await kind.create();
    world = await openWorld({ DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await world.stop();
    await database.close();
  });

  const newChannel = (options: Parameters<World['discord']['addChannel']>[2] = {}) =>
    world.discord.addChannel(world.guild, `channel-${made++}`, options);
  const add = async (channel: Channel, topic = PAGE) =>
    (await world.moderator.slash('faq-pin add', { topic, channel })).message;
  const remove = async (channel: Channel, topic = PAGE) =>
    (await world.moderator.slash('faq-pin remove', { topic, channel })).message;
  const posted = (channel: Channel) => world.discord.messagesOf(channel);
  const postsTo = ({ id }: Channel) =>
    world.discord.requests.filter(({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`);
  const url = (channel: Channel, message: Message | undefined) =>
    `https://discord.com/channels/${world.guild.id}/${channel.id}/${message?.id}`;
  /** No message, no pin, nothing remembered. */
  const expectNothing = async (channel: Channel) => {
    expect(posted(channel)).toEqual([]);
    expect(world.discord.pinsOf(channel)).toEqual([]);
    expect((await remove(channel))?.content).toBe(en.pin.notPinned(channel.id));
  };

  // What only Discord has a part in is looked at once.
  const once = it.runIf(kind.name === 'SQLite');
  if (kind.name !== 'SQLite')
    console.info(`${kind.name}: what only Discord has a part in was tested on SQLite and is left out`);

  describe('add', () => {
    once('posts no second copy where it sees the first one again', async () => {
      const channel = newChannel();
      await add(channel);
      const [pinned] = world.discord.pinsOf(channel);
      world.discord.setBotPermissions(channel, 0n);
      await world.moderator.slash('faq-pin list');
      world.discord.setBotPermissions(channel, null);
      expect((await add(channel))?.content).toBe(en.pin.already(channel.id, url(channel, pinned)));
      expect(world.discord.pinsOf(channel)).toEqual([pinned]);
      const { message } = await world.moderator.slash('faq-pin list');
      expect(message?.embeds[0]?.description).toContain(en.pin.state.alive);
      expect((await remove(channel))?.content).toBe(en.pin.removed(TITLE, channel.id));
    });

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

    it('leaves the pin where the notice cannot be removed', async () => {
      const channel = newChannel();
      world.discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status: 403, code: 50_013, times: 9 });
      expect((await add(channel))?.content).toContain('Pinned in');
      expect(world.discord.pinsOf(channel)).toHaveLength(1);
    });

    it('posts here where no channel is named, and what was typed by its words', async () => {
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
    ])('works in %s, named or here', async (_, type, parentType) => {
      const make = () =>
        newChannel(parentType === undefined ? { type } : { type, parent: newChannel({ type: parentType }) });
      const [named, here] = [make(), make()];
      await add(named);
      await world.moderator.in(here).slash('faq-pin add', { topic: PAGE });
      for (const channel of [named, here]) expect(world.discord.pinsOf(channel)).toHaveLength(1);
    });

    once('needs in a thread the permission to send in threads, and no other to send', async () => {
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
    once.each(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory', 'PinMessages'] as const)(
      'posts nothing where the bot lacks %s, and says so',
      async (name) => {
        const channel = newChannel({ botPermissions: BOT_PERMISSIONS & ~PermissionFlagsBits[name] });
        const here = await world.moderator.in(channel).slash('faq-pin add', { topic: PAGE });
        for (const message of [await add(channel), here.message]) {
          expect(message?.flags).toBe(64);
          if (name !== 'ViewChannel') expect(message?.content).toBe(en.pin.botLacks(`**${NEEDED[name]}**`, channel.id));
          else expect(message?.content).toContain('I lack the permission **View Channel**');
        }
        expect(postsTo(channel)).toEqual([]);
        world.discord.setBotPermissions(channel, null);
        expect((await add(channel))?.content).toContain('Pinned in');
      },
    );

    once.each([
      ['a member', MEMBER, false],
      ['who may manage messages only', MANAGE_ONLY, false],
      ['who may pin only', PIN_ONLY, true],
      ['an admin', ADMIN, true],
    ])('by %s, named or here', async (name, permissions, mayDo) => {
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

    once('asks for the permission where the pin is to be, not where the command is used', async () => {
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

    once('says in a DM that it needs a server', async () => {
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

    once.each([
      ['archived', { archived: true, locked: false }],
      ['locked', { archived: false, locked: true }],
      ['archived and locked', { archived: true, locked: true }],
    ])('posts nothing into a thread that is %s', async (_, state) => {
      const thread = newChannel({ type: PublicThread, parent: newChannel(), ...state });
      expect((await add(thread))?.content).toBe(en.pin.archived(thread.id));
      expect(posted(thread)).toEqual([]);
      expect(thread.archived).toBe(state.archived);
    });

    once('leaves nothing behind in a channel with 250 pins', async () => {
      const channel = newChannel();
      for (let i = 0; i < 250; i++)
        world.discord.pin((await world.member.in(channel).say(`number ${i}`)).message, world.member.user);
      const before = posted(channel).length;
      expect((await add(channel))?.content).toBe(en.pin.full(channel.id));
      expect(posted(channel)).toHaveLength(before);
      expect((await remove(channel))?.content).toBe(en.pin.notPinned(channel.id));
    });

    once.each([
      [30_003, 400, ({ id }: Channel) => en.pin.full(id)],
      [50_013, 403, ({ id }: Channel) => en.pin.botLacks('**Pin Messages**', id)],
      [50_001, 403, ({ id }: Channel) => en.pin.notThere(id)],
      [50_083, 400, ({ id }: Channel) => en.pin.archived(id)],
      [10_008, 404, () => en.pin.failed],
      [0, 500, () => en.pin.failed],
      [0, 502, () => en.pin.failed],
    ])('leaves nothing behind where Discord refuses the pin with %i (%i)', async (code, status, sentence) => {
      const channel = newChannel();
      world.discord.fail({ match: new RegExp(`PUT /channels/${channel.id}/`), status, code, times: 50 });
      expect(await add(channel)).toMatchObject({ content: sentence(channel), flags: 64 });
      expect(postsTo(channel)).toHaveLength(1);
      await expectNothing(channel);
    });

    once.each([
      [50_001, 403, ({ id }: Channel) => en.pin.notThere(id)],
      [10_003, 404, ({ id }: Channel) => en.pin.notThere(id)],
      [50_013, 403, ({ id }: Channel) => en.pin.botLacks('**Send Messages**, **Embed Links**', id)],
      [160_005, 403, ({ id }: Channel) => en.pin.archived(id)],
      [200_000, 400, () => en.pin.blocked],
      [240_000, 400, () => en.pin.blocked],
      [0, 500, () => en.pin.failed],
    ])('posts nothing where Discord refuses the post with %i (%i)', async (code, status, sentence) => {
      const channel = newChannel();
      world.discord.fail({ match: new RegExp(`POST /channels/${channel.id}/`), status, code, times: 50 });
      expect(await add(channel)).toMatchObject({ content: sentence(channel), flags: 64 });
      await expectNothing(channel);
    });

    once.each([
      ['a connection that breaks before the pin', 'PUT', { reset: 'before' as const }],
      ['a connection that breaks after the pin', 'PUT', { reset: 'after' as const }],
      ['a connection that breaks before the post', 'POST', { reset: 'before' as const }],
      ['a connection that breaks after the post', 'POST', { reset: 'after' as const }],
      ['a 429 on the pin', 'PUT', { status: 429, retryAfter: 0.3 }],
      ['a 429 on the post', 'POST', { status: 429, retryAfter: 0.3 }],
      ['a 500 on the pin', 'PUT', { status: 500 }],
      ['a 502 on the post', 'POST', { status: 502 }],
      ['a pin that takes longer than 3 seconds', 'PUT', { delayMs: 3200 }],
    ])('pins once in spite of %s', async (_, method, fault) => {
      const channel = newChannel();
      world.discord.fail({ match: new RegExp(`${method} /channels/${channel.id}/`), times: 1, ...fault });
      expect((await add(channel))?.content).toContain('Pinned in');
      await until('one message', () => posted(channel).length === 1);
      expect(world.discord.pinsOf(channel)).toEqual(posted(channel));
    });

    once.each(['before', 'after'] as const)(
      'leaves nothing behind where every connection breaks %s the pin',
      async (reset) => {
        const channel = newChannel();
        world.discord.fail({ match: new RegExp(`PUT /channels/${channel.id}/`), reset, times: 50 });
        expect((await add(channel))?.content).toBe(en.pin.failed);
        await until('nothing', () => posted(channel).length === 0);
        await expectNothing(channel);
      },
    );

    once('names the permission of threads where Discord refuses the post in one', async () => {
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

    once('says where its message is when it can neither be pinned nor deleted', async () => {
      const channel = newChannel();
      world.discord.fail({ match: new RegExp(`PUT /channels/${channel.id}/`), status: 403, code: 50_013 });
      world.discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status: 403, code: 50_001 });
      const message = await add(channel);
      expect(message?.content).toBe(en.pin.leftBehind(url(channel, posted(channel)[0])));
      expect((await remove(channel))?.content).toBe(en.pin.notPinned(channel.id));
    });

    once('posts nothing into a channel of another server', async () => {
      const there = world.discord.addChannel(world.discord.addGuild('Elsewhere'), 'general');
      const { message } = await world.newcomer('Ivo', ADMIN).slash('faq-pin add', { topic: PAGE, channel: there });
      expect(message?.content).toBe(en.pin.notThere(there.id));
      expect(postsTo(there)).toEqual([]);
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

    it('of two at the same moment leaves one', async () => {
      const channel = newChannel();
      const answers = await Promise.all([add(channel), add(channel), add(channel)]);
      expect(answers.filter((message) => message?.content.startsWith('Pinned in'))).toHaveLength(1);
      expect(
        answers.filter((message) => message?.content.startsWith('This topic cannot be pinned twice')),
      ).toHaveLength(2);
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

    it('says so for a topic that nobody knows', async () => {
      const channel = newChannel();
      expect((await add(channel, 'r:zzzzzzzz'))?.content).toBe(en.faq.noTopic('r:zzzzzzzz'));
      expect(postsTo(channel)).toEqual([]);
    });
  });

  describe('remove', () => {
    it('deletes the message and forgets it', async () => {
      const channel = newChannel();
      await add(channel);
      expect(await remove(channel, TITLE)).toMatchObject({ content: en.pin.removed(TITLE, channel.id), flags: 64 });
      await until('nothing', () => posted(channel).length === 0);
      await expectNothing(channel);
    });

    it('forgets what is gone already: message, or unpinned', async () => {
      const channel = newChannel();
      await add(channel);
      world.discord.removeMessage(world.discord.pinsOf(channel)[0] ?? expect.fail());
      expect((await remove(channel))?.content).toBe(en.pin.removedGone(TITLE, channel.id));
      await add(channel);
      world.discord.unpin(world.discord.pinsOf(channel)[0] ?? expect.fail());
      expect((await remove(channel))?.content).toBe(en.pin.removed(TITLE, channel.id));
      await until('nothing', () => posted(channel).length === 0);
    });

    it('forgets what the list has found gone', async () => {
      const channel = world.discord.addChannel(world.discord.addGuild('Tiny'), 'general');
      const admin = world.newcomer('Ada', ADMIN, channel);
      await admin.slash('faq-pin add', { topic: PAGE });
      world.discord.removeMessage(world.discord.pinsOf(channel)[0] ?? expect.fail());
      await admin.slash('faq-pin list');
      const removed = await admin.slash('faq-pin remove', { topic: PAGE });
      expect(removed.message?.content).toBe(en.pin.removedGone(TITLE, channel.id));
      expect((await admin.slash('faq-pin list')).message?.content).toBe(en.pin.none);
    });

    it('keeps the pin in mind where Discord fails, so that it can be tried again', async () => {
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
    ])('says that nothing was removed where %s', async (_, code, status, sentence) => {
      const channel = newChannel();
      await add(channel);
      await until('the notice gone', () => posted(channel).length === 1);
      world.discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status, code, times: 4 });
      const said = (await remove(channel))?.content;
      expect(said).toBe(sentence(channel.id));
      expect(said).toContain('nothing was removed');
      expect(world.discord.pinsOf(channel)).toHaveLength(1);
    });

    once('says that nothing was removed from an archived thread, and removes it once that is open', async () => {
      const thread = newChannel({ type: PublicThread, parent: newChannel() });
      await add(thread);
      thread.archived = true;
      expect((await remove(thread))?.content).toBe(en.pin.kept.archived(thread.id));
      thread.archived = false;
      expect((await remove(thread))?.content).toBe(en.pin.removed(TITLE, thread.id));
    });

    it('takes nothing from a channel of another server, whatever the interaction says', async () => {
      const channel = newChannel();
      await add(channel);
      const far = world.discord.addChannel(world.discord.addGuild('Afar'), 'general');
      const stranger = world.newcomer('Sly', ADMIN, far);
      const { message } = await stranger.slash('faq-pin remove', { topic: PAGE, channel });
      expect(message?.content).toBe(en.pin.notPinned(channel.id));
      expect(world.discord.pinsOf(channel)).toHaveLength(1);
      expect((await remove(channel))?.content).toBe(en.pin.removed(TITLE, channel.id));
    });

    it('offers what is pinned, also a reply that was removed since', async () => {
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

    it('knows nothing of another server', async () => {
      const channel = newChannel();
      await add(channel);
      const stranger = world.newcomer(
        'Stan',
        ADMIN,
        world.discord.addChannel(world.discord.addGuild('Far'), 'general'),
      );
      expect((await stranger.slash('faq-pin list')).message?.content).toBe(en.pin.none);
      expect((await stranger.slash('faq-pin remove', { topic: PAGE })).message?.content).toBe(
        en.pin.notPinned(stranger.channel.id),
      );
      expect(world.discord.pinsOf(channel)).toHaveLength(1);
    });
  });

  describe('list', () => {
    it.each([
      ['a member', MEMBER, false],
      ['who may pin only', PIN_ONLY, true],
      ['who may manage messages only', MANAGE_ONLY, true],
      ['an admin', ADMIN, true],
    ])('by %s', async (name, permissions, mayDo) => {
      const person = world.newcomer(name, permissions);
      const { message } = await person.slash('faq-pin list');
      const refused = en.error.lacks('**Pin Messages**, **Manage Messages**');
      if (mayDo) expect(message?.content).not.toBe(refused);
      else expect(message?.content).toBe(refused);
      const pressed = await person.sendRaw({ type: 3, data: { component_type: 2, custom_id: 'n1:list:1' } }, message);
      if (!mayDo) expect(pressed.message?.content).toBe(refused);
    });

    it('tells of each pin what has become of it', async () => {
      const guild = world.discord.addGuild('Motley');
      const admin = world.newcomer('Ada', ADMIN, world.discord.addChannel(guild, 'general'));
      const topic = await write(admin, 'Of our own', 'x');
      const make = async (name: string, pinned = PAGE) => {
        const channel = world.discord.addChannel(guild, name);
        await admin.slash('faq-pin add', { topic: pinned, channel });
        const [message] = world.discord.pinsOf(channel);
        return { channel, message: message ?? expect.fail(`nothing pinned in ${name}`) };
      };
      const { state } = en.pin;
      const [alive, unpinned, message, gone, access, ownTopic] = [
        await make('alive'),
        await make('unpinned'),
        await make('deleted message'),
        await make('deleted channel'),
        await make('hidden'),
        await make('topic gone', topic),
      ];
      world.discord.unpin(unpinned.message);
      world.discord.removeMessage(message.message);
      world.discord.removeChannel(gone.channel);
      world.discord.setBotPermissions(access.channel, 0n);
      await admin.press((await admin.slash('faq-edit remove', { topic })).message, en.confirm.remove);
      const expected = (accessState: string) =>
        [
          [alive, state.alive, TITLE],
          [unpinned, state.unpinned, TITLE],
          [message, state.message, TITLE],
          [gone, state.channel, TITLE],
          [access, accessState, TITLE],
          [ownTopic, state.topic, en.pin.unknownTopic],
        ] as const;
      const lines = async () =>
        (await admin.slash('faq-pin list')).message?.embeds[0]?.description?.split('\n\n').sort();
      const written = (rows: ReturnType<typeof expected>) =>
        rows
          .map(
            ([
              {
                channel,
                message: { id },
              },
              sentence,
              title,
            ]) =>
              en.pin.line(title, channel.id, `https://discord.com/channels/${guild.id}/${channel.id}/${id}`, sentence),
          )
          .sort();
      expect(await lines()).toEqual(written(expected(state.access)));
      expect(await lines(), 'the same again').toEqual(written(expected(state.access)));
      world.discord.setBotPermissions(access.channel, null);
      expect(await lines(), 'seen again').toEqual(written(expected(state.alive)));
      world.discord.fail({ match: new RegExp(`GET /channels/${alive.channel.id}/`), status: 500, times: 50 });
      expect((await lines())?.join()).toContain(state.unknown);
    });

    it('shows ten to a page, and turns both ways, also after a restart', async () => {
      const guild = world.discord.addGuild('Large');
      const admin = world.newcomer('Ada', ADMIN, world.discord.addChannel(guild, 'general'));
      const channels = Array.from({ length: 23 }, (_, i) => world.discord.addChannel(guild, `c${i}`));
      await Promise.all(channels.map((channel) => admin.slash('faq-pin add', { topic: PAGE, channel })));
      const { message } = await admin.slash('faq-pin list');
      const seen: string[] = [];
      const look = () => {
        const found = [...(message?.embeds[0]?.description ?? '').matchAll(/<#(\d+)>/g)].map(([, id]) => id ?? '');
        seen.push(...found);
        return [found.length, ...(message ? buttonsOf(message).map(({ label }) => label) : [])];
      };
      const { older, newer } = en.pin;
      expect(look()).toEqual([10, older]);
      await admin.press(message, older);
      expect(look()).toEqual([10, newer, older]);
      await world.restart();
      await admin.press(message, older);
      expect(look()).toEqual([3, newer]);
      expect(seen.sort()).toEqual(channels.map(({ id }) => id).sort());
      await admin.press(message, newer);
      expect(look()).toEqual([10, newer, older]);
      for (const odd of ['n1:list:99', 'n1:list:-1', 'n1:list:x', 'n1:list:1e9']) {
        await admin.pressId(message, odd);
        expect(look()[0]).toBeGreaterThan(0);
      }
    });
  });
});
