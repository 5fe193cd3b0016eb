// The message command "Answer with FAQ": sends a topic as a reply to a message.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Channel, Message } from 'fake-discord';
import { BOT_PERMISSIONS, menusOf, type Person } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { addMember } from './help-desk.ts';
import { ADMIN, MANAGE_ONLY, MEMBER, PIN_ONLY, until, useWorld, write } from './world.ts';

const MENU = 'Answer with FAQ';
const lacks = en.error.lacks('**Manage Messages**');
let topic = '';
const world = useWorld();
beforeAll(async () => {
  topic = await write(world.moderator, 'Refund rules', 'Ask <@1> or @everyone\nor <@&2>', 'money back');
});

const optionsOf = (message: Message | null) => {
  const [menu] = message ? menusOf(message) : [];
  return menu && 'options' in menu ? menu.options : [];
};
const question = async (channel: Channel = world.general) =>
  (await addMember(world.discord, channel, 'Nora').say('how do i get my money back?')).message;
const ask = async (target: Message, person: Person = world.moderator) => person.in(target.channel).menu(MENU, target);
const repliesTo = (target: Message) =>
  world.discord.messagesOf(target.channel).filter(({ replyTo }) => replyTo?.messageId === target.id);

describe('Answer with FAQ', () => {
  it('asks which topic, privately, with the server’s own first', async () => {
    const { message } = await ask(await question());
    expect(message).toMatchObject({ content: en.menu.choose, flags: 64 });
    expect(optionsOf(message)).toHaveLength(25);
    expect(optionsOf(message)[0]).toMatchObject({ label: 'Refund rules', value: topic });
  });

  it('replies to the message and notifies only its author', async () => {
    const target = await question();
    const { message } = await ask(target);
    await world.moderator.choose(message, 0, [topic]);
    const [reply, ...others] = repliesTo(target);
    expect(others).toEqual([]);
    expect(reply?.embeds[0]).toMatchObject({ title: 'Refund rules', description: 'Ask <@1> or @everyone\nor <@&2>' });
    expect(reply?.notifies).toEqual({ everyone: false, roles: [], users: [target.author.id] });
    const url = `https://discord.com/channels/${world.guild.id}/${world.general.id}/${reply?.id}`;
    expect(message?.content).toBe(en.menu.sent(url));
    expect(message && menusOf(message)).toEqual([]);
  });

  it('answers with a page of the guides, with its buttons', async () => {
    const target = await question();
    const { message } = await ask(target);
    const option = optionsOf(message).find(({ value }) => value.includes('#'));
    await world.moderator.choose(message, 0, [option?.value ?? '']);
    expect(repliesTo(target)[0]?.embeds[0]?.title).toBe(option?.label);
    expect(repliesTo(target)[0]?.components.length).toBeGreaterThan(0);
  });

  it('sends one reply if the response to the post is lost', async () => {
    const target = await question();
    const { message } = await ask(target);
    world.discord.fail({
      match: new RegExp(`POST /channels/${target.channel.id}/messages$`),
      reset: 'after',
      times: 1,
    });
    await world.moderator.choose(message, 0, [topic]);
    expect(repliesTo(target)).toHaveLength(1);
    expect(message?.content).toContain(repliesTo(target)[0]?.id);
  });

  it('searches for a topic that is not in the menu', async () => {
    const target = await question();
    const { message } = await ask(target);
    const opened = await world.moderator.press(message, en.menu.search);
    const found = (await world.moderator.submit(opened, { text: 'money back' })).message;
    expect(found).toMatchObject({ content: en.menu.choose, flags: 64 });
    expect(optionsOf(found)[0]?.value).toBe(topic);
    await world.moderator.choose(found, 0, [topic]);
    expect(repliesTo(target)).toHaveLength(1);
    const none = await world.moderator.submit(await world.moderator.press(message, en.menu.search), {
      text: 'qqqq zzzz',
    });
    expect(none.message?.content).toBe(en.menu.none('qqqq zzzz'));
  });

  it('works if the bot restarts before the choice', async () => {
    const target = await question();
    const { message } = await ask(target);
    await world.restart();
    await until('the reply', async () => {
      await world.moderator.choose(message, 0, [topic]);
      return repliesTo(target).length === 1;
    });
  });

  it('says so if the message was deleted', async () => {
    const target = await question();
    const { message } = await ask(target);
    world.discord.removeMessage(target);
    await world.moderator.choose(message, 0, [topic]);
    expect(message?.content).toBe(en.menu.gone);
    world.discord.refusals.length = 0;
  });

  it('says so if the topic was removed', async () => {
    const gone = await write(world.moderator, 'Short-lived', 'x');
    const target = await question();
    const { message } = await ask(target);
    await world.moderator.press(
      (await world.moderator.slash('faq-edit remove', { topic: gone })).message,
      en.confirm.remove,
    );
    const answer = await world.moderator.choose(message, 0, [gone]);
    expect(answer.message?.content).toBe(en.edit.gone);
    expect(repliesTo(target)).toEqual([]);
  });

  it.each([
    [50_013, 403, en.pin.botLacks('**Send Messages**, **Embed Links**', '').split(' in ')[0]],
    [160_002, 403, en.pin.botLacks('**Read Message History**', '').split(' in ')[0]],
    [10_008, 404, en.menu.gone],
    [50_001, 403, en.pin.notThere('').slice(0, 12)],
    [200_000, 400, en.pin.blocked],
    [240_000, 400, en.pin.blocked],
    [160_005, 403, 'archived or locked'],
    [0, 500, en.menu.failed],
  ])('says what to do if Discord refuses the post with %i', async (code, status, part) => {
    const channel = world.discord.addChannel(world.guild, `refusing-${code}`);
    const target = await question(channel);
    const { message } = await ask(target);
    world.discord.fail({ match: new RegExp(`POST /channels/${channel.id}/messages$`), status, code, times: 50 });
    await world.moderator.in(channel).choose(message, 0, [topic]);
    expect(message?.content).toContain(part);
    expect(repliesTo(target)).toEqual([]);
  });

  it('names the permission for threads if Discord refuses a post there', async () => {
    const thread = world.discord.addChannel(world.guild, 'a thread', {
      type: ChannelType.PublicThread,
      parent: world.general,
    });
    const { message } = await ask(await question(thread));
    world.discord.fail({ match: new RegExp(`POST /channels/${thread.id}/messages$`), status: 403, code: 50_013 });
    await world.moderator.in(thread).choose(message, 0, [topic]);
    expect(message?.content).toBe(en.pin.botLacks('**Send Messages in Threads**, **Embed Links**', thread.id));
  });

  it("says so for a system message, which can't be replied to", async () => {
    const channel = world.discord.addChannel(world.guild, 'notices');
    world.discord.pin(await question(channel), world.moderator.user);
    const notice = world.discord.messagesOf(channel).find(({ type }) => type === 6);
    const { message } = await ask(notice ?? expect.fail('a notice'));
    await world.moderator.in(channel).choose(message, 0, [topic]);
    expect(message?.content).toBe(en.menu.system);
    world.discord.refusals.length = 0;
  });

  it('counts a reply as shown only after it was posted', async () => {
    const channel = world.discord.addChannel(world.discord.addGuild('Counted'), 'general');
    const moderator = world.newcomer('Cleo', ADMIN, channel);
    const target = (await moderator.say('how do i get my money back?')).message;
    const choose = async () => {
      const { message } = await ask(target, moderator);
      await moderator.choose(message, 0, ['close-account#before']);
    };
    world.discord.fail({ match: new RegExp(`POST /channels/${channel.id}/messages$`), status: 403, code: 50_013 });
    await choose();
    await choose();
    const shown = async () => (await moderator.slash('insights')).message?.embeds[0]?.description ?? '';
    const { insights } = en;
    expect(await until('a count', async () => (await shown()).includes('Pages read') && shown())).toContain(
      insights.shown('1', insights.new),
    );
  });

  it.each(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'] as const)(
    'says so immediately if the bot lacks %s',
    async (name) => {
      const channel = world.discord.addChannel(world.guild, `no-${name.toLowerCase()}`);
      const target = await question(channel);
      const { message: before } = await ask(target);
      world.discord.setBotPermissions(channel, BOT_PERMISSIONS & ~PermissionFlagsBits[name]);
      for (const { message } of [await ask(target), await world.moderator.in(channel).choose(before, 0, [topic])]) {
        expect(message?.content).toContain(en.pin.botLacks('', '').split(' in ')[0]);
        expect(message?.content.toLowerCase().replaceAll(' ', '')).toContain(name.toLowerCase());
      }
      expect(repliesTo(target)).toEqual([]);
    },
  );

  it('needs only the permission to send in threads in a thread', async () => {
    const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
    const make = (name: string, botPermissions: bigint) =>
      world.discord.addChannel(world.guild, name, {
        type: ChannelType.PublicThread,
        parent: world.general,
        botPermissions,
      });
    const may = await question(make('may', BOT_PERMISSIONS & ~SendMessages));
    await world.moderator.choose((await ask(may)).message, 0, [topic]);
    expect(repliesTo(may)).toHaveLength(1);
    const mayNot = await question(make('may not', BOT_PERMISSIONS & ~SendMessagesInThreads));
    expect((await ask(mayNot)).message?.content).toBe(
      en.pin.botLacks('**Send Messages in Threads**', mayNot.channel.id),
    );
  });

  it.each([
    ['a member', MEMBER, false],
    ['who may pin only', PIN_ONLY, false],
    ['who may manage messages only', MANAGE_ONLY, true],
    ['an admin', ADMIN, true],
  ])('is for moderators: %s', async (name, permissions, mayDo) => {
    const person = world.newcomer(name, permissions);
    const target = await question();
    const { message, interaction } = await ask(target, person);
    // To the first person with Manage Server it ends with a line about /setup.
    expect(message?.content.split('\n-# ')[0]).toBe(mayDo ? en.menu.choose : lacks);
    const { message: theirs } = await ask(target);
    const choosing = { component_type: 3, custom_id: `a1:choose:${target.id}`, values: [topic] };
    const chosen = await person.sendRaw({ type: 3, data: choosing }, theirs);
    if (!mayDo) expect(chosen.message?.content).toBe(lacks);
    const searched = await person.sendRaw(
      { type: 3, data: { component_type: 2, custom_id: `a1:search:${target.id}` } },
      theirs,
    );
    expect(searched.type).toBe(mayDo ? 9 : 4);
    expect(repliesTo(target)).toHaveLength(mayDo ? 1 : 0);
    const dm = world.discord.person(person.user, world.discord.dmOf(person.user));
    expect((await dm.sendRaw({ type: 2, data: interaction.payload.data })).message?.content).toBe(en.error.serverOnly);
  });

  it('a search sent by somebody without the permission is refused', async () => {
    const { message } = await ask(await question());
    const opened = await world.moderator.press(message, en.menu.search);
    expect((await world.other.submit(opened, { text: 'money' })).message?.content).toBe(lacks);
  });
});
