// "Answer with FAQ": the menu of topics, its search, and the reply to the message.
import { InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { BOT_PERMISSIONS, type Channel } from 'fake-discord';
import { afterAll, expect, it } from 'vitest';
import { answerWithFaqCommand, answerWithFaqComponents } from '../../commands/answer-with-faq.ts';
import { type Answer, Refusal } from '../../src/discord/answer.ts';
import { messageUrl } from '../../src/discord/links.ts';
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import { en } from '../../src/i18n/en.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { contentInLanguages, HINDI_REAR, SPANISH_TITLES } from '../guide/editions.ts';
import { CHANNEL_ID, componentInteraction, messageCommandInteraction, modalInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { buttonsOf, contextOf, FRONT, messageOf, modalOf, openDiscordWorld, REAR, START } from './world.ts';

const { discord, services, writeAll, counted, close } = await openDiscordWorld();
const command = answerWithFaqCommand(services);
const components = answerWithFaqComponents(services);
afterAll(close);

const guild = discord.addGuild('Harbour');
const general = discord.addChannel(guild, 'general');
const asker = discord.addUser('Mina');
const { ViewChannel, SendMessages, SendMessagesInThreads, EmbedLinks, ReadMessageHistory } = PermissionFlagsBits;
const ask = (context: object = {}) =>
  command.onMessageCommand?.(messageCommandInteraction('Answer with FAQ', { id: '55' }, context)) ??
  expect.fail('no answer');
const press = (id: string, context: object = {}) =>
  components.onComponent?.(componentInteraction(id, context)) ?? expect.fail('no answer');
const submit = (text: string, context: object = {}) =>
  components.onModal?.(modalInteraction('a1:search:55', { text }, context)) ?? expect.fail('no answer');
const question = async (channel: Channel = general) =>
  (await discord.person(asker, channel).say('how do i open it?')).message;
/** Chooses a topic for a message in a channel. */
const choose = (messageId: string, topic: string, channel: Channel = general, more: object = {}) =>
  press(`a1:choose:${messageId}`, { guildId: guild.id, channel, values: [topic], ...more });
const repliesTo = (messageId: string, channel: Channel = general) =>
  discord.messagesOf(channel).filter(({ replyTo }) => replyTo?.messageId === messageId);
const menuOf = async (answer: Answer | Promise<Answer>) => {
  const [row] = (await messageOf(answer)).components ?? [];
  const menu = row && 'components' in row ? row.components[0] : undefined;
  return menu && 'options' in menu ? menu : expect.fail('no menu');
};

it('asks privately which topic answers the message', async () => {
  const shown = await messageOf(ask());
  expect(shown).toMatchObject({ content: en.menu.choose, flags: MessageFlags.Ephemeral });
  expect(await menuOf(ask())).toEqual({
    type: 3,
    custom_id: 'a1:choose:55',
    placeholder: en.menu.placeholder,
    options: [START, FRONT, REAR].map((value) => ({ label: contextOf().topics.find(value)?.title, value })),
  });
  expect(buttonsOf(shown)).toEqual([[en.menu.search, 'a1:search:55']]);
});

it('offers at most 25 topics, the server’s own first', async () => {
  const guildId = newId();
  await writeAll(
    guildId,
    Array.from({ length: 26 }, (_, i) => `Reply ${i + 10}`),
  );
  const { options } = await menuOf(ask({ guildId }));
  expect(options).toHaveLength(25);
  expect(options[24]?.label).toBe('Reply 34');
  const found = await menuOf(submit('reply', { guildId }));
  expect(found.options).toHaveLength(25);
});

it('replies to the message, notifies its author, and counts the topic', async () => {
  const { id } = await question();
  counted.length = 0;
  const answer = await choose(id, FRONT);
  expect(answer.response.type).toBe(InteractionResponseType.DeferredMessageUpdate);
  expect(repliesTo(id)).toEqual([]);
  const shown = await messageOf(answer);
  const [reply, ...others] = repliesTo(id);
  expect(others).toEqual([]);
  expect(reply?.embeds[0]?.title).toBe(contextOf().topics.find(FRONT)?.title);
  expect(reply?.notifies).toEqual({ everyone: false, roles: [], users: [asker.id] });
  const url = messageUrl({ guildId: guild.id, channelId: general.id, messageId: reply?.id ?? '' });
  expect(shown).toMatchObject({ content: en.menu.sent(url), components: [] });
  expect(counted).toEqual([[guild.id, 'shown', FRONT]]);
});

it('replies in the server’s language, and lists topics in that of the moderator', async () => {
  const { contexts } = services;
  const { content } = contexts;
  contexts.replaceContent(contentInLanguages());
  try {
    const { id } = await question();
    const locales = { guildLocale: 'es-ES', locale: 'hi' };
    const shown = await messageOf(choose(id, REAR, general, locales));
    const [reply] = repliesTo(id);
    expect(reply?.embeds[0]?.title).toBe(SPANISH_TITLES.rear);
    const url = messageUrl({ guildId: guild.id, channelId: general.id, messageId: reply?.id ?? '' });
    expect(shown.content).toBe(messagesFor('hi').menu.sent(url));
    expect((await menuOf(ask(locales))).options.map(({ label }) => label)).toContain(HINDI_REAR);
  } finally {
    contexts.replaceContent(content);
  }
});

it('posts one reply if the answer to the post is lost', async () => {
  const { id } = await question();
  discord.fail({ match: new RegExp(`POST /channels/${general.id}/messages$`), reset: 'after' });
  await messageOf(choose(id, FRONT));
  expect(repliesTo(id)).toHaveLength(1);
});

it('says so if the chosen topic is gone, or none was chosen', async () => {
  const { id } = await question();
  const gone = new Refusal(en.edit.gone);
  await expect(choose(id, 'r:zzzzzzzz')).rejects.toThrow(gone);
  await expect(choose(id, '', general, { values: [] })).rejects.toThrow(gone);
  await expect(press(`a1:choose:${id}`)).rejects.toThrow(gone);
  expect(repliesTo(id)).toEqual([]);
});

it('searches for a topic', async () => {
  const { customId, title, inputs } = await modalOf(press('a1:search:55'));
  expect([customId, title]).toEqual(['a1:search:55', en.menu.searchTitle]);
  expect(inputs).toMatchObject({ text: { label: en.menu.searchLabel, max_length: 100, required: true, style: 1 } });
  const shown = await messageOf(submit('back'));
  expect(shown).toMatchObject({ content: en.menu.choose, flags: MessageFlags.Ephemeral });
  const menu = await menuOf(submit('back'));
  expect([menu.custom_id, menu.options.map(({ value }) => value)]).toEqual(['a1:choose:55', [REAR]]);
});

it.each([
  ['a word', '*qqqq*'],
  ['a long text', 'q'.repeat(81)],
])('says that no topic fits %s', async (_, text) => {
  await expect(submit(text)).rejects.toThrow(new Refusal(en.menu.none(plainTextWithin(text, 80))));
});

it.each([
  ['View Channel', ViewChannel],
  ['Send Messages', SendMessages],
  ['Embed Links', EmbedLinks],
  ['Read Message History', ReadMessageHistory],
])('says immediately that the bot lacks %s', async (name, bit) => {
  const context = { appPermissions: String(BOT_PERMISSIONS & ~bit) };
  const lacks = new Refusal(en.pin.botLacks(`**${name}**`, CHANNEL_ID));
  await expect(ask(context)).rejects.toThrow(lacks);
  await expect(press('a1:choose:55', { ...context, values: [FRONT] })).rejects.toThrow(lacks);
});

it('needs the permission to send in threads in a thread', async () => {
  const channel = { id: '77', type: 11 };
  const lacks = new Refusal(en.pin.botLacks('**Send Messages in Threads**', '77'));
  await expect(ask({ channel, appPermissions: String(BOT_PERMISSIONS & ~SendMessagesInThreads) })).rejects.toThrow(
    lacks,
  );
  expect((await messageOf(ask({ channel, appPermissions: String(BOT_PERMISSIONS & ~SendMessages) }))).content).toBe(
    en.menu.choose,
  );
});

it.each<[string, number, number, string | ((id: string) => string)]>([
  ['a permission is missing', 50_013, 403, (id) => en.pin.botLacks('**Send Messages**, **Embed Links**', id)],
  ['the history is hidden', 160_002, 403, (id) => en.pin.botLacks('**Read Message History**', id)],
  ['the message is gone', 10_008, 404, en.menu.gone],
  ['the channel is hidden', 50_001, 403, en.pin.notThere],
  ['the channel is deleted', 10_003, 404, en.pin.notThere],
  ['AutoMod blocks it', 200_000, 400, en.pin.blocked],
  ['the thread is locked', 160_005, 403, en.pin.archived],
  ['Discord fails', 0, 500, en.menu.failed],
])('says what to do if Discord refuses the reply: %s', async (_, code, status, sentence) => {
  const channel = discord.addChannel(guild, 'refusing');
  counted.length = 0;
  discord.fail({ match: new RegExp(`POST /channels/${channel.id}/messages$`), status, code });
  const expected = typeof sentence === 'string' ? sentence : sentence(channel.id);
  await expect(messageOf(choose('55', FRONT, channel))).rejects.toThrow(new Refusal(expected));
  expect(counted).toEqual([]);
});

it('names the permission for threads if Discord refuses a reply there', async () => {
  const thread = discord.addChannel(guild, 'thread', { type: 11, parent: general });
  discord.fail({ match: new RegExp(`POST /channels/${thread.id}/messages$`), status: 403, code: 50_013 });
  const names = '**Send Messages in Threads**, **Embed Links**';
  await expect(messageOf(choose('55', FRONT, thread))).rejects.toThrow(new Refusal(en.pin.botLacks(names, thread.id)));
});

it('says so if the message was deleted, or cannot be replied to', async () => {
  await expect(messageOf(choose('55', FRONT))).rejects.toThrow(new Refusal(en.menu.gone));
  const channel = discord.addChannel(guild, 'notices');
  discord.pin(await question(channel), asker);
  const notice = discord.messagesOf(channel).find(({ type }) => type === 6);
  await expect(messageOf(choose(notice?.id ?? '', FRONT, channel))).rejects.toThrow(new Refusal(en.menu.system));
});

it('is for members who manage messages, in servers', async () => {
  const permissions = String(PermissionFlagsBits.PinMessages);
  const lacks = new Refusal(en.error.lacks('**Manage Messages**'));
  const serverOnly = new Refusal(en.error.serverOnly);
  for (const act of [
    ask,
    (context: object) => press('a1:search:55', context),
    (context: object) => submit('x', context),
  ]) {
    await expect(act({ permissions })).rejects.toThrow(lacks);
    await expect(act({ guildId: null })).rejects.toThrow(serverOnly);
  }
});

it.each([
  ['a1:choose:55', true],
  ['a1:search:55', true],
  ['a1:choose:', false],
  ['a1:choose:x', false],
  ['a1:other:55', false],
  ['xa1:choose:55', false],
])('knows whether an id is its own: %s', (id, isOwn) => {
  expect(components.matches(id)).toBe(isOwn);
});
