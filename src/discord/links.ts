// Addresses inside Discord.

/** The address of a message, as Discord's clients open it. */
export function messageUrl({
  guildId,
  channelId,
  messageId,
}: {
  guildId: string;
  channelId: string;
  messageId: string;
}): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}
