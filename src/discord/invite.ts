// The invitation: the address at which a server's admin adds the bot, and the permissions that it asks for.
import { PermissionFlagsBits } from 'discord.js';

/** What the bot needs where it posts: to see the channel, write, embed, read back, pin. */
export const INVITE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.PinMessages;

/** The address at which a server's admin adds the bot. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(INVITE_PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
