// The panel of /setup: what it says of each setting, what stands in the way, and Discord's limits.
import { ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { setupPanel } from '../../../commands/setup/panel.ts';
import { permissionNames } from '../../../src/discord/permissions.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import {
  changeSetting,
  recordSetup,
  resumeForums,
  type SettingValues,
  stopForum,
} from '../../../src/servers/settings.ts';
import { refusal, type StubResponse, stubRest } from '../../discord/rest-stub.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, openCommandWorld } from '../world.ts';

const en = messagesFor('en');
const { setup } = en;
const { ViewChannel, SendMessages, SendMessagesInThreads, ReadMessageHistory } = PermissionFlagsBits;
const ALL = ViewChannel | SendMessages | SendMessagesInThreads | ReadMessageHistory;
const OWN = '999';
/** The channel of the helpers. Every other one is a forum. */
const HELPERS = '13';
const channel = (id: string, type: number, more: object = {}) => ({ id, type, permission_overwrites: [], ...more });

/** What Discord answers: the permissions of the bot's role, roles beside @everyone, and channels that are not as usual. */
interface Discord {
  permissions: bigint;
  roles: object[] | undefined;
  channels: Record<string, StubResponse>;
}
const discord: Discord = { permissions: ALL, roles: [], channels: {} };
const { rest } = stubRest(({ path }) => {
  const [, guild, part] = /^\/guilds\/(\d+)\/(roles|members)/.exec(path) ?? [];
  if (path === '/users/@me') return { body: { id: OWN } };
  if (part === 'members') return { body: { user: { id: OWN }, roles: ['90'] } };
  if (part === 'roles') {
    const own = { id: '90', permissions: String(discord.permissions) };
    return discord.roles ? { body: [{ id: guild, permissions: '0' }, own, ...discord.roles] } : refusal(500);
  }
  const id = path.split('/')[2] ?? '';
  return discord.channels[id] ?? { body: channel(id, id === HELPERS ? 0 : 15) };
});
const { services, store, clock, close } = openCommandWorld({ rest });
afterAll(close);

interface Wanted {
  readonly settings?: Partial<SettingValues>;
  readonly notice?: string;
  readonly hasGateway?: boolean;
  readonly world?: Partial<Discord>;
  readonly guildId?: string;
}

const stopAnswersIn = (forum: string, guildId: string) =>
  store.transact((trx) => stopForum(trx, store, guildId, forum), { changedGuild: guildId });

async function panel({ settings = {}, notice, hasGateway = true, world = {}, guildId = newId() }: Wanted = {}) {
  Object.assign(discord, { permissions: ALL, roles: [], channels: {}, ...world });
  for (const [name, value] of Object.entries(settings) as [keyof SettingValues, string][])
    await changeSetting(store, guildId, { name, value, by: '70' });
  const context = await services.contexts.contextFor({ guild_id: guildId });
  const body = await setupPanel(guildId, context, { ...services, hasGateway }, notice);
  const [embed] = body.embeds ?? [];
  const sections = (embed?.description ?? '').split('\n\n').map((section) => section.split('\n'));
  const menus = (body.components ?? []).flatMap((row) =>
    row.type === ComponentType.ActionRow ? row.components.filter(({ type }) => type !== ComponentType.Button) : [],
  );
  return { body, embed, sections, menus, guildId };
}

