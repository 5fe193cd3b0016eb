// What a message says beside a mention of the bot.
import type { APIMessage } from 'discord-api-types/v10';

type Written = Pick<APIMessage, 'content' | 'message_snapshots'>;

/**
 * The text of a message, or of the message that it forwards (Discord docs, Message resource, "Message Snapshot"), without
 * mentions of a user.
 */
export function textBeside({ content, message_snapshots: snapshots = [] }: Written, userId: string): string {
  const mentions = [`<@${userId}>`, `<@!${userId}>`];
  const texts = [content, ...snapshots.map(({ message }) => message.content)];
  const [text = ''] = texts
    .map((one) => mentions.reduce((rest, mention) => rest.replaceAll(mention, ' '), one).trim())
    .filter((one) => one !== '');
  return text;
}

/** Whether a message mentions a user, as Discord counts it. */
export function isMentioned({ mentions }: Pick<APIMessage, 'mentions'>, userId: string): boolean {
  return mentions.some(({ id }) => id === userId);
}
