// Roles: who has them, what they grant, what channels add and take, and whom mentions of them notify.
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  ApplicationFlags,
  PermissionFlagsBits as Bits,
  ChannelType,
  type Client,
  GatewayIntentBits as Intents,
} from 'discord.js';
import { expect } from 'expect';
import type { Channel, Json, Role } from '../src/model.ts';
import { ALL_PERMISSIONS, BOT_PERMISSIONS, MEMBER_PERMISSIONS } from '../src/permissions.ts';
import { useDiscord } from './here.ts';
import { each, eventually } from './support.ts';
import { startTinyBot } from './tiny-bot.ts';

const here = useDiscord();
const { ask, call, found, post } = here;
let helpers: Role;
beforeEach(() => {
  helpers = here.discord.addRole(here.guild, 'Helpers', { permissions: Bits.ManageThreads });
});
const read = async (path: string) => (await call('GET', `/guilds/${here.guild.id}${path}`)).body;
const memberOf = () => read(`/members/${here.mina.user.id}`);
const ownRole = () => here.guild.members.get(here.mina.user.id)?.roleId;

describe('a role', () => {
  test('is listed with its permissions, and whether it is managed and mentionable', async () => {
    const managed = here.discord.addRole(here.guild, 'Other bot', { managed: true, mentionable: true });
    const { list } = await read('/roles');
    expect(list).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: here.guild.id, name: '@everyone', permissions: '0' }),
        expect.objectContaining({ id: here.guild.botRoleId, managed: true, tags: { bot_id: here.discord.botUser.id } }),
        expect.objectContaining({
          id: helpers.id,
          name: 'Helpers',
          permissions: String(Bits.ManageThreads),
          managed: false,
          mentionable: false,
        }),
        expect.objectContaining({ id: managed.id, managed: true, mentionable: true }),
      ]),
    );
    expect((await read('')).roles).toEqual(list);
  });

  test('is in the lists of those who have it, and adds its permissions to theirs', async () => {
    const { discord, guild, mina } = here;
    const permissions = () => Object(ask(2).interaction.payload.member).permissions;
    discord.giveRole(guild, mina.user, helpers);
    expect((await memberOf()).roles).toEqual([ownRole(), helpers.id]);
    expect(ask(2).interaction.payload).toMatchObject({ member: { roles: [ownRole(), helpers.id] } });
    expect(permissions()).toBe(String(MEMBER_PERMISSIONS | Bits.ManageThreads));
    discord.takeRole(guild, mina.user, helpers);
    expect((await memberOf()).roles).toEqual([ownRole()]);
    expect(permissions()).toBe(String(MEMBER_PERMISSIONS));
    expect(() => discord.giveRole(guild, discord.addUser('Guest'), helpers)).toThrow('Guest is not a member');
  });

  test('that is deleted is gone from members and channels', async () => {
    const { channel, discord, guild, mina } = here;
    discord.giveRole(guild, mina.user, helpers);
    discord.setPermissions(channel, helpers, { deny: Bits.ViewChannel });
    expect(mina.permissionsIn(channel)).toBe(0n);
    discord.removeRole(guild, helpers);
    expect((await memberOf()).roles).toEqual([ownRole()]);
    expect(mina.permissionsIn(channel)).toBe(MEMBER_PERMISSIONS);
    expect((await call('GET', `/channels/${channel.id}`)).body.permission_overwrites).toEqual([]);
  });
});

describe('the permissions in a channel', () => {
  const lacking = (permission: bigint) => (here.mina.permissionsIn(here.channel) & permission) === 0n;

  test('are those of @everyone, then of roles together, then of the user', () => {
    const { channel, discord, guild, mina } = here;
    const other = discord.addRole(guild, 'Other');
    discord.giveRole(guild, mina.user, helpers);
    discord.giveRole(guild, mina.user, other);
    discord.setPermissions(channel, guild, { deny: Bits.SendMessages });
    expect(lacking(Bits.SendMessages)).toBe(true);
    discord.setPermissions(channel, helpers, { allow: Bits.SendMessages });
    discord.setPermissions(channel, other, { deny: Bits.SendMessages });
    expect(lacking(Bits.SendMessages)).toBe(false);
    discord.setPermissions(channel, mina.user, { deny: Bits.SendMessages });
    expect(lacking(Bits.SendMessages)).toBe(true);
    const thread = discord.addChannel(guild, 'thread', { type: ChannelType.PublicThread, parent: channel });
    expect(mina.permissionsIn(thread)).toBe(mina.permissionsIn(channel));
    discord.setPermissions(channel, mina.user, null);
    expect(lacking(Bits.SendMessages)).toBe(false);
    discord.join(guild, mina.user, Bits.Administrator);
    discord.setPermissions(channel, mina.user, { deny: ALL_PERMISSIONS });
    expect(lacking(Bits.ViewChannel)).toBe(false);
  });

  test('of the bot change with @everyone and its own role, and are set by setBotPermissions', async () => {
    const { channel, discord, guild } = here;
    discord.setPermissions(channel, guild, { deny: Bits.ViewChannel });
    expect(await post()).toMatchObject({ status: 403, code: 50001 });
    discord.setBotPermissions(channel, BOT_PERMISSIONS);
    const { body } = await call('GET', `/channels/${channel.id}`);
    expect(body.permission_overwrites).toEqual([
      { id: guild.id, type: 0, allow: '0', deny: String(Bits.ViewChannel) },
      { id: discord.botUser.id, type: 1, allow: String(BOT_PERMISSIONS), deny: expect.any(String) },
    ]);
    expect(() => discord.setPermissions(channel, discord.botUser, {})).toThrow('setBotPermissions');
  });
});