describe('in a server without settings', () => {
  it('says what is off, and offers four menus and two buttons', async () => {
    const { body, embed, sections, menus } = await panel();
    expect(embed?.title).toBe(setup.title);
    expect(sections).toEqual([
      [`**${setup.forums}**`, setup.noForums, `-# ${setup.forumsAreNew}`],
      [`**${setup.roles}**`, setup.noRoles],
      [`**${setup.person}**`, setup.noPerson],
      [`**${setup.language}**`, 'English'],
    ]);
    expect(menus).toMatchObject([
      { type: 8, custom_id: 's1:forums', channel_types: [15], min_values: 0, max_values: 25, default_values: [] },
      { type: 6, custom_id: 's1:roles', min_values: 0, max_values: 25, default_values: [] },
      { type: 8, custom_id: 's1:person', channel_types: [0], min_values: 0, max_values: 1, default_values: [] },
      { type: 3, custom_id: 's1:language', options: [{ label: 'English', value: 'en', default: true }] },
    ]);
    expect(buttonsOf(body)).toEqual([
      [setup.pinGuides, 's1:pin'],
      [setup.tryIt, 's1:try'],
    ]);
    expect(body).toMatchObject({ content: '', allowed_mentions: { parse: [] } });
    expect(body.components).toHaveLength(5);
  });

  it('takes English if there is no edition in the server’s language', async () => {
    const guildId = newId();
    await recordSetup(store, guildId, 'tr');
    const { sections, menus } = await panel({ guildId });
    expect(sections[3]?.[1]).toBe('English');
    expect(menus[3]).toMatchObject({ options: [{ value: 'en', default: true }] });
  });

  it('shows a notice above', async () => {
    expect((await panel({ notice: 'Not taken' })).body.content).toBe('Not taken');
  });
});

