// Permission checks, and lookups that fail as Discord's do (Discord docs, Permissions).
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { apiError } from './api-error.ts';
import type { Channel, Message, User, World } from './model.ts';
import { ALL_PERMISSIONS, effectivePermissions, hasPermissions, MEMBER_PERMISSIONS } from './permissions.ts';
import { isTextBased, isThread } from './world.ts';

/** The bot's permissions in a channel, as `app_permissions` gives them. In direct messages: all. */
export function botPermissionsIn(channel: Channel): bigint {
  if (channel.guild === null) return ALL_PERMISSIONS;
  const inherited = isThread(channel) ? channel.parent?.botPermissions : null;
  return effectivePermissions(channel.botPermissions ?? inherited ?? channel.guild.botPermissions);
}

/** A user's permissions in a channel, as `member.permissions` gives them. */
export function memberPermissionsIn(channel: Channel, user: User): bigint {
  if (channel.guild === null) return ALL_PERMISSIONS;
  const inherited = isThread(channel) ? channel.parent?.memberPermissions.get(user.id) : undefined;
  const base = channel.guild.members.get(user.id)?.permissions ?? MEMBER_PERMISSIONS;
  return effectivePermissions(channel.memberPermissions.get(user.id) ?? inherited ?? base);
}

/**
 * The channel with this id, if the bot is in its server and sees it.
 * @throws ApiError 10003, 50001
 */
export function findChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw apiError(10003);
  if (channel.guild && !channel.guild.hasBot) throw apiError(50001);
  if (!hasPermissions(botPermissionsIn(channel), Bits.ViewChannel)) throw apiError(50001);
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
 * Nothing in an archived thread can be changed, and in a locked one only by members who manage threads (Discord docs,
 * Threads).
 * @throws ApiError 50083, 160005
 */
export function requireOpenThread(channel: Channel): void {
  if (channel.archived) throw apiError(50083);
  requireUnlocked(channel);
}

/** Throws ApiError 160005 for a locked thread, unless the bot manages threads. */
export function requireUnlocked(channel: Channel): void {
  if (channel.locked && !hasPermissions(botPermissionsIn(channel), Bits.ManageThreads)) throw apiError(160005);
}

/** The permission to send messages here: threads have their own. */
export const sendPermission = (channel: Channel): bigint =>
  isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages;
