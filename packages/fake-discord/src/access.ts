// Permission checks, and lookups that fail as Discord's do (Discord docs, Permissions).
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { apiError } from './api-error.ts';
import type { Channel, Message, User, World } from './model.ts';
import { ALL_PERMISSIONS, effectivePermissions, hasPermissions, MEMBER_PERMISSIONS } from './permissions.ts';
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
  if (channel.guild === null) return ALL_PERMISSIONS;
  const inherited = isThread(channel) ? channel.parent?.botPermissions : null;
  return effectivePermissions(channel.botPermissions ?? inherited ?? channel.guild.botPermissions);
}

/** Whether the bot sees a channel. */
export const canBotView = (channel: Channel): boolean => hasPermissions(botPermissionsIn(channel), Bits.ViewChannel);

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
