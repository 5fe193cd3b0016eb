// Permission sets that the fake Discord hands out, and their names for refusals.
import { PermissionFlagsBits as Bits } from 'discord.js';

/** Every permission there is (Discord docs, Permissions). */
export const ALL_PERMISSIONS: bigint = Object.values(Bits).reduce((all, bit) => all | bit, 0n);

/** What an ordinary member may do in an ordinary channel. */
export const MEMBER_PERMISSIONS: bigint =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.ReadMessageHistory |
  Bits.UseApplicationCommands |
  Bits.UseExternalApps;

/** A member who also keeps order: deletes messages, pins them. */
export const MODERATOR_PERMISSIONS: bigint = MEMBER_PERMISSIONS | Bits.ManageMessages | Bits.PinMessages;

/** What the bot's invitation asks for. MANAGE_MESSAGES is not among it: since 2026-02-23 pinning needs PIN_MESSAGES only. */
export const BOT_PERMISSIONS: bigint = MEMBER_PERMISSIONS | Bits.PinMessages;

/** Whether `permissions` holds every bit of `needed`. ADMINISTRATOR holds them all. */
export function hasPermissions(permissions: bigint, needed: bigint): boolean {
  return (permissions & Bits.Administrator) !== 0n || (permissions & needed) === needed;
}

/** The set as Discord applies it: ADMINISTRATOR means all, and nothing is left without VIEW_CHANNEL. */
export function effectivePermissions(permissions: bigint): bigint {
  if (permissions & Bits.Administrator) return ALL_PERMISSIONS;
  return permissions & Bits.ViewChannel ? permissions : 0n;
}
