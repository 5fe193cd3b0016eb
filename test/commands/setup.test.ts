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
import { messageOf, newId, openDiscordWorld } from './world.ts';

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
const settings = (guildId: string = guild.id) => readSettings(store, guildId);

describe('the command', () => {
  it('opens the panel in private, and records the server and its language', async () => {
    const answer = await run();
    expect(answer.response).toEqual({
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    });
    const shown = await messageOf(answer);
    expect(shown.embeds?.[0]?.title).toBe(en.setup.title);
    expect(shown.components).toHaveLength(5);
    expect(await settings()).toMatchObject({ isSetUp: true, language: 'en-US' });
    const { application_id: applicationId } = commandInteraction('setup');
    expect(await serverRecords(store)).toMatchObject([{ guildId: guild.id, applicationId }]);
  });

  it('keeps the language of the first time', async () => {
    const interaction = altered(commandInteraction('setup', {}, { guildId: guild.id }), { guild_locale: 'fr' });
    await messageOf((await command.run?.(interaction)) ?? expect.fail('no answer'));
    expect(await settings()).toMatchObject({ language: 'en-US' });
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
    const answer = await press('s1:forums', { guildId, values: [forum.id] });
    expect(answer.response.type).toBe(InteractionResponseType.DeferredMessageUpdate);
    expect(await settings(guildId)).toMatchObject({ forums: [] });
    const shown = await messageOf(answer);
    expect(shown).toMatchObject({ content: '' });
    expect(shown.embeds?.[0]?.description).toContain(`<#${forum.id}>`);
    await messageOf(press('s1:person', { guildId, values: [general.id] }));
    await messageOf(press('s1:roles', { guildId, values: ['31', '32'] }));
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
    for (const control of ['forums', 'person', 'roles']) {
      await messageOf(press(`s1:${control}`, { guildId, values: ['31'] }));
      await messageOf(press(`s1:${control}`, { guildId, values: [] }));
    }
    expect(await settings(guildId)).toMatchObject({ forums: [], helpersChannel: undefined, helperRoles: [] });
  });

  it('takes no values that are no ids, and no language without an edition', async () => {
    const guildId = newId();
    await messageOf(press('s1:forums', { guildId, values: ['x', '5', '../6', ''] }));
    await messageOf(press('s1:roles', { guildId, values: ["'; drop table", '31'] }));
    await messageOf(press('s1:person', { guildId, values: ['x'] }));
    await messageOf(press('s1:language', { guildId, values: ['tlh'] }));
    await messageOf(press('s1:language', { guildId, values: [] }));
    expect(await settings(guildId)).toMatchObject({
      forums: ['5'],
      helperRoles: ['31'],
      helpersChannel: undefined,
      language: undefined,
    });
  });

  it('may be pressed without values', async () => {
    const guildId = newId();
    await messageOf(press('s1:forums', { guildId }));
    expect(await settings(guildId)).toMatchObject({ forums: [] });
  });

  it('refuses @everyone and managed roles as helpers, by name', async () => {
    const guildId = newId();
    const roles = { 31: { id: '31', name: 'Helpers' }, 32: { id: '32', name: 'A `bot`', managed: true } };
    const shown = await messageOf(
      press('s1:roles', { guildId, values: [guildId, '31', '32'], data: { resolved: { roles } } }),
    );
    expect(shown.content).toBe(en.setup.refused('`@everyone`, `A ˋbotˋ`'));
    expect(await settings(guildId)).toMatchObject({ helperRoles: ['31'] });
  });

  it('names refused roles in a message that fits', async () => {
    const guildId = newId();
    const ids = Array.from({ length: 25 }, (_, i) => String(100 + i));
    const roles = Object.fromEntries(ids.map((id) => [id, { id, name: '🙂'.repeat(100), managed: true }]));
    const { content = '' } = await messageOf(
      press('s1:roles', { guildId, values: ids, data: { resolved: { roles } } }),
    );
    expect([...content].length).toBeLessThanOrEqual(2000);
    expect(await settings(guildId)).toMatchObject({ helperRoles: [] });
  });

  it('of two people at the same time loses nothing but the earlier of two changes of one setting', async () => {
    const guildId = newId();
    await Promise.all([
      messageOf(press('s1:forums', { guildId, values: ['5'], userId: '70' })),
      messageOf(press('s1:person', { guildId, values: ['6'], userId: '71' })),
    ]);
    await messageOf(press('s1:forums', { guildId, values: ['7'], userId: '71' }));
    const seen = await messageOf(press('s1:roles', { guildId, values: ['31'], userId: '70' }));
    expect(await settings(guildId)).toMatchObject({ forums: ['7'], helpersChannel: '6', helperRoles: ['31'] });
    expect(seen.embeds?.[0]?.description).toContain('<#7>');
  });
});

describe('a button', () => {
  it('lets answers go on', async () => {
    const guildId = newId();
    await messageOf(press('s1:forums', { guildId, values: ['5'] }));
    await store.transact((trx) => stopForum(trx, store, guildId, '5'), { changedGuild: guildId });
    const shown = await messageOf(press('s1:resume', { guildId }));
    expect(await settings(guildId)).toMatchObject({ stoppedForums: [], lastChange: { by: USER_ID } });
    expect(JSON.stringify(shown.components)).not.toContain('s1:resume');
  });

  it('pins the guides where the panel is, once', async () => {
    const shown = await messageOf(press('s1:pin', { channel: general }));
    const [pinned, ...others] = discord.messagesOf(general).filter(({ embeds }) => embeds.length > 0);
    expect(pinned?.embeds[0]?.title).toBe(
      renderGuides(await services.contexts.publicContextFor(guild.id)).embeds?.[0]?.title,
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
    expect((await messageOf(press('s1:other', { values: ['5'] }))).content).not.toBe('');
    expect(await settings()).toEqual(before);
    expect(['s1:other', 's2:forums', 'xs1:pin'].map(components.matches)).toEqual([true, false, false]);
  });
});
