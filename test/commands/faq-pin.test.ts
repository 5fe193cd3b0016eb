// /faq-pin: its subcommands, who may use them, and what it offers.
import { InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { BOT_PERMISSIONS } from 'fake-discord';
import { afterAll, expect, it } from 'vitest';
import { faqPinCommand, pinListButtons } from '../../commands/faq-pin.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { addPin, markPinGone } from '../../src/pins/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import { autocompleteInteraction, CHANNEL_ID, commandInteraction, componentInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { recordPins } from './faq-pin/pinned.ts';
import { contextOf, FRONT, messageOf, openCommandWorld, REAR, START } from './world.ts';

const en = messagesFor('en');
const { services, store, close } = openCommandWorld();
const faqPin = faqPinCommand(services);
const buttons = pinListButtons(services);
afterAll(close);

const run = (line: string, context: object = {}) =>
  faqPin.run?.(commandInteraction(line, { topic: START }, context)) ?? expect.fail('no answer');
const press = (context: object = {}, page = 1) =>
  buttons.onComponent?.(componentInteraction(`n1:list:${page}`, context)) ?? expect.fail('no answer');
const { PinMessages, ManageMessages, SendMessages } = PermissionFlagsBits;

it('posts and pins a topic', async () => {
  const lacks = new Refusal(en.pin.botLacks('**Pin Messages**', CHANNEL_ID));
  const context = { appPermissions: String(BOT_PERMISSIONS & ~PinMessages) };
  await expect(run('faq-pin add', context)).rejects.toThrow(lacks);
  expect((await run('faq-pin add')).response.type).toBe(InteractionResponseType.DeferredChannelMessageWithSource);
});

it('removes a topic', async () => {
  await expect(messageOf(run('faq-pin remove', { guildId: newId() }))).rejects.toThrow(
    new Refusal(en.pin.notPinned(CHANNEL_ID)),
  );
});

it('lists the pins privately, from the first page', async () => {
  const answer = await run('faq-pin list', { guildId: newId() });
  const { DeferredChannelMessageWithSource } = InteractionResponseType;
  expect(answer.response).toEqual({ type: DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } });
  expect((await messageOf(answer)).content).toBe(en.pin.none);
});

it('says that a subcommand no longer exists', async () => {
  await expect(run('faq-pin gone')).rejects.toThrow(new Refusal(en.error.noCommand));
});

it.each([
  [PinMessages, true],
  [ManageMessages, true],
  [SendMessages, false],
])('lists pins for members who pin or manage messages: %s', async (bits, mayList) => {
  const permissions = String(bits);
  const lacks = new Refusal(en.error.lacksAll('**Pin Messages**, **Manage Messages**'));
  for (const answer of [run('faq-pin list', { permissions }), press({ permissions })]) {
    if (mayList) expect((await answer).later).toBeDefined();
    else await expect(answer).rejects.toThrow(lacks);
  }
});

it('lists pins in servers only', async () => {
  const serverOnly = new Refusal(en.error.serverOnly);
  for (const line of ['faq-pin add', 'faq-pin remove', 'faq-pin list'])
    await expect(run(line, { guildId: null })).rejects.toThrow(serverOnly);
  await expect(press({ guildId: null })).rejects.toThrow(serverOnly);
});

it('turns the pages of the list in place', async () => {
  const guildId = newId();
  const answer = await press({ guildId });
  expect(answer.response).toEqual({ type: InteractionResponseType.DeferredMessageUpdate });
  expect((await messageOf(answer)).content).toBe(en.pin.none);
  expect([buttons.matches('n1:list:1'), buttons.matches('e1:add:0:')]).toEqual([true, false]);
});

const offered = (line: string, text: string, context: object = {}) =>
  faqPin.autocomplete?.(autocompleteInteraction(line, ['topic', text], context)) ?? expect.fail('no choices');
const valuesOf = async (choices: ReturnType<typeof offered>) => (await choices).map(({ value }) => value);

it('offers every topic to add', async () => {
  const guildId = newId();
  await recordPins(store, guildId, [START]);
  expect(await valuesOf(offered('faq-pin add', '', { guildId }))).toEqual([START, FRONT, REAR]);
});

it('offers only what is pinned to remove, each topic once', async () => {
  const guildId = newId();
  await recordPins(store, guildId, [REAR, START, START]);
  expect(await valuesOf(offered('faq-pin remove', '', { guildId }))).toEqual([START, REAR]);
  const data = { options: [{ type: 1, name: 'remove', options: [] }] };
  expect(await valuesOf(offered('faq-pin remove', '', { guildId, data }))).toEqual([START, REAR]);
  const title = contextOf().topics.find(REAR)?.title;
  expect(await offered('faq-pin remove', 'back', { guildId })).toEqual([{ name: title, value: REAR }]);
});

it('offers pins that are gone, and names a topic that is gone by its id', async () => {
  const guildId = newId();
  const gone = { guildId, channelId: newId(), messageId: newId(), topic: 'r:gone0000' };
  await addPin(store, { ...gone, shownDigest: '', pinnedBy: '1' });
  await markPinGone(store, gone, 'message');
  expect(await offered('faq-pin remove', '', { guildId })).toEqual([
    { name: `${en.pin.unknownTopic} (r:gone0000)`, value: 'r:gone0000' },
  ]);
});

it('offers at most 25 pins to remove', async () => {
  const guildId = newId();
  await recordPins(
    store,
    guildId,
    Array.from({ length: 26 }, (_, i) => `r:0000000${String.fromCharCode(97 + i)}`),
  );
  expect(await offered('faq-pin remove', '', { guildId })).toHaveLength(25);
});

it('offers every topic in DMs, where nothing can be pinned', async () => {
  expect(await valuesOf(offered('faq-pin remove', '', { guildId: null }))).toEqual([START, FRONT, REAR]);
});

it('offers nothing to remove while the database is down', async () => {
  const run = () => Promise.reject(new StoreError('unavailable', 'down'));
  const command = faqPinCommand({ ...services, store: { ...store, run } });
  expect(await command.autocomplete?.(autocompleteInteraction('faq-pin remove', ['topic', '']))).toEqual([]);
});