describe('settings', () => {
  const settings = { forums: ['11', '12'], 'helper-roles': ['31', '32'], 'helpers-channel': HELPERS };
  const roles = [
    { id: '31', mentionable: true, permissions: '0' },
    { id: '32', mentionable: false, permissions: '0' },
  ];

  it('are shown with who changed them last, and chosen in the menus', async () => {
    const { sections, menus } = await panel({ settings, world: { roles } });
    expect(sections).toEqual([
      [`**${setup.forums}**`, '<#11>, <#12>', setup.forumsHint, `-# ${setup.forumsAreNew}`],
      [`**${setup.roles}**`, '<@&31>, <@&32>', setup.rolesHint],
      [`**${setup.person}**`, '<#13>', setup.personHint],
      [`**${setup.language}**`, 'English'],
      [`-# ${setup.changed('70', Math.floor(clock.now() / 1000))}`],
    ]);
    expect(menus.slice(0, 3)).toMatchObject([
      { default_values: [{ id: '11' }, { id: '12' }] },
      { default_values: [{ id: '31' }, { id: '32' }] },
      { default_values: [{ id: '13' }] },
    ]);
  });

  it('name the permissions that the bot lacks, and what does not work until then', async () => {
    const { sections } = await panel({ settings, world: { roles, permissions: ViewChannel } });
    const [posts, questions] = [
      permissionNames(['SendMessagesInThreads', 'ReadMessageHistory']),
      permissionNames(['SendMessages']),
    ];
    expect(sections[0]).toContain(`⚠️ ${setup.lacks('<#11>, <#12>', posts, setup.noPosts)}`);
    expect(sections[2]).toContain(`⚠️ ${setup.lacks('<#13>', questions, setup.noQuestions)}`);
  });

  it('fit into the panel with 25 forums that were stopped and in which the bot lacks permissions', async () => {
    const forums = Array.from({ length: 25 }, (_, i) => `9000000000000000${i + 10}`);
    const guildId = newId();
    for (const forum of forums) await stopAnswersIn(forum, guildId);
    const many = { ...settings, forums };
    const { sections, body } = await panel({ guildId, settings: many, world: { roles, permissions: ViewChannel } });
    const posts = permissionNames(['SendMessagesInThreads', 'ReadMessageHistory']);
    const list = forums.map((id) => `<#${id}>`).join(', ');
    expect(sections[0]).toContain(`⚠️ ${setup.lacks(list, posts, setup.noPosts)}`);
    expect(sections[0]).toContain(`⚠️ ${setup.stopped(list)}`);
    expect(sections[3]?.[1]).toBe('English');
    expect(body.embeds?.[0]?.description?.endsWith('…')).toBe(false);
  });

  it('warn if all members can see the channel of the helpers', async () => {
    const shown = async (overwrites: object[]) => {
      const channels = { 13: { body: channel('13', 0, { permission_overwrites: overwrites }) } };
      return (await panel({ settings, guildId: '1', world: { roles, channels } })).sections[2];
    };
    const warning = `⚠️ ${setup.publicChannel('<#13>')}`;
    expect(await shown([])).not.toContain(warning);
    expect(await shown([{ id: '1', type: 0, allow: String(ViewChannel), deny: '0' }])).toContain(warning);
  });

  it('with channels and roles that are gone say so, and do not choose them in the menus', async () => {
    const { sections, menus } = await panel({
      settings,
      world: { roles: roles.slice(0, 1), channels: { 11: refusal(404, 10_003), 13: refusal(404, 10_003) } },
    });
    expect(sections[0]).toContain(`⚠️ ${setup.goneChannels('<#11>')}`);
    expect(sections[1]).toContain(`⚠️ ${setup.goneRoles('<@&32>')}`);
    expect(sections[2]).toContain(`⚠️ ${setup.goneChannels('<#13>')}`);
    expect(menus.slice(0, 3)).toMatchObject([
      { default_values: [{ id: '12' }] },
      { default_values: [{ id: '31' }] },
      { default_values: [] },
    ]);
  });

  it('with channels of another type or of another server are not chosen in the menus', async () => {
    const channels = {
      11: { body: channel('11', 0) },
      12: { body: channel('12', 15, { guild_id: '1' }) },
      13: { body: channel('13', 15) },
    };
    const { sections, menus } = await panel({ settings, world: { roles, channels } });
    expect(menus.slice(0, 3)).toMatchObject([
      { default_values: [] },
      { default_values: [{ id: '31' }, { id: '32' }] },
      { default_values: [] },
    ]);
    expect(sections[0]).toContain(`⚠️ ${setup.goneChannels('<#12>')}`);
  });

  it('with channels whose type Discord does not say stay chosen', async () => {
    const channels = { 11: refusal(403, 50_001), 12: refusal(500), 13: refusal(403, 50_001) };
    const { menus } = await panel({ settings, world: { roles, channels } });
    expect(menus[0]).toMatchObject({ default_values: [{ id: '11' }, { id: '12' }] });
    expect(menus[2]).toMatchObject({ default_values: [{ id: HELPERS }] });
  });

  it('say nothing of what Discord does not answer, and stay chosen', async () => {
    const { sections, menus } = await panel({ settings, world: { roles: undefined } });
    expect(sections.flat().some((line) => line.startsWith('⚠️'))).toBe(false);
    expect(menus[1]).toMatchObject({ default_values: [{ id: '31' }, { id: '32' }] });
  });

  it('say if nobody is notified with the first role', async () => {
    const swapped = { ...settings, 'helper-roles': ['32', '31'] };
    const { sections } = await panel({ settings: swapped, world: { roles } });
    expect(sections[2]).toContain(`⚠️ ${setup.silentRole('32')}`);
  });

  it('say that answers need the gateway', async () => {
    const { sections } = await panel({ settings, hasGateway: false });
    expect(sections[0]).toEqual([`**${setup.forums}**`, setup.noGateway]);
  });

  it('say where answers have stopped, with a button to go on, until somebody pressed it', async () => {
    const guildId = newId();
    await stopAnswersIn('11', guildId);
    await stopAnswersIn('99', guildId);
    const stopped = await panel({ guildId, settings });
    expect(stopped.sections[0]).toContain(`⚠️ ${setup.stopped('<#11>')}`);
    expect(JSON.stringify(stopped.sections)).not.toContain('<#99>');
    expect(buttonsOf(stopped.body)[0]).toEqual([en.button.goOn, 's1:resume']);
    await resumeForums(store, guildId, '70');
    const resumed = await panel({ guildId });
    expect(JSON.stringify(resumed.sections)).not.toContain(setup.stopped('<#11>'));
    expect(buttonsOf(resumed.body)).toHaveLength(2);
  });

  it('as many as can be fit into an embed', async () => {
    const ids = Array.from({ length: 25 }, (_, i) => `${'9'.repeat(17)}${100 + i}`);
    const { embed, menus } = await panel({
      settings: { forums: ids, 'helper-roles': ids, 'helpers-channel': ids[0] },
      world: { permissions: 0n },
    });
    expect([...(embed?.description ?? '')].length).toBeLessThanOrEqual(4096);
    expect(menus[0]).toMatchObject({ default_values: { length: 25 } });
  });
});
