// Decides who may do what, by the permissions in the payload that Discord sends. No other file does.
import { type APIInteraction, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Messages } from '../i18n/index.ts';
import type { Settings } from '../servers/settings.ts';
import { Refusal } from './answer.ts';
import type { RenderContext } from './render-context.ts';

/** Permissions by the names under which Discord shows them in English. */
const NAMES = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
  ManageGuild: 'Manage Server',
  ManageMessages: 'Manage Messages',
  PinMessages: 'Pin Messages',
  AddReactions: 'Add Reactions',
} as const;
export type Permission = keyof typeof NAMES;

/** The needed permissions that are missing. @param bits a decimal string from Discord; anything else has none */
export function lacking(bits: unknown, needed: readonly Permission[]): Permission[] {
  const held = typeof bits === 'string' && /^\d{1,20}$/.test(bits) ? BigInt(bits) : 0n;
  if ((held & PermissionFlagsBits.Administrator) !== 0n) return [];
  return needed.filter((name) => (held & PermissionFlagsBits[name]) === 0n);
}

/** The types of threads; a post in a forum is one. */
export const THREADS: readonly (number | undefined)[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

/** The permission to send in a channel of this type: threads have their own. */
export function sendingIn(channelType: number | undefined): Permission {
  return THREADS.includes(channelType) ? 'SendMessagesInThreads' : 'SendMessages';
}

/** The names of permissions, for a message to a person. */
export function permissionNames(permissions: readonly Permission[]): string {
  return permissions.map((name) => `**${NAMES[name]}**`).join(', ');
}

/**
 * Requires that a person is a moderator. Checked at every command, button and modal, regardless of a server's settings.
 * @param anyOf the person has at least one of these in the channel
 * @returns the server's id
 * @throws {Refusal} outside a server, or if the person has none of them
 */
export function requireModerator(
  { guild_id, member }: APIInteraction,
  messages: Messages,
  ...anyOf: Permission[]
): string {
  if (guild_id === undefined || guild_id === null || !member) throw new Refusal(messages.error.serverOnly);
  const held = member.permissions;
  if (anyOf.every((permission) => lacking(held, [permission]).length > 0)) {
    const { lacks, lacksAll } = messages.error;
    throw new Refusal((anyOf.length > 1 ? lacksAll : lacks)(permissionNames(anyOf)));
  }
  return guild_id;
}

/** Whether a person has a role that the server named for helpers. The role @everyone, whose id is the server's, does not count. */
export function isHelper({ guild_id, member }: APIInteraction, { helperRoles }: Settings): boolean {
  return Boolean(member?.roles?.some((id) => id !== guild_id && helperRoles.includes(id)));
}

/** Whether a person is a moderator by one of these permissions. */
export function isModeratorBy({ guild_id, member }: APIInteraction, ...anyOf: Permission[]): boolean {
  return Boolean(guild_id && member) && anyOf.some((one) => lacking(member?.permissions, [one]).length === 0);
}

/** Whether a person is a moderator by one of these permissions, or a helper. */
export function isModeratorOrHelper(interaction: APIInteraction, settings: Settings, ...anyOf: Permission[]): boolean {
  return isModeratorBy(interaction, ...anyOf) || isHelper(interaction, settings);
}

/**
 * Like `requireModerator`, but helpers may, too.
 * @throws {Refusal} also if it can't be known whether the person is a helper
 */
export function requireModeratorOrHelper(
  interaction: APIInteraction,
  { messages, settings, isPartial }: Pick<RenderContext, 'messages' | 'settings' | 'isPartial'>,
  ...anyOf: Permission[]
): string {
  const { guild_id: guildId } = interaction;
  if (guildId && isModeratorOrHelper(interaction, settings, ...anyOf)) return guildId;
  if (guildId && isPartial) throw new Refusal(messages.error.store.unavailable);
  return requireModerator(interaction, messages, ...anyOf);
}
