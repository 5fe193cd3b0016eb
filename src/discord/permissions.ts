// Permissions, read from the payload that Discord sends: the one place that decides who may do what.
import { type APIInteraction, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Messages } from '../i18n/index.ts';
import { Refusal } from './answer.ts';

/** Permissions by the names under which Discord shows them in English. */
const NAMES = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
  ManageMessages: 'Manage Messages',
  PinMessages: 'Pin Messages',
} as const;
export type Permission = keyof typeof NAMES;

/** What of these permissions a bit set lacks. @param bits Discord's decimal text; anything else holds nothing */
export function lacking(bits: unknown, needed: readonly Permission[]): Permission[] {
  const held = typeof bits === 'string' && /^\d{1,20}$/.test(bits) ? BigInt(bits) : 0n;
  if ((held & PermissionFlagsBits.Administrator) !== 0n) return [];
  return needed.filter((name) => (held & PermissionFlagsBits[name]) === 0n);
}

const THREADS: readonly (number | undefined)[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

/** What sending takes in a channel of this type: threads have a permission of their own. */
export function sendingIn(channelType: number | undefined): Permission {
  return THREADS.includes(channelType) ? 'SendMessagesInThreads' : 'SendMessages';
}

/** The names of permissions, for a sentence. */
export function permissionNames(permissions: readonly Permission[]): string {
  return permissions.map((name) => `**${NAMES[name]}**`).join(', ');
}

/**
 * Ends what a person may not do. Asked for at every command, button and modal, whatever a server's settings say.
 * @param anyOf the person holds at least one of these where they act
 * @returns the server's id
 * @throws {Refusal} outside a server, or where the person lacks them all
 */
export function requireModerator(
  { guild_id, member }: APIInteraction,
  messages: Messages,
  ...anyOf: Permission[]
): string {
  if (guild_id === undefined || guild_id === null || !member) throw new Refusal(messages.error.serverOnly);
  const held = member.permissions;
  if (anyOf.every((permission) => lacking(held, [permission]).length > 0)) {
    throw new Refusal(messages.error.lacks(permissionNames(anyOf)));
  }
  return guild_id;
}
