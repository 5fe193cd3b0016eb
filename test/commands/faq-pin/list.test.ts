// /faq-pin list: the state of every pin, looked up in Discord, ten to a page.
import type { Channel, Message } from 'fake-discord';
import { afterAll, expect, it } from 'vitest';
import { isPinListId, pageOfPinListId, pinListPage } from '../../../commands/faq-pin/list.ts';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { markPinGone, type Pin } from '../../../src/pins/repository.ts';
import { removeReply } from '../../../src/replies/repository.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, contextOf, openDiscordWorld, START } from '../world.ts';
import { pinHelpers, recordPins } from './pinned.ts';

const en = messagesFor('en');
const world = await openDiscordWorld();
const { discord, services, store, followed, write, close } = world;
const { newChannel, pin, recorded, urlOf } = pinHelpers(world);
afterAll(close);

const title = contextOf().topics.find(START)?.title ?? '';
const { state } = en.pin;
const list = async (guildId: string, page = 0) =>
  pinListPage(guildId, page, await services.contexts.contextFor({ guild_id: guildId }), services);
const linesOf = ({ embeds }: Awaited<ReturnType<typeof list>>) => embeds?.[0]?.description?.split('\n\n') ?? [];

/** A server with one pin. */
async function pinIn(about?: Parameters<typeof pin>[1]) {
  const guild = discord.addGuild('Small');
  const channel = newChannel(guild);
  const pinned = await pin(channel, about);
  followed.length = 0;
  const check = async () => linesOf(await list(guild.id));
  const line = (text: string, shownTitle = title) =>
    en.pin.line(shownTitle, channel.id, urlOf(channel, pinned.message.id), text);
  return { guild, channel, ...pinned, check, line, now: async () => (await recorded(guild))[0] };
}
const failGet = (channel: Channel, status: number, code: number) =>
  discord.fail({ match: new RegExp(`GET /channels/${channel.id}/messages/`), status, code });
const failing = (problem: string | null) =>
  store.run((db) => db.updateTable('pins').set({ problem }).where('shown_hash', '=', 'old').execute());

it('says that nothing is pinned', async () => {
  expect(await list(newId())).toMatchObject({ content: en.pin.none, embeds: [], components: [] });
});

it('shows a pin that is up to date, and leaves it as it is', async () => {
  const { guild, check, line, now } = await pinIn();
  expect(await check()).toEqual([line(state.alive)]);
  expect((await list(guild.id)).embeds).toMatchObject([{ color: COLOR.information, title: en.pin.list }]);
  expect(followed).toEqual([]);
  expect(await now()).toMatchObject({ state: 'alive' });
});

it.each([
  [null, state.due],
  ['archived', state.archived],
  ['blocked', state.blocked],
  ['permission', state.forbidden],
  ['failed', state.failing],
])('shows a pin that is behind, has it updated, and names the last problem: %s', async (problem, shown) => {
  const { guild, check, line } = await pinIn({ digest: 'old' });
  await failing(problem);
  expect(await check()).toEqual([line(shown)]);
  expect(followed).toEqual([guild.id]);
});

it('shows that somebody unpinned the message', async () => {
  const { message, check, line, now } = await pinIn({ digest: 'old' });
  discord.unpin(message);
  expect(await check()).toEqual([line(state.unpinned)]);
  expect(await now()).toMatchObject({ state: 'alive' });
});

it('shows that the topic is gone', async () => {
  const guild = discord.addGuild('Small');
  const { topic } = await write(guild.id, { title: 'Keys' });
  const channel = newChannel(guild);
  const { message } = await pin(channel, { topic });
  await removeReply(store, { guildId: guild.id, topic, authorId: '1', cause: newId() });
  const line = en.pin.line(en.pin.unknownTopic, channel.id, urlOf(channel, message.id), state.topic);
  expect(linesOf(await list(guild.id))).toEqual([line]);
});

