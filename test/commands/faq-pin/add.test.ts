// /faq-pin add: it posts, pins and records a topic, or leaves nothing behind.
import { RESTEvents } from 'discord.js';
import { MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel, Guild } from 'fake-discord';
import { BOT_PERMISSIONS } from 'fake-discord';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPinnedTopic } from '../../../commands/faq-pin/add.ts';
import type { PinServices } from '../../../commands/faq-pin/services.ts';
import { Refusal } from '../../../src/discord/answer.ts';
import { digestOf } from '../../../src/discord/pin-updater.ts';
import { renderTopic } from '../../../src/discord/views/page.ts';
import { en } from '../../../src/i18n/en.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { addPin, markPinGone } from '../../../src/pins/repository.ts';
import { changeSetting, readSettings } from '../../../src/servers/settings.ts';
import { StoreError } from '../../../src/store/errors.ts';
import { contentInLanguages, HINDI_REAR, SPANISH_TITLES } from '../../guide/editions.ts';
import { commandInteraction, USER_ID } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { contextOf, FRONT, messageOf, openDiscordWorld, REAR, START } from '../world.ts';
import { pinHelpers } from './pinned.ts';

const world = await openDiscordWorld();
const { discord, services, store, counted, followed, write, close } = world;
const { guild, newChannel, inChannel, pin, recorded, urlOf, requestsTo } = pinHelpers(world);
afterAll(close);

const add = async (channel: Channel, options: Record<string, string> = { topic: START }, more: object = {}) => {
  const { on = services, ...context } = more as { on?: PinServices };
  const interaction = inChannel('faq-pin add', channel, options, context);
  return messageOf(addPinnedTopic(interaction, await services.contexts.contextFor(interaction), on));
};
const already = (channel: Channel, messageId: string) =>
  new Refusal(en.pin.already(channel.id, urlOf(channel, messageId)));
const postsOf = (channel: Channel) => discord.messagesOf(channel).filter(({ type }) => type === 0);
const pinsIn = async (channel: Channel) => (await recorded()).filter(({ channelId }) => channelId === channel.id);
const failPosts = (channel: Channel, code: number, method = 'POST', times = 1) =>
  discord.fail({ match: new RegExp(`${method} /channels/${channel.id}/`), status: 403, code, times });
/** Runs once, as soon as a message is pinned in a channel and before the bot knows that. */
const whenPinned = (channel: Channel, act: () => void) => {
  const stop = discord.events.subscribe((event) => {
    if (event.name !== 'pins' || event.channel !== channel) return;
    stop();
    act();
  });
};

it('posts the topic, pins it, records it and counts it', async () => {
  const channel = newChannel();
  counted.length = 0;
  followed.length = 0;
  const interaction = inChannel('faq-pin add', channel, { topic: 'which door' });
  const answer = addPinnedTopic(interaction, await services.contexts.contextFor(interaction), services);
  expect(answer.response).toMatchObject({ type: 5, data: { flags: MessageFlags.Ephemeral } });
  expect(postsOf(channel)).toEqual([]);
  const shown = await messageOf(answer);
  const [message, ...others] = postsOf(channel);
  expect([others, discord.pinsOf(channel)]).toEqual([[], [message]]);
  const body = renderTopic(contextOf().topics.find(START) ?? expect.fail(), contextOf());
  expect(message?.embeds[0]).toMatchObject({
    title: body.embeds?.[0]?.title,
    description: body.embeds?.[0]?.description,
  });
  expect(shown.content).toBe(en.pin.pinned(channel.id, urlOf(channel, message?.id ?? '')));
  const about = { messageId: message?.id, topic: START, state: 'alive', shownDigest: digestOf(body) };
  expect(await pinsIn(channel)).toMatchObject([about]);
  const rows = await store.run((db) =>
    db.selectFrom('pins').selectAll().where('channel_id', '=', channel.id).execute(),
  );
  expect(rows).toMatchObject([{ pinned_by: USER_ID }]);
  expect(counted).toEqual([[guild.id, 'shown', START]]);
  expect(followed).toEqual([guild.id]);
});

