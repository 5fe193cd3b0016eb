// /insights: who may use it, for how many days, and the button that writes a reply.
import {
  ApplicationCommandOptionType,
  InteractionResponseType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { writeId } from '../../commands/insights/write.ts';
import { insightButtons, insightsCommand } from '../../commands/insights.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { commandInteraction, componentInteraction } from '../interactions.ts';
import { messageOf, modalOf, newId, openCommandWorld } from './world.ts';

const en = messagesFor('en');
const { services, store, close } = openCommandWorld();
const insights = insightsCommand(services);
const buttons = insightButtons(services);
afterAll(close);

const { Integer, String: Text } = ApplicationCommandOptionType;
const run = (options: object[] = [], context: object = {}) =>
  insights.run?.(commandInteraction('insights', {}, { guildId: newId(), data: { options }, ...context })) ??
  expect.fail('no answer');
const press = (id: string, context: object = {}) =>
  buttons.onComponent?.(componentInteraction(id, context)) ?? expect.fail('no answer');

it('answers privately, and later', async () => {
  const { DeferredChannelMessageWithSource } = InteractionResponseType;
  const data = { flags: MessageFlags.Ephemeral };
  expect((await run()).response).toEqual({ type: DeferredChannelMessageWithSource, data });
});

it.each([
  ['30 by default', [], '30'],
  ['7', [{ type: Integer, name: 'days', value: 7 }], '7'],
  ['at least 1', [{ type: Integer, name: 'days', value: 0 }], '1'],
  ['at most 90', [{ type: Integer, name: 'days', value: 91 }], '90'],
  ['90', [{ type: Integer, name: 'days', value: 90 }], '90'],
  ['the default for something else', [{ type: Integer, name: 'days', value: 1.5 }], '30'],
  ['the default for a text', [{ type: Text, name: 'days', value: '7' }], '30'],
  ['the default for another option', [{ type: Integer, name: 'weeks', value: 7 }], '30'],
])('shows the days that are wanted: %s', async (_, options, days) => {
  expect((await messageOf(run(options))).embeds?.[0]?.title).toBe(en.insights.title(days));
});

it('opens the form with a question of this server', async () => {
  const guildId = newId();
  const row = { guild_id: guildId, asked_on: '2026-11-24', id: 'q1', text: 'where is it' };
  await store.run((db) => db.insertInto('questions').values(row).execute());
  expect((await modalOf(press(writeId('q1'), { guildId }))).inputs.title).toMatchObject({ value: 'where is it' });
  const gone = new Refusal(en.insights.gone);
  await expect(press(writeId('q1'), { guildId: newId() })).rejects.toThrow(gone);
  await expect(press(writeId('q2'), { guildId })).rejects.toThrow(gone);
  expect([buttons.matches(writeId('q1')), buttons.matches('e1:add:0:')]).toEqual([true, false]);
});

it('is for members who manage messages, in servers', async () => {
  const permissions = String(PermissionFlagsBits.PinMessages);
  const lacks = new Refusal(en.error.lacks('**Manage Messages**'));
  const serverOnly = new Refusal(en.error.serverOnly);
  await expect(run([], { permissions })).rejects.toThrow(lacks);
  await expect(press(writeId('q1'), { permissions })).rejects.toThrow(lacks);
  await expect(run([], { guildId: null })).rejects.toThrow(serverOnly);
  await expect(press(writeId('q1'), { guildId: null })).rejects.toThrow(serverOnly);
});
