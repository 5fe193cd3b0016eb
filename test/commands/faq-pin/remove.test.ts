// /faq-pin remove: it deletes the message and its record, or says why it could not.
import { MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel } from 'fake-discord';
import { afterAll, expect, it } from 'vitest';
import { removePinnedTopic } from '../../../commands/faq-pin/remove.ts';
import { Refusal } from '../../../src/discord/answer.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { addPin, markPinGone } from '../../../src/pins/repository.ts';
import { removeReply } from '../../../src/replies/repository.ts';
import { commandInteraction } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { contextOf, FRONT, messageOf, openDiscordWorld, START } from '../world.ts';
import { pinHelpers } from './pinned.ts';

const en = messagesFor('en');
const world = await openDiscordWorld();
const { discord, services, store, write, close } = world;
const { guild, newChannel, inChannel, pin, recorded, requestsTo } = pinHelpers(world);
afterAll(close);

const title = contextOf().topics.find(START)?.title ?? '';
async function remove(channel: Channel, options: Record<string, string> = { topic: START }, more: object = {}) {
  const interaction = inChannel('faq-pin remove', channel, options, more);
  const answer = removePinnedTopic(interaction, await services.contexts.contextFor(interaction), services);
  expect(answer.response).toMatchObject({ type: 5, data: { flags: MessageFlags.Ephemeral } });
  return messageOf(answer);
}
const pinsIn = async (channel: Channel) => (await recorded()).filter(({ channelId }) => channelId === channel.id);
const failDelete = (channel: Channel, status: number, code: number) =>
  discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status, code });

/** Pins, and waits until Discord's notice of it is deleted. */
async function pinAndSettle(channel: Channel, about?: Parameters<typeof pin>[1]) {
  const pinned = await pin(channel, about);
  await expect.poll(() => channel.messages.size, { interval: 2 }).toBe(1);
  return pinned;
}

it.each([
  ['its name', START],
  ['words of its title', 'which door'],
])('deletes the message and its record, by %s', async (_, topic) => {
  const channel = newChannel();
  await pinAndSettle(channel);
  expect((await remove(channel, { topic })).content).toBe(en.pin.removed(title, channel.id));
  expect(channel.messages.size).toBe(0);
  expect(await pinsIn(channel)).toEqual([]);
});

it('removes from the chosen channel only', async () => {
  const [here, there] = [newChannel(), newChannel()];
  await pinAndSettle(here);
  await pinAndSettle(there);
  const data = { resolved: { channels: { [there.id]: { id: there.id, type: 0, permissions: '8' } } } };
  const { content } = await remove(here, { topic: START, channel: there.id }, { data });
  expect(content).toBe(en.pin.removed(title, there.id));
  expect([(await pinsIn(here)).length, (await pinsIn(there)).length]).toEqual([1, 0]);
});

it('removes the copy of a topic that is gone', async () => {
  const channel = newChannel();
  const { topic } = await write(guild.id, { title: 'Keys' });
  await pinAndSettle(channel, { topic });
  await removeReply(store, { guildId: guild.id, topic, authorId: '1', cause: newId() });
  expect((await remove(channel, { topic })).content).toBe(en.pin.removed(en.pin.unknownTopic, channel.id));
});

it('names a reply as plain text, within 200 characters', async () => {
  const channel = newChannel();
  const { topic } = await write(guild.id, { title: `*${'x'.repeat(200)}` });
  await pinAndSettle(channel, { topic });
  expect((await remove(channel, { topic })).content).toBe(en.pin.removed(`\\*${'x'.repeat(197)}…`, channel.id));
});

it('says that it is not pinned there', async () => {
  const channel = newChannel();
  await pinAndSettle(channel, { topic: FRONT });
  await expect(remove(channel)).rejects.toThrow(new Refusal(en.pin.notPinned(channel.id)));
  await expect(remove(newChannel(), { topic: FRONT })).rejects.toThrow(Refusal);
  await expect(remove(channel, { topic: 'xyz' })).rejects.toThrow(new Refusal(en.faq.noTopic('xyz')));
  await expect(remove(channel, {})).rejects.toThrow(new Refusal(en.faq.noTopic('')));
  expect(await pinsIn(channel)).toHaveLength(1);
});

it('removes nothing of another server', async () => {
  const channel = newChannel();
  await pinAndSettle(channel);
  await expect(remove(channel, { topic: START }, { guildId: newId() })).rejects.toThrow(
    new Refusal(en.pin.notPinned(channel.id)),
  );
});

it.each(['message', 'channel'])(
  'deletes the record of a pin whose %s is gone, without asking Discord',
  async (reason) => {
    const channel = newChannel();
    const messageId = newId();
    const about = { guildId: guild.id, channelId: channel.id, messageId, topic: START, shownDigest: '', pinnedBy: '1' };
    await addPin(store, about);
    await markPinGone(store, about, reason);
    expect((await remove(channel)).content).toBe(en.pin.removedGone(title, channel.id));
    expect(requestsTo(channel)).toEqual([]);
    expect(await pinsIn(channel)).toEqual([]);
  },
);

it('deletes a message that could not be seen for a while', async () => {
  const channel = newChannel();
  const { pin: known } = await pinAndSettle(channel);
  await markPinGone(store, known, 'access');
  expect((await remove(channel)).content).toBe(en.pin.removed(title, channel.id));
  expect(channel.messages.size).toBe(0);
});

it.each([
  ['message', 10_008],
  ['channel', 10_003],
])('deletes the record if the %s is already gone', async (_, code) => {
  const channel = newChannel();
  await pinAndSettle(channel);
  failDelete(channel, 404, code);
  expect((await remove(channel)).content).toBe(en.pin.removedGone(title, channel.id));
  expect(await pinsIn(channel)).toEqual([]);
});

it.each([
  ['lacks a permission', 403, 50_013, en.pin.kept.permission],
  ['cannot see the channel', 403, 50_001, en.pin.kept.access],
  ['fails', 500, 0, () => en.pin.kept.failed],
])('keeps the record if the bot %s', async (_, status, code, sentence) => {
  const channel = newChannel();
  await pinAndSettle(channel);
  failDelete(channel, status, code);
  await expect(remove(channel)).rejects.toThrow(new Refusal(sentence(channel.id)));
  expect(await pinsIn(channel)).toMatchObject([{ state: 'alive' }]);
});

it('requires that the member may pin, in a server', async () => {
  const channel = newChannel();
  const { ManageMessages } = PermissionFlagsBits;
  await expect(remove(channel, undefined, { permissions: String(ManageMessages) })).rejects.toThrow(
    new Refusal(en.pin.youLack('**Pin Messages**', channel.id)),
  );
  const interaction = commandInteraction('faq-pin remove', { topic: START }, { guildId: null });
  expect(() => removePinnedTopic(interaction, contextOf(), services)).toThrow(new Refusal(en.error.serverOnly));
});
