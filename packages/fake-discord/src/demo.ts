// A small world to try a bot in: one server, a member, a moderator.
import { ChannelType } from 'discord-api-types/v10';
import type { FakeDiscord } from './fake-discord.ts';
import { MEMBER_PERMISSIONS, MODERATOR_PERMISSIONS } from './permissions.ts';

/** Ids of what `seedDemoWorld` creates. */
export interface DemoWorld {
  readonly guildId: string;
  /** By channel name. */
  readonly channelIds: Readonly<Record<string, string>>;
  readonly memberId: string;
  readonly moderatorId: string;
}

/** Fills a new fake Discord. @returns the ids of what was made */
export function seedDemoWorld(discord: FakeDiscord): DemoWorld {
  const guild = discord.addGuild('Community Corner');
  const start = discord.addChannel(guild, 'start-here');
  const general = discord.addChannel(guild, 'general');
  const questions = discord.addChannel(guild, 'questions', { type: ChannelType.GuildForum });
  const thread = discord.addChannel(guild, 'How does this work?', {
    type: ChannelType.PublicThread,
    parent: questions,
  });
  const announcements = discord.addChannel(guild, 'announcements', { type: ChannelType.GuildAnnouncement });
  const member = discord.addUser('Mina');
  const moderator = discord.addUser('Omar');
  discord.join(guild, member, MEMBER_PERMISSIONS);
  discord.join(guild, moderator, MODERATOR_PERMISSIONS);
  const channels = [start, general, questions, thread, announcements];
  return {
    guildId: guild.id,
    channelIds: Object.fromEntries(channels.map(({ name, id }) => [name, id])),
    memberId: member.id,
    moderatorId: moderator.id,
  };
}
