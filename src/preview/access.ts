// Who may do what where, and the refusals for who may not (Discord docs, Permissions).
import { PermissionFlagsBits as Bits } from 'discord.js';
import { ALL_PERMISSIONS, effective, holds, MEMBER_PERMISSIONS } from './permissions.ts';
import { refusal } from './refusal.ts';
import type { Channel, Message, User, World } from './world.ts';
import { holdsMessages, isThread } from './world.ts';

/** The bot's permissions in a channel, as `app_permissions` gives them. In direct messages: all. */
export function botPermissionsIn(channel: Channel): bigint {
  if (channel.guild === null) return ALL_PERMISSIONS;
  const inherited = isThread(channel) ? channel.parent?.botPermissions : null;
  return effective(channel.botPermissions ?? inherited ?? channel.guild.botPermissions);
}

/** A user's permissions in a channel, as `member.permissions` gives them. */
export function memberPermissionsIn(channel: Channel, user: User): bigint {
  if (channel.guild === null) return ALL_PERMISSIONS;
  const inherited = isThread(channel) ? channel.parent?.memberPermissions.get(user.id) : undefined;
  const base = channel.guild.members.get(user.id)?.permissions ?? MEMBER_PERMISSIONS;
  return effective(channel.memberPermissions.get(user.id) ?? inherited ?? base);
}

/**
 * The channel with this id, if the bot is in its server and sees it.
 * @throws Refusal 10003, 50001
 */
export function visibleChannel(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw refusal(10003);
  if (channel.guild && !channel.guild.hasBot) throw refusal(50001);
  if (!holds(botPermissionsIn(channel), Bits.ViewChannel)) throw refusal(50001);
  return channel;
}

/** The same, for routes that deal with messages. Throws 50024 for categories and forums too. */
export function messageChannel(world: World, id: string): Channel {
  const channel = visibleChannel(world, id);
  if (!holdsMessages(channel)) throw refusal(50024);
  return channel;
}

/**
 * The message in this channel; an ephemeral one is not found by any channel route.
 * @throws Refusal 10008
 */
export function messageIn(channel: Channel, id: string): Message {
  const message = channel.messages.get(id);
  if (!message) throw refusal(10008);
  return message;
}

/** Throws 50013 unless the bot holds every permission of `needed` in this channel. */
export function requireBot(channel: Channel, needed: bigint): void {
  if (!holds(botPermissionsIn(channel), needed)) throw refusal(50013);
}

/**
 * Whatever is in an archived thread cannot be changed, and what is in a locked one only by those who manage threads
 * (Discord docs, Threads).
 * @throws Refusal 50083, 160005
 */
export function requireOpenThread(channel: Channel): void {
  if (channel.archived) throw refusal(50083);
  requireUnlocked(channel);
}

/** Throws 160005 for a locked thread, unless the bot manages threads. */
export function requireUnlocked(channel: Channel): void {
  if (channel.locked && !holds(botPermissionsIn(channel), Bits.ManageThreads)) throw refusal(160005);
}

/** What sending a message here takes: its own permission in threads. */
export const sendPermission = (channel: Channel): bigint =>
  isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages;

export { Bits };
