// Links to places in Discord.

/** The link that opens a message in Discord's clients. */
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