it('names the moderator in the audit log, within Discord’s limit', async () => {
  const reasons: (string | undefined)[] = [];
  const note = ({ options }: { options: { headers?: object } }) => {
    const headers = new Headers(Object.entries(options.headers ?? {}));
    const reason = headers.get('x-audit-log-reason');
    if (reason) reasons.push(decodeURIComponent(reason));
  };
  services.rest.on(RESTEvents.Response, note);
  await add(newChannel());
  const interaction = inChannel('faq-pin add', newChannel(), { topic: START });
  if (interaction.member) interaction.member.user.username = 'x'.repeat(500);
  await messageOf(addPinnedTopic(interaction, contextOf(), services));
  services.rest.off(RESTEvents.Response, note);
  const full = en.pin.reason(`${'x'.repeat(500)} (${USER_ID})`, '/faq-pin add');
  expect(reasons).toEqual([en.pin.reason(`ann (${USER_ID})`, '/faq-pin add'), full.slice(0, 400)]);
});

it('posts what the pin will show, in the server’s language', async () => {
  const channel = newChannel();
  await add(channel);
  const body = await services.pins.bodyOf({ guildId: guild.id, topic: START });
  expect(await pinsIn(channel)).toMatchObject([{ shownDigest: digestOf(body ?? expect.fail('a body')) }]);
});

describe('in several languages', () => {
  const inLanguages = contentInLanguages();
  beforeEach(() => services.contexts.replaceContent(inLanguages));
  afterEach(() => services.contexts.replaceContent(world.content));
  /** Pins in a server. */
  async function pinIn(own: Guild, more: object) {
    const channel = newChannel(own);
    const shown = await add(channel, { topic: REAR }, more);
    const [message] = discord.pinsOf(channel);
    const [pinned] = await recorded(own);
    return { title: message?.embeds[0]?.title, content: shown.content ?? '', pinned, message, channel };
  }

  it('posts in the server’s language, and answers in that of the person', async () => {
    const { title, content, channel, message } = await pinIn(discord.addGuild('Faro'), {
      guildLocale: 'es-ES',
      locale: 'hi',
    });
    expect(title).toBe(SPANISH_TITLES.rear);
    expect(content).toBe(messagesFor('hi').pin.pinned(channel.id, urlOf(channel, message?.id ?? '')));
  });

  it('records the server’s language, in which the pin is kept up to date', async () => {
    const own = discord.addGuild('Faro');
    const { pinned } = await pinIn(own, { guildLocale: 'es-ES' });
    expect(await readSettings(store, own.id)).toMatchObject({ language: 'es-ES', isSetUp: false });
    const kept = (await services.pins.bodyOf({ guildId: own.id, topic: REAR })) ?? expect.fail('a topic');
    expect(pinned?.shownDigest).toBe(digestOf(kept));
  });

  it('posts in the language that was chosen for the server, and keeps it', async () => {
    const own = discord.addGuild('Faro');
    await changeSetting(store, own.id, { name: 'language', value: 'hi', by: '70' });
    expect((await pinIn(own, { guildLocale: 'es-ES' })).title).toBe(HINDI_REAR);
    expect(await readSettings(store, own.id)).toMatchObject({ language: 'hi' });
  });
});

it('pins in the chosen channel', async () => {
  const [here, there] = [newChannel(), newChannel()];
  const permissions = String(PermissionFlagsBits.PinMessages);
  const data = { resolved: { channels: { [there.id]: { id: there.id, type: 0, permissions } } } };
  const shown = await add(here, { topic: START, channel: there.id }, { data, permissions: '0', appPermissions: '0' });
  expect([discord.pinsOf(here).length, discord.pinsOf(there).length]).toEqual([0, 1]);
  expect(shown.content).toContain(`<#${there.id}>`);
});

it.each(['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory', 'PinMessages'] as const)(
  'says which permission the bot lacks before it posts: %s',
  async (name) => {
    const channel = newChannel();
    const appPermissions = String(BOT_PERMISSIONS & ~PermissionFlagsBits[name]);
    const shownName = name.replace(/(?<=.)[A-Z]/g, ' $&');
    await expect(add(channel, undefined, { appPermissions })).rejects.toThrow(
      new Refusal(en.pin.botLacks(`**${shownName}**`, channel.id)),
    );
    expect(requestsTo(channel)).toEqual([]);
  },
);

it('needs the permission to send in threads in a thread', async () => {
  const thread = newChannel(guild, { type: 11, parent: newChannel() });
  const without = (bit: bigint) => ({ appPermissions: String(BOT_PERMISSIONS & ~bit) });
  const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
  const lacks = new Refusal(en.pin.botLacks('**Send Messages in Threads**', thread.id));
  await expect(add(thread, undefined, without(SendMessagesInThreads))).rejects.toThrow(lacks);
  await add(thread, undefined, without(SendMessages));
  expect(discord.pinsOf(thread)).toHaveLength(1);
});

