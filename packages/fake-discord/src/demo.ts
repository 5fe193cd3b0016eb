// A small world to try a bot in: one server with a forum, a member, a helper, a moderator.
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { FakeDiscord } from './fake-discord.ts';
import type { Channel, Guild, Role, User } from './model.ts';
import { MEMBER_PERMISSIONS, MODERATOR_PERMISSIONS } from './permissions.ts';

const { ManageGuild, ViewChannel } = PermissionFlagsBits;

/** Ids of what `seedDemoWorld` creates. */
export interface DemoWorld {
  readonly guildId: string;
  /** By channel name. */
  readonly channelIds: Readonly<Record<string, string>>;
  readonly memberId: string;
  readonly helperId: string;
  /** Of the role that helpers have besides the permissions of a member. */
  readonly helperRoleId: string;
  readonly moderatorId: string;
}

/** Fills a new fake Discord. @returns the ids of what was made */
export function seedDemoWorld(discord: FakeDiscord): DemoWorld {
  const guild = discord.addGuild('Community Corner');
  const start = discord.addChannel(guild, 'start-here');
  const general = discord.addChannel(guild, 'general');
  const questions = discord.addChannel(guild, 'questions', { type: ChannelType.GuildForum });
  const announcements = discord.addChannel(guild, 'announcements', { type: ChannelType.GuildAnnouncement });
  const member = discord.addUser('Mina');
  const moderator = discord.addUser('Omar');
  const helper = discord.addUser('Hana');
  discord.join(guild, member, MEMBER_PERMISSIONS);
  discord.join(guild, moderator, MODERATOR_PERMISSIONS | ManageGuild);
  discord.join(guild, helper, MEMBER_PERMISSIONS);
  const { thread } = discord.addPost(questions, member, 'How does this work?', 'I am new here. Where do I start?');
  const role = discord.addRole(guild, 'Helpers', { mentionable: true });
  discord.giveRole(guild, helper, role);
  discord.allowCommands(guild, role, MODERATOR_PERMISSIONS);
  const helpers = addHelpersChannel(discord, guild, [role, moderator]);
  const channels = [start, general, questions, thread, announcements, helpers];
  return {
    guildId: guild.id,
    channelIds: Object.fromEntries(channels.map(({ name, id }) => [name, id])),
    memberId: member.id,
    helperId: helper.id,
    helperRoleId: role.id,
    moderatorId: moderator.id,
  };
}

/** A channel that only these and the bot see. */
function addHelpersChannel(discord: FakeDiscord, guild: Guild, viewers: readonly (Role | User)[]): Channel {
  const channel = discord.addChannel(guild, 'helpers', { botPermissions: guild.botPermissions });
  discord.setPermissions(channel, guild, { deny: ViewChannel });
  for (const viewer of viewers) discord.setPermissions(channel, viewer, { allow: ViewChannel });
  return channel;
}
