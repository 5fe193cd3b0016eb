// Links to places in Discord.

/** The link that opens a channel or thread in Discord's clients. */
export function channelUrl(guildId: string, channelId: string): string {
  return `https://discord.com/channels/${guildId}/${channelId}`;
}

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
  return `${channelUrl(guildId, channelId)}/${messageId}`;
}