it.each<[string, object, (id: string) => string]>([
  ['a closed thread', { thread_metadata: { archived: true } }, en.pin.archived],
  ['a channel of another server', { guild_id: '1', thread_metadata: { archived: true } }, en.pin.notThere],
])('refuses %s before it posts', async (_, about, sentence) => {
  const channel = newChannel();
  const permissions = String(PermissionFlagsBits.PinMessages);
  const data = { resolved: { channels: { [channel.id]: { id: channel.id, type: 11, permissions, ...about } } } };
  const refused = add(newChannel(), { topic: START, channel: channel.id }, { data });
  await expect(refused).rejects.toThrow(new Refusal(sentence(channel.id)));
  expect(requestsTo(channel)).toEqual([]);
});

it('requires that the member may pin', async () => {
  const channel = newChannel();
  const refused = add(channel, undefined, { permissions: String(PermissionFlagsBits.ManageMessages) });
  await expect(refused).rejects.toThrow(new Refusal(en.pin.youLack('**Pin Messages**', channel.id)));
  const interaction = commandInteraction('faq-pin add', { topic: START }, { guildId: null });
  expect(() => addPinnedTopic(interaction, contextOf(), services)).toThrow(new Refusal(en.error.serverOnly));
});

it('refuses an unknown topic before it posts', async () => {
  const channel = newChannel();
  await expect(add(channel, { topic: 'r:zzzzzzzz' })).rejects.toThrow(new Refusal(en.faq.noTopic('r:zzzzzzzz')));
  expect(requestsTo(channel)).toEqual([]);
});

it('refuses a topic that is pinned there already, and links it', async () => {
  const channel = newChannel();
  const { message } = await pin(channel);
  counted.length = 0;
  await expect(add(channel)).rejects.toThrow(already(channel, message.id));
  expect(requestsTo(channel).filter((method) => method === 'POST')).toHaveLength(1);
  expect(counted).toEqual([]);
  await add(channel, { topic: FRONT });
  await add(newChannel());
  expect(postsOf(channel)).toHaveLength(2);
});

it('pins again after the message was deleted by hand', async () => {
  const channel = newChannel();
  const { message } = await pin(channel);
  discord.removeMessage(message);
  await add(channel);
  const [gone, alive] = (await pinsIn(channel)).sort((a, b) => Number(a.messageId) - Number(b.messageId));
  expect([gone?.goneReason, alive?.state]).toEqual(['message', 'alive']);
});

it('records that the channel of a pin was deleted', async () => {
  const channel = newChannel();
  await pin(channel);
  discord.fail({ match: new RegExp(`GET /channels/${channel.id}/messages/`), status: 404, code: 10_003 });
  await add(channel);
  expect((await pinsIn(channel)).map(({ goneReason }) => goneReason).sort()).toEqual(['channel', undefined]);
});

it.each([
  ['fails', 500, 0],
  ['hides the channel', 403, 50_001],
])('posts no second copy if Discord %s and so does not say whether the first is there', async (_, status, code) => {
  const channel = newChannel();
  const { message } = await pin(channel);
  discord.fail({ match: new RegExp(`GET /channels/${channel.id}/messages/`), status, code });
  await expect(add(channel)).rejects.toThrow(already(channel, message.id));
  expect(await pinsIn(channel)).toMatchObject([{ state: 'alive' }]);
  expect(discord.pinsOf(channel)).toHaveLength(1);
});

it('restores a pin that could not be seen for a while, instead of a second copy', async () => {
  const channel = newChannel();
  const { pin: known, message } = await pin(channel);
  await markPinGone(store, known, 'access');
  followed.length = 0;
  await expect(add(channel)).rejects.toThrow(already(channel, message.id));
  expect(await pinsIn(channel)).toMatchObject([{ state: 'alive' }]);
  expect(followed).toEqual([guild.id]);
});

it('pins again if the copy that could not be seen is gone', async () => {
  const channel = newChannel();
  const { pin: known, message } = await pin(channel);
  await markPinGone(store, known, 'access');
  discord.removeMessage(message);
  await add(channel);
  expect((await pinsIn(channel)).map(({ state }) => state).sort()).toEqual(['alive', 'gone']);
});