describe('the permissions of a bot with ADMINISTRATOR', () => {
  test('are all, whatever a channel takes', () => {
    const { channel, discord, guild } = here;
    const usual = guild.botPermissions;
    guild.botPermissions = Bits.Administrator;
    discord.setBotPermissions(channel, Bits.ViewChannel);
    expect(ask(2).interaction.payload.app_permissions).toBe(String(ALL_PERMISSIONS));
    guild.botPermissions = usual;
  });
});

describe('a message that mentions a role', () => {
  const sent = async (body: object = {}) => found((await post({ content: `<@&${helpers.id}>`, ...body })).body.id);

  test('notifies it where everyone may mention it', async () => {
    expect((await sent()).notifies.roles).toEqual([]);
    helpers = here.discord.addRole(here.guild, 'Open', { mentionable: true });
    expect((await sent()).notifies.roles).toEqual([helpers.id]);
    const { message } = await here.mina.say(`<@&${helpers.id}>`);
    expect(message.notifies.roles).toEqual([helpers.id]);
  });

  test('notifies it with MENTION_EVERYONE', async () => {
    here.discord.setBotPermissions(here.channel, BOT_PERMISSIONS | Bits.MentionEveryone);
    const message = await sent();
    expect(message.notifies.roles).toEqual([helpers.id]);
    await call('PATCH', `/channels/${here.channel.id}/messages/${message.id}`, { allowed_mentions: { parse: [] } });
    expect(message.notifies.roles).toEqual([]);
  });

  each<[string, object, boolean]>([
    ['no mention', { parse: [] }, false],
    ['mentions of users', { parse: ['users'] }, false],
    ['another role', { roles: ['1'] }, false],
    ['mentions of roles', { parse: ['roles'] }, true],
  ])('and allows %s keeps to that', async (_, allowed_mentions, isNotified) => {
    helpers = here.discord.addRole(here.guild, 'Open', { mentionable: true });
    const message = await sent({ allowed_mentions });
    expect(message.notifies.roles).toEqual(isNotified ? [helpers.id] : []);
  });
});

describe('a bot', () => {
  const seen: [name: string, data: Json][] = [];
  let client: Client<true>;
  before(async () => {
    here.discord.application.flags = ApplicationFlags.GatewayGuildMembersLimited;
    client = await startTinyBot(here.discord, [Intents.Guilds, Intents.GuildMessages, Intents.GuildMembers]);
    client.on('raw', ({ t, d }) => seen.push([t, d]));
  });
  after(() => client.destroy());
  const last = (name: string) => seen.findLast((each) => each[0] === name)?.[1];
  const computed = ({ id }: Channel) => {
    const channel = client.channels.cache.get(id);
    return channel?.isTextBased() && !channel.isDMBased() ? channel.permissionsFor(client.user)?.bitfield : undefined;
  };

  test('computes the permissions that interactions give it', async () => {
    const { channel, discord, guild } = here;
    const shown = () => BigInt(String(ask(2).interaction.payload.app_permissions));
    await eventually(() => expect(computed(channel)).toBe(BOT_PERMISSIONS));
    expect(shown()).toBe(BOT_PERMISSIONS);
    discord.setPermissions(channel, guild, { deny: Bits.AttachFiles, allow: Bits.ManageThreads });
    const changed = (BOT_PERMISSIONS & ~Bits.AttachFiles) | Bits.ManageThreads;
    await eventually(() => expect(computed(channel)).toBe(changed));
    expect(shown()).toBe(changed);
    discord.setBotPermissions(channel, Bits.ViewChannel | Bits.AttachFiles);
    await eventually(() => expect(computed(channel)).toBe(Bits.ViewChannel | Bits.AttachFiles));
    expect(shown()).toBe(Bits.ViewChannel | Bits.AttachFiles);
  });

  test('receives roles that are added, given and deleted', async () => {
    const { discord, guild, mina } = here;
    const created = { guild_id: guild.id, role: { id: helpers.id, name: 'Helpers' } };
    await eventually(() => expect(last('GUILD_ROLE_CREATE')).toMatchObject(created));
    discord.giveRole(guild, mina.user, helpers);
    discord.removeRole(guild, helpers);
    await eventually(() => expect(last('GUILD_ROLE_DELETE')).toEqual({ guild_id: guild.id, role_id: helpers.id }));
    expect(last('GUILD_MEMBER_UPDATE')).toMatchObject({ user: { id: mina.user.id }, roles: [ownRole(), helpers.id] });
  });

  test('receives the roles of who writes and of who is mentioned', async () => {
    const { discord, guild, mina } = here;
    discord.giveRole(guild, mina.user, helpers);
    await mina.say('to myself', { mentions: [mina.user] });
    const roles = [ownRole(), helpers.id];
    await eventually(() =>
      expect(last('MESSAGE_CREATE')).toMatchObject({
        member: { roles },
        mentions: [{ id: mina.user.id, member: { roles } }],
      }),
    );
  });
});