it.each<[string, number, number, string, Partial<Pin>]>([
  ['the message is deleted', 404, 10_008, state.message, { state: 'gone', goneReason: 'message' }],
  ['the channel is deleted', 404, 10_003, state.channel, { state: 'gone', goneReason: 'channel' }],
  ['the channel is hidden', 403, 50_001, state.access, { state: 'gone', goneReason: 'access' }],
  ['the history is hidden', 403, 50_013, state.permission, { state: 'alive' }],
  ['Discord fails', 500, 0, state.unknown, { state: 'alive' }],
  ['Discord has another reason', 403, 50_083, state.unknown, { state: 'alive' }],
])('shows and records that %s', async (_, status, code, shown, after) => {
  const { channel, check, line, now } = await pinIn();
  failGet(channel, status, code);
  expect(await check()).toEqual([line(shown)]);
  expect(await now()).toMatchObject(after);
});

it('keeps why a pin is gone, and shows what Discord says now', async () => {
  const { pin: known, channel, check, line, now } = await pinIn();
  await markPinGone(store, known, 'access');
  failGet(channel, 404, 10_008);
  expect(await check()).toEqual([line(state.message)]);
  expect(await now()).toMatchObject({ state: 'gone', goneReason: 'access' });
});

it('restores a pin whose message is there again, and has it updated', async () => {
  const { guild, pin: known, check, line, now } = await pinIn();
  await markPinGone(store, known, 'access');
  expect(await check()).toEqual([line(state.alive)]);
  expect(await now()).toMatchObject({ state: 'alive' });
  expect(followed).toEqual([guild.id]);
});

it('does not restore a pin whose topic was pinned again in that channel', async () => {
  const guild = discord.addGuild('Small');
  const channel = newChannel(guild);
  const first = await pin(channel);
  await markPinGone(store, first.pin, 'access');
  const second = await pin(channel);
  const lineFor = ({ id }: Message, text: string) => en.pin.line(title, channel.id, urlOf(channel, id), text);
  expect(linesOf(await list(guild.id))).toEqual([
    lineFor(first.message, state.message),
    lineFor(second.message, state.alive),
  ]);
  expect((await recorded(guild))[0]).toMatchObject({ state: 'gone', goneReason: 'access' });
});

it('shows titles as plain text, within 100 characters', async () => {
  const guild = discord.addGuild('Small');
  const { topic } = await write(guild.id, { title: `*${'x'.repeat(100)}` });
  await pin(newChannel(guild), { topic });
  expect(linesOf(await list(guild.id))[0]?.startsWith(`**\\*${'x'.repeat(97)}…** `)).toBe(true);
});

const record = (guildId: string, count: number) =>
  recordPins(
    store,
    guildId,
    Array.from({ length: count }, () => START),
  );

it('shows ten pins on a page, and buttons in both directions', async () => {
  const guildId = newId();
  const channels = await record(guildId, 21);
  const shown = async (page: number) => {
    const body = await list(guildId, page);
    const ids = [...(body.embeds?.[0]?.description ?? '').matchAll(/<#(\d+)>/g)].map(([, id]) => id);
    return [ids, ...buttonsOf(body)];
  };
  const { next, previous } = en.page;
  const first = [channels.slice(0, 10), [next, 'n1:list:1']];
  const last = [channels.slice(20), [previous, 'n1:list:1']];
  expect(await shown(0)).toEqual(first);
  expect(await shown(1)).toEqual([channels.slice(10, 20), [previous, 'n1:list:0'], [next, 'n1:list:2']]);
  expect(await shown(2)).toEqual(last);
  expect(await shown(3)).toEqual(last);
  expect(await shown(-1)).toEqual(first);
});

it('shows no buttons for ten pins', async () => {
  const guildId = newId();
  await record(guildId, 10);
  expect(buttonsOf(await list(guildId))).toEqual([]);
});

it.each([
  ['n1:list:0', 0],
  ['n1:list:12', 12],
  ['n1:list:-1', -1],
  ['n1:list:x', 0],
  ['n1:list:1.5', 0],
  ['n1:list:', 0],
])('reads the page of %s', (customId, page) => {
  expect(pageOfPinListId(customId)).toBe(page);
  expect(isPinListId(customId)).toBe(true);
});

it('knows that another id is not one of the list', () => {
  expect(['n1:lis', 'xn1:list:1', 'e1:add:0:'].some(isPinListId)).toBe(false);
});
