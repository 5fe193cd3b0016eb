// /insights: who may use it, for how many days, and the button that writes a reply.
import {
  ApplicationCommandOptionType,
  InteractionResponseType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { postId, writeId } from '../../commands/insights/write.ts';
import { insightButtons, insightsCommand } from '../../commands/insights.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import { MIGRATION_TABLE, SETTINGS_MIGRATION } from '../../src/store/migrations.ts';
import { altered } from '../discord/parts.ts';
import { type Respond, refusal, settle, stubRest } from '../discord/rest-stub.ts';
import { commandInteraction, componentInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { messageOf, modalOf, openCommandWorld } from './world.ts';

const en = messagesFor('en');
let respond: Respond = () => undefined;
const { rest, lines } = stubRest((request) => respond(request));
const { services, store, clock, close } = openCommandWorld({ rest });
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

it('opens the form with the title of a post', async () => {
  const guildId = newId();
  respond = () => ({ body: { id: '5', type: 11, guild_id: guildId, name: 'Where is the key?' } });
  expect((await modalOf(press(postId('700001'), { guildId }))).inputs.title?.value).toBe('Where is the key?');
  expect(lines().at(-1)).toBe('GET /channels/700001');
});

it.each<[string, Respond]>([
  ['deleted', () => refusal(404, 10_003)],
  ['without a title', () => ({ body: { id: '5', type: 11 } })],
  ['in another server', () => ({ body: { id: '5', type: 11, guild_id: newId(), name: 'A title' } })],
])('says so if a post is %s', async (_, answer) => {
  respond = answer;
  await expect(press(postId('700001'))).rejects.toThrow(new Refusal(en.insights.gonePost));
});

it('says so within Discord’s three seconds if a post is not read in time', async () => {
  respond = () => new Promise(() => undefined);
  const pressed = Promise.resolve(press(postId('700001'))).catch((error: unknown) => error);
  await settle();
  await clock.advance(2000);
  expect(await pressed).toEqual(new Refusal(en.insights.gonePost));
});

it('takes an id that is none for a question that is gone', async () => {
  await expect(press('i1:post:abc')).rejects.toThrow(new Refusal(en.insights.gone));
});

it('shows helpers what was asked since they may see it, and moderators everything', async () => {
  const guildId = newId();
  await changeSetting(store, guildId, { name: 'helper-roles', value: ['31'], by: '70' });
  const asked = ['2026-11-23', '2026-11-24'].map((asked_on, i) => ({
    guild_id: guildId,
    asked_on,
    id: `h${i}`,
    text: `word${i}`,
  }));
  await store.run((db) => db.insertInto('questions').values(asked).execute());
  // The database was upgraded on 23 November.
  const set = (timestamp: string, name: string) =>
    store.run((db) =>
      sql`update ${sql.table(MIGRATION_TABLE)} set timestamp = ${timestamp} where name = ${name}`.execute(db),
    );
  await set('2026-11-23T10:00:00.000Z', SETTINGS_MIGRATION);
  await store.run((db) =>
    sql`update ${sql.table(MIGRATION_TABLE)} set timestamp = '2026-01-01T00:00:00.000Z' where name <> ${SETTINGS_MIGRATION}`.execute(
      db,
    ),
  );
  const permissions = '0';
  const asHelper = <T extends { member?: object }>(one: T) =>
    altered(one, { member: { ...one.member, roles: ['31'] } });
  const command = commandInteraction('insights', {}, { guildId, permissions });
  const shown = JSON.stringify(await messageOf(insights.run?.(asHelper(command))));
  expect([shown.includes('word0'), shown.includes('word1')]).toEqual([false, true]);
  const all = JSON.stringify(await messageOf(run([], { guildId })));
  expect([all.includes('word0'), all.includes('word1')]).toEqual([true, true]);
  const pressing = (id: string) =>
    buttons.onComponent?.(asHelper(componentInteraction(writeId(id), { guildId, permissions })));
  expect((await modalOf(pressing('h1'))).inputs.title?.value).toBe('word1');
  await expect(pressing('h0')).rejects.toThrow(new Refusal(en.insights.gone));
  expect((await modalOf(press(writeId('h0'), { guildId }))).inputs.title?.value).toBe('word0');
});
