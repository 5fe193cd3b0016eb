// Permission checks, and lookups that fail as Discord's do (Discord docs, Permissions).
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { apiError } from './api-error.ts';
import type { Channel, Guild, Member, Message, User, World } from './model.ts';
import { ALL_PERMISSIONS, effectivePermissions, hasPermissions, MEMBER_PERMISSIONS } from './permissions.ts';
import { roleIdsOf } from './roles.ts';
import { isTextBased, isThread } from './world.ts';

/**
 * What `app_permissions` gives in direct messages with the bot (Discord docs, Receiving and Responding, Interaction
 * Structure).
 */
const DM_PERMISSIONS = Bits.AttachFiles | Bits.EmbedLinks | Bits.MentionEveryone | Bits.UseExternalEmojis;

/** The bot's permissions as an interaction carries them, in `app_permissions`. */
export const appPermissionsIn = (channel: Channel): bigint =>
  channel.guild === null ? DM_PERMISSIONS : botPermissionsIn(channel);

/** The bot's permissions in a channel. In direct messages: all. */
export function botPermissionsIn(channel: Channel): bigint {
  const { guild } = channel;
  if (guild === null || guild.botPermissions & Bits.Administrator) return ALL_PERMISSIONS;
  const inherited = isThread(channel) ? channel.parent?.botPermissions : null;
  const computed = () => withOverwrites(channel, guild, guild.botPermissions, [guild.botRoleId]);
  return effectivePermissions(channel.botPermissions ?? inherited ?? computed());
}

/** Whether the bot sees a channel. */
export const canBotView = (channel: Channel): boolean => hasPermissions(botPermissionsIn(channel), Bits.ViewChannel);

/** A user's permissions in a channel, as `member.permissions` gives them. */
export function memberPermissionsIn(channel: Channel, user: User): bigint {
  const { guild } = channel;
  if (guild === null) return ALL_PERMISSIONS;
  const member = guild.members.get(user.id);
  const base = member ? basePermissions(guild, member) : MEMBER_PERMISSIONS;
  const roleIds = member ? roleIdsOf(member) : [];
  return effectivePermissions(withOverwrites(channel, guild, base, roleIds, user.id));
}

/** A member's permissions in the server: those of all roles together. */
export const basePermissions = ({ roles }: Guild, member: Member): bigint =>
  [...member.roles].reduce((all, id) => all | (roles.get(id)?.permissions ?? 0n), member.permissions);

/** Who writes in a channel, with which permissions. */
export const authorPermissionsIn = ({ bot }: World, channel: Channel, author: User): bigint =>
  author === bot ? botPermissionsIn(channel) : memberPermissionsIn(channel, author);

/**
 * Applies a channel's overwrites: first that of @everyone, then those of all roles together, then that of the user
 * (Discord docs, Permissions, Permission Overwrites). Threads have those of their channel (Inherited Permissions). They do
 * not change what an administrator may do.
 */
function withOverwrites(channel: Channel, guild: Guild, base: bigint, roleIds: readonly string[], userId = ''): bigint {
  const { overwrites } = isThread(channel) && channel.parent ? channel.parent : channel;
  if (base & Bits.Administrator) return base;
  return [[guild.id], roleIds, [userId]].reduce((permissions, ids) => {
    const found = ids.map((id) => overwrites.get(id)).filter((each) => each !== undefined);
    const denied = found.reduce((all, { deny }) => all | deny, 0n);
    return found.reduce((all, { allow }) => all | allow, permissions & ~denied);
  }, base);
}

/**
 * The channel with this id, if the bot is in its server and sees it.
 * @throws ApiError 10003, 50001
 */
export function findChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw apiError(10003);
  if (channel.guild && !channel.guild.hasBot) throw apiError(50001);
  if (!canBotView(channel)) throw apiError(50001);
  return channel;
}

/** As findChannel, for routes about messages: throws ApiError 50024 for categories and forums too. */
export function findTextChannel(world: World, id: string): Channel {
  const channel = findChannel(world, id);
  if (!isTextBased(channel)) throw apiError(50024);
  return channel;
}

/**
 * The message in this channel. No channel route finds an ephemeral message.
 * @throws ApiError 10008
 */
export function findMessage(channel: Channel, id: string): Message {
  const message = channel.messages.get(id);
  if (!message) throw apiError(10008);
  return message;
}

/** Throws ApiError 50013 unless the bot has all of these permissions in the channel. */
export function requireBotPermissions(channel: Channel, needed: bigint): void {
  if (!hasPermissions(botPermissionsIn(channel), needed)) throw apiError(50013);
}

/**
 * Messages in an archived thread can't be deleted (Discord docs, Threads, Active & Archived Threads). In a locked one
 * that is active they can: "deleting messages […] will only be allowed in locked threads if that thread is also active"
 * (same page, Locked Threads).
 * @throws ApiError 50083
 */
export function requireActiveThread(channel: Channel): void {
  if (channel.archived) throw apiError(50083);
}

/**
 * Messages in an archived thread can't be changed, and in a locked one only with MANAGE_THREADS (same sections).
 * @throws ApiError 50083, 160005
 */
export function requireOpenThread(channel: Channel): void {
  requireActiveThread(channel);
  requireUnlocked(channel);
}

/** Throws ApiError 160005 for a locked thread, unless the bot manages threads. */
export function requireUnlocked(channel: Channel): void {
  if (channel.locked && !hasPermissions(botPermissionsIn(channel), Bits.ManageThreads)) throw apiError(160005);
}

/** The permission to send messages here: threads have their own. */
export const sendPermission = (channel: Channel): bigint =>
  isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages;
