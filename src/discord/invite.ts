// The invite link, with the permissions that the bot asks for.
import { PermissionFlagsBits } from 'discord.js';

/** What pins, Answer with FAQ, answers to mentions and in forums, and Ask a person need. The README lists them. */
export const NEEDED_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.PinMessages;

/** Those, and what the bot can do without: thanks are answered with a reaction. */
export const INVITE_PERMISSIONS = NEEDED_PERMISSIONS | PermissionFlagsBits.AddReactions;

/** The link by which a server's admin adds the bot. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(INVITE_PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
