// /setup: who may use it, what its menus and buttons change, and what they refuse.
import { InteractionResponseType, MessageFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { setupCommand, setupComponents } from '../../commands/setup.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { GUIDES_TOPIC, renderGuides } from '../../src/discord/views/guides.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { pinsOf } from '../../src/pins/repository.ts';
import { serverRecords } from '../../src/servers/repository.ts';
import { readSettings, stopForum } from '../../src/servers/settings.ts';
import { altered } from '../discord/parts.ts';
import { commandInteraction, componentInteraction, type InteractionContext, USER_ID } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { messageOf, openDiscordWorld } from './world.ts';

const en = messagesFor('en');
const { discord, services, store, close } = await openDiscordWorld();
const command = setupCommand(services);
const components = setupComponents(services);
afterAll(close);

const guild = discord.addGuild('Harbour');
const forum = discord.addChannel(guild, 'questions', { type: 15 });
const general = discord.addChannel(guild, 'general');
const { ManageMessages } = PermissionFlagsBits;

const run = (context: InteractionContext = {}) =>
  command.run?.(commandInteraction('setup', {}, { guildId: guild.id, ...context })) ?? expect.fail('no answer');
const press = (id: string, context: InteractionContext & { values?: string[] } = {}) =>
  components.onComponent?.(componentInteraction(id, { guildId: guild.id, ...context })) ?? expect.fail('no answer');
/** Chooses channels or roles in a menu. Discord describes each of them in `resolved`. @param more fields of some, by id */
const choose = (
  id: string,
  values: string[],
  { more = {}, ...context }: InteractionContext & { more?: Record<string, object> } = {},
) => {
  const all = Object.fromEntries(values.map((one) => [one, { id: one, ...more[one] }]));
  const data = { resolved: id === 's1:roles' ? { roles: all } : { channels: all } };
  return press(id, { values, data, ...context });
};
const settings = (guildId: string = guild.id) => readSettings(store, guildId);

describe('the command', () => {
  it('opens the panel in private, and records the server and its language', async () => {
    const guildId = newId();
    const answer = await run({ guildId });
    expect(answer.response).toEqual({
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    });
    const shown = await messageOf(answer);
    expect(shown.embeds?.[0]?.title).toBe(en.setup.title);
    expect(shown.components).toHaveLength(5);
    expect(await settings(guildId)).toMatchObject({ isSetUp: true, language: 'en-US' });
    const { application_id: applicationId } = commandInteraction('setup');
    expect(await serverRecords(store)).toContainEqual(expect.objectContaining({ guildId, applicationId }));
  });

  it('keeps the language of the first time', async () => {
    const guildId = newId();
    await messageOf(run({ guildId }));
    const interaction = altered(commandInteraction('setup', {}, { guildId }), { guild_locale: 'fr' });
    await messageOf((await command.run?.(interaction)) ?? expect.fail('no answer'));
    expect(await settings(guildId)).toMatchObject({ language: 'en-US' });
  });

  it('works if Discord does not send the server’s locale', async () => {
    const guildId = newId();
    const interaction = altered(commandInteraction('setup', {}, { guildId }), { guild_locale: undefined });
    await messageOf((await command.run?.(interaction)) ?? expect.fail('no answer'));
    expect(await settings(guildId)).toMatchObject({ isSetUp: true, language: undefined });
  });

  it('and its controls are for people who manage the server, in servers', async () => {
    const permissions = String(ManageMessages);
    const lacks = new Refusal(en.error.lacks('**Manage Server**'));
    const serverOnly = new Refusal(en.error.serverOnly);
    await expect(run({ permissions })).rejects.toThrow(lacks);
    await expect(run({ guildId: null })).rejects.toThrow(serverOnly);
    for (const control of ['forums', 'roles', 'person', 'language', 'pin', 'try', 'resume', 'other']) {
      await expect(press(`s1:${control}`, { permissions, values: ['1'] })).rejects.toThrow(lacks);
      await expect(press(`s1:${control}`, { guildId: null })).rejects.toThrow(serverOnly);
    }
  });
});

describe('a menu', () => {
  it('changes its setting and updates the panel', async () => {
    const guildId = newId();
    const answer = await choose('s1:forums', [forum.id], { guildId });
    expect(answer.response.type).toBe(InteractionResponseType.DeferredMessageUpdate);
    expect(await settings(guildId)).toMatchObject({ forums: [] });
    const shown = await messageOf(answer);
    expect(shown).toMatchObject({ content: '' });
    expect(shown.embeds?.[0]?.description).toContain(`<#${forum.id}>`);
    await messageOf(choose('s1:person', [general.id], { guildId }));
    await messageOf(choose('s1:roles', ['31', '32'], { guildId }));
    await messageOf(press('s1:language', { guildId, values: ['en'] }));
    expect(await settings(guildId)).toMatchObject({
      forums: [forum.id],
      helpersChannel: general.id,
      helperRoles: ['31', '32'],
      language: 'en',
      lastChange: { by: USER_ID },
    });
  });

  it('clears its setting if nothing is chosen', async () => {
    const guildId = newId();
    const set = { forums: ['31'], helpersChannel: '31', helperRoles: ['31'] };
    for (const control of ['forums', 'person', 'roles']) await messageOf(choose(`s1:${control}`, ['31'], { guildId }));
    expect(await settings(guildId)).toMatchObject(set);
    for (const control of ['forums', 'person', 'roles'])
      await messageOf(press(`s1:${control}`, { guildId, values: [] }));
    expect(await settings(guildId)).toMatchObject({ forums: [], helpersChannel: undefined, helperRoles: [] });
  });

  it('refuses values that are not ids, and languages without an edition', async () => {
    const guildId = newId();
    await messageOf(choose('s1:forums', ['x', '5', '../6', ''], { guildId }));
    await messageOf(choose('s1:roles', ["'; drop table", '31'], { guildId }));
    await messageOf(choose('s1:person', ['x'], { guildId }));
    await messageOf(press('s1:language', { guildId, values: ['tlh'] }));
    await messageOf(press('s1:language', { guildId, values: [] }));
    expect(await settings(guildId)).toMatchObject({
      forums: ['5'],
      helperRoles: ['31'],
      helpersChannel: undefined,
      language: undefined,
    });
  });

  it('refuses values that Discord does not describe', async () => {
    const guildId = newId();
    for (const data of [
      {},
      { resolved: {} },
      { resolved: { channels: { 8: { id: '8' } }, roles: { 8: { id: '8' } } } },
    ]) {
      await messageOf(press('s1:forums', { guildId, values: ['5'], data }));
      await messageOf(press('s1:person', { guildId, values: ['6'], data }));
      const { content } = await messageOf(press('s1:roles', { guildId, values: ['31', guildId], data }));
      expect(content).toBe('');
    }
    expect(await settings(guildId)).toMatchObject({ forums: [], helpersChannel: undefined, helperRoles: [] });
  });

  it('refuses values of another kind', async () => {
    const guildId = newId();
    const [asRoles, asChannels] = [{ resolved: { roles: { 5: {} } } }, { resolved: { channels: { 5: {} } } }];
    await messageOf(press('s1:forums', { guildId, values: ['5'], data: asRoles }));
    await messageOf(press('s1:person', { guildId, values: ['5'], data: asRoles }));
    await messageOf(press('s1:roles', { guildId, values: ['5'], data: asChannels }));
    expect(await settings(guildId)).toMatchObject({ forums: [], helpersChannel: undefined, helperRoles: [] });
  });

  it('takes channels of this server only', async () => {
    const guildId = newId();
    const more = { 5: { guild_id: guildId }, 6: { guild_id: newId() } };
    await messageOf(choose('s1:forums', ['5', '6', '7'], { guildId, more }));
    await messageOf(choose('s1:person', ['6'], { guildId, more }));
    expect(await settings(guildId)).toMatchObject({ forums: ['5', '7'], helpersChannel: undefined });
    await messageOf(choose('s1:person', ['5'], { guildId, more }));
    expect(await settings(guildId)).toMatchObject({ helpersChannel: '5' });
  });

  it('may be pressed without values', async () => {
    const guildId = newId();
    await messageOf(press('s1:forums', { guildId }));
    expect(await settings(guildId)).toMatchObject({ forums: [] });
  });

  it('refuses @everyone and managed roles as helpers, by name', async () => {
    const guildId = newId();
    const more = {
      [guildId]: { name: '@everyone' },
      31: { name: 'Helpers' },
      32: { name: 'A `bot`', managed: true },
    };
    const shown = await messageOf(choose('s1:roles', [guildId, '31', '32'], { guildId, more }));
    expect(shown.content).toBe(en.setup.refused('`@everyone`, `A ˋbotˋ`'));
    expect(await settings(guildId)).toMatchObject({ helperRoles: ['31'] });
  });

  it('names refused roles in a message that fits', async () => {
    const guildId = newId();
    const ids = Array.from({ length: 25 }, (_, i) => String(100 + i));
    const more = Object.fromEntries(ids.map((id) => [id, { name: '🙂'.repeat(100), managed: true }]));
    const { content = '' } = await messageOf(choose('s1:roles', ids, { guildId, more }));
    expect([...content].length).toBeLessThanOrEqual(2000);
    expect(await settings(guildId)).toMatchObject({ helperRoles: [] });
  });

  it('of two people at the same time loses nothing but the earlier of two changes of one setting', async () => {
    const guildId = newId();
    await Promise.all([
      messageOf(choose('s1:forums', ['5'], { guildId, userId: '70' })),
      messageOf(choose('s1:person', ['6'], { guildId, userId: '71' })),
    ]);
    await messageOf(choose('s1:forums', ['7'], { guildId, userId: '71' }));
    const seen = await messageOf(choose('s1:roles', ['31'], { guildId, userId: '70' }));
    expect(await settings(guildId)).toMatchObject({ forums: ['7'], helpersChannel: '6', helperRoles: ['31'] });
    expect(seen.embeds?.[0]?.description).toContain('<#7>');
  });
});

describe('a button', () => {
  it('lets answers go on', async () => {
    const guildId = newId();
    await messageOf(choose('s1:forums', ['5'], { guildId }));
    await store.transact((trx) => stopForum(trx, store, guildId, '5'), { changedGuild: guildId });
    expect(await settings(guildId)).toMatchObject({ forums: ['5'], stoppedForums: ['5'] });
    const shown = await messageOf(press('s1:resume', { guildId }));
    expect(await settings(guildId)).toMatchObject({ stoppedForums: [], lastChange: { by: USER_ID } });
    expect(JSON.stringify(shown.components)).not.toContain('s1:resume');
  });

  it('pins the guides where the panel is, once', async () => {
    const shown = await messageOf(press('s1:pin', { channel: general }));
    const [pinned, ...others] = discord.messagesOf(general).filter(({ embeds }) => embeds.length > 0);
    expect(pinned?.embeds[0]?.title).toBe(
      renderGuides(await services.contexts.publicContextFor({ guild_id: guild.id })).embeds?.[0]?.title,
    );
    expect(shown.content).toContain(pinned?.id);
    expect(await pinsOf(store, guild.id)).toMatchObject([{ topic: GUIDES_TOPIC, channelId: general.id }]);
    await expect(messageOf(press('s1:pin', { channel: general }))).rejects.toThrow(Refusal);
    expect(others).toEqual([]);
    expect(discord.messagesOf(general).filter(({ embeds }) => embeds.length > 0)).toHaveLength(1);
  });

  it('does not pin where the bot may not', async () => {
    const appPermissions = String(PermissionFlagsBits.ViewChannel);
    await expect(press('s1:pin', { channel: general, appPermissions })).rejects.toThrow(Refusal);
  });

  it('shows a sample in private', async () => {
    const answer = await press('s1:try');
    expect(answer.response).toMatchObject({ type: 5, data: { flags: MessageFlags.Ephemeral } });
    expect((await messageOf(answer)).content).toBe(en.setup.noSample);
  });

  it('of another version changes nothing, and says so', async () => {
    const before = await settings();
    expect((await messageOf(choose('s1:other', ['5']))).content).not.toBe('');
    expect(await settings()).toEqual(before);
    expect(['s1:other', 's2:forums', 'xs1:pin'].map(components.matches)).toEqual([true, false, false]);
  });
});
