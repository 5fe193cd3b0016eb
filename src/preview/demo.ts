// The world that `npm start` without a token opens: one server, a member, a moderator.
import { ChannelType } from 'discord.js';
import { MEMBER_PERMISSIONS, MODERATOR_PERMISSIONS } from './permissions.ts';
import type { Standin } from './standin.ts';

export interface DemoWorld {
  readonly guildId: string;
  /** By channel name. */
  readonly channelIds: Readonly<Record<string, string>>;
  readonly memberId: string;
  readonly moderatorId: string;
}

/** Fills a fresh stand-in and returns the ids of what it made. The people are roles of the demonstration. */
export function seedDemoWorld(standin: Standin): DemoWorld {
  const guild = standin.addGuild("Freelancers' Corner");
  const start = standin.addChannel(guild, 'start-here');
  const general = standin.addChannel(guild, 'general');
  const questions = standin.addChannel(guild, 'questions', { type: ChannelType.GuildForum });
  const thread = standin.addChannel(guild, 'Can I open a new account?', {
    type: ChannelType.PublicThread,
    parent: questions,
  });
  const announcements = standin.addChannel(guild, 'announcements', { type: ChannelType.GuildAnnouncement });
  const member = standin.addUser('Mina');
  const moderator = standin.addUser('Omar');
  standin.join(guild, member, MEMBER_PERMISSIONS);
  standin.join(guild, moderator, MODERATOR_PERMISSIONS);
  const channels = [start, general, questions, thread, announcements];
  return {
    guildId: guild.id,
    channelIds: Object.fromEntries(channels.map(({ name, id }) => [name, id])),
    memberId: member.id,
    moderatorId: moderator.id,
  };
}
