// Permission sets of members, moderators and the bot, and how Discord evaluates them.
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';

/** All permissions (Discord docs, Permissions). */
export const ALL_PERMISSIONS: bigint = Object.values(Bits).reduce((all, bit) => all | bit, 0n);

/** The permissions of an ordinary member. */
export const MEMBER_PERMISSIONS: bigint =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.ReadMessageHistory |
  Bits.UseApplicationCommands |
  Bits.UseExternalApps;

/** The permissions of a moderator, who also deletes and pins messages. */
export const MODERATOR_PERMISSIONS: bigint = MEMBER_PERMISSIONS | Bits.ManageMessages | Bits.PinMessages;

/**
 * The bot's permissions unless `botPermissions` says otherwise: those that the fake Discord checks when a bot writes,
 * attaches files and pins. Pinning needs PIN_MESSAGES only (Discord docs, Message resource, Pin Message).
 */
export const BOT_PERMISSIONS: bigint =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.ReadMessageHistory |
  Bits.AddReactions |
  Bits.PinMessages;

/** Whether `permissions` includes every bit of `needed`. ADMINISTRATOR includes all. */
export function hasPermissions(permissions: bigint, needed: bigint): boolean {
  return (permissions & Bits.Administrator) !== 0n || (permissions & needed) === needed;
}

/** The permissions as Discord applies them: ADMINISTRATOR means all, and without VIEW_CHANNEL there are none. */
export function effectivePermissions(permissions: bigint): bigint {
  if (permissions & Bits.Administrator) return ALL_PERMISSIONS;
  return permissions & Bits.ViewChannel ? permissions : 0n;
}