it('does not ask Discord for copies of other topics, of other channels, or that are deleted', async () => {
  const [channel, other] = [newChannel(), newChannel()];
  for (const [where, topic, reason] of [
    [channel, FRONT, 'access'],
    [other, START, 'access'],
    [channel, START, 'message'],
  ] as const)
    await markPinGone(store, (await pin(where, { topic })).pin, reason);
  await add(channel);
  expect((await recorded()).filter(({ state, channelId }) => state === 'alive' && channelId === other.id)).toEqual([]);
  expect((await pinsIn(channel)).map(({ state }) => state).sort()).toEqual(['alive', 'gone', 'gone']);
});

it('says why Discord refused the post, and records nothing', async () => {
  const channel = newChannel();
  failPosts(channel, 50_013);
  await expect(add(channel)).rejects.toThrow(
    new Refusal(en.pin.botLacks('**Send Messages**, **Embed Links**', channel.id)),
  );
  expect(await pinsIn(channel)).toEqual([]);
});

it('names the permission for threads if Discord refuses a post there', async () => {
  const thread = newChannel(guild, { type: 11, parent: newChannel() });
  failPosts(thread, 50_013);
  const names = '**Send Messages in Threads**, **Embed Links**';
  await expect(add(thread)).rejects.toThrow(new Refusal(en.pin.botLacks(names, thread.id)));
});

it('deletes its message again if Discord refuses the pin', async () => {
  const channel = newChannel();
  failPosts(channel, 50_013, 'PUT');
  await expect(add(channel)).rejects.toThrow(new Refusal(en.pin.botLacks('**Pin Messages**', channel.id)));
  expect(postsOf(channel)).toEqual([]);
  expect(await pinsIn(channel)).toEqual([]);
});

it('links its message if that can neither be pinned nor deleted', async () => {
  const channel = newChannel();
  failPosts(channel, 50_013, '(PUT|DELETE)', 2);
  const refused = await add(channel).catch((error: unknown) => error);
  const [left] = postsOf(channel);
  expect(refused).toEqual(new Refusal(en.pin.leftBehind(urlOf(channel, left?.id ?? ''))));
});

it('takes its message back if the topic was pinned there at the same moment, and links that one', async () => {
  const channel = newChannel();
  const first = { guildId: guild.id, channelId: channel.id, messageId: newId(), topic: START };
  whenPinned(channel, () => void addPin(store, { ...first, shownDigest: '', pinnedBy: '1' }));
  counted.length = 0;
  await expect(add(channel)).rejects.toThrow(already(channel, first.messageId));
  expect(postsOf(channel)).toEqual([]);
  expect(await pinsIn(channel)).toMatchObject([{ messageId: first.messageId }]);
  expect(counted).toEqual([]);
});

/** Services whose database fails once a message is pinned. */
function failingOncePinned(channel: Channel): PinServices {
  let isDown = false;
  whenPinned(channel, () => {
    isDown = true;
  });
  const down = new StoreError('full', 'no space');
  return { ...services, store: { ...store, run: (work) => (isDown ? Promise.reject(down) : store.run(work)) } };
}

it('takes its message back if the database fails', async () => {
  const channel = newChannel();
  await expect(add(channel, undefined, { on: failingOncePinned(channel) })).rejects.toThrow(StoreError);
  expect(postsOf(channel)).toEqual([]);
});

it('links its message if the database fails and Discord does not let it take it back', async () => {
  const channel = newChannel();
  failPosts(channel, 50_013, 'DELETE');
  const refused = await add(channel, undefined, { on: failingOncePinned(channel) }).catch((error: unknown) => error);
  const [left] = postsOf(channel);
  expect(refused).toEqual(new Refusal(en.pin.leftBehind(urlOf(channel, left?.id ?? ''))));
});

it('posts one message if the answer to the post is lost', async () => {
  const channel = newChannel();
  discord.fail({ match: new RegExp(`POST /channels/${channel.id}/messages$`), reset: 'after' });
  await add(channel);
  expect(postsOf(channel)).toHaveLength(1);
});

it('pins a server’s own reply', async () => {
  const channel = newChannel();
  const { topic } = await write(guild.id, { title: 'Lost keys', text: 'Call Ann.' });
  await add(channel, { topic: 'lost keys' });
  expect(postsOf(channel)[0]?.embeds[0]).toMatchObject({ title: 'Lost keys', description: 'Call Ann.' });
  expect(await pinsIn(channel)).toMatchObject([{ topic }]);
});
