// Posts a message and pins it. If one of them fails, no message remains.
import { MessageType, type REST } from 'discord.js';
import type { Logger } from 'pino';
import type { MessageBody } from './answer.ts';
import { isLostConnection } from './errors.ts';
import { deleteMessage, messagesAfter, pinMessage, postMessage } from './requests.ts';

/** A message could neither be pinned nor deleted again. */
export class LeftBehindError extends Error {
  override readonly name = 'LeftBehindError';
  readonly messageId: string;

  /** @param cause why it could not be deleted */
  constructor(messageId: string, cause: unknown) {
    super('message not pinned and not deleted', { cause });
    this.messageId = messageId;
  }
}

/**
 * Posts a message and pins it. If pinning fails, the message is deleted.
 * @param nonce a repeated post with the same nonce posts one message
 * @param reason for the server's audit log
 * @returns the message's id
 * @throws {DiscordAPIError} if Discord refused the post or the pin
 * @throws {LeftBehindError} if the message could not be deleted after a refused pin
 */
export async function postAndPin(
  rest: REST,
  channelId: string,
  body: MessageBody,
  { nonce, reason, log }: { nonce: string; reason: string; log: Logger },
): Promise<string> {
  const { id } = await postMessage(rest, channelId, body, { nonce });
  const removeNoticeLater = () =>
    void removeNotice(rest, channelId, id).catch((error) => log.debug({ err: error }, 'pin notice not deleted'));
  try {
    await pinMessage(rest, channelId, id, reason);
  } catch (error) {
    await takeBack(rest, channelId, id);
    // If only the answer was lost, Discord has pinned it and posted its notice.
    if (isLostConnection(error)) removeNoticeLater();
    throw error;
  }
  removeNoticeLater();
  return id;
}

/** Deletes a message that could not be pinned or saved. @throws {LeftBehindError} if that fails */
export async function takeBack(rest: REST, channelId: string, messageId: string): Promise<void> {
  await deleteMessage(rest, channelId, messageId).catch((error) => {
    throw new LeftBehindError(messageId, error);
  });
}

/** Deletes the notice "… pinned a message", which Discord posts after a pin: members do not need it. */
async function removeNotice(rest: REST, channelId: string, pinnedId: string): Promise<void> {
  const messages = await messagesAfter(rest, channelId, pinnedId);
  const notice = messages.find(
    ({ type, message_reference }) =>
      type === MessageType.ChannelPinnedMessage && message_reference?.message_id === pinnedId,
  );
  if (notice) await deleteMessage(rest, channelId, notice.id);
}
