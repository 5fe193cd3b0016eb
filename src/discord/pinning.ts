// Posting a message and pinning it: both, or nothing is left behind.
import { MessageType, type REST } from 'discord.js';
import type { Logger } from 'pino';
import type { MessageBody } from './answer.ts';
import { isLostConnection } from './errors.ts';
import { deleteMessage, messagesAfter, pinMessage, postMessage } from './requests.ts';

/** A message could not be pinned, and not be deleted again either. */
export class LeftBehindError extends Error {
  override readonly name = 'LeftBehindError';
  readonly messageId: string;

  /** @param cause why it could not be deleted */
  constructor(messageId: string, cause: unknown) {
    super('a message that could not be pinned is still there', { cause });
    this.messageId = messageId;
  }
}

/**
 * Posts a message and pins it. Where the pin fails, the message is deleted again.
 * @param nonce makes a repeated post the same message
 * @param reason for the server's audit log
 * @returns the message's id
 * @throws {DiscordAPIError} what Discord refused, the post or the pin
 * @throws {LeftBehindError} where the message could not be deleted after a refused pin
 */
export async function postAndPin(
  rest: REST,
  channelId: string,
  body: MessageBody,
  { nonce, reason, log }: { nonce: string; reason: string; log: Logger },
): Promise<string> {
  const { id } = await postMessage(rest, channelId, body, { nonce });
  const tidy = () =>
    void removeNotice(rest, channelId, id).catch((error) => log.debug({ err: error }, 'the notice of a pin stays'));
  try {
    await pinMessage(rest, channelId, id, reason);
  } catch (error) {
    await takeBack(rest, channelId, id);
    // Where only the answer was lost, Discord has pinned it and said so.
    if (isLostConnection(error)) tidy();
    throw error;
  }
  tidy();
  return id;
}

/** Deletes a message that was posted for nothing. @throws {LeftBehindError} */
export async function takeBack(rest: REST, channelId: string, messageId: string): Promise<void> {
  await deleteMessage(rest, channelId, messageId).catch((error) => {
    throw new LeftBehindError(messageId, error);
  });
}

/** Discord says "… pinned a message" under the message that it has just pinned for us; that says nothing to members. */
async function removeNotice(rest: REST, channelId: string, pinnedId: string): Promise<void> {
  const messages = await messagesAfter(rest, channelId, pinnedId);
  const notice = messages.find(
    ({ type, message_reference }) =>
      type === MessageType.ChannelPinnedMessage && message_reference?.message_id === pinnedId,
  );
  if (notice) await deleteMessage(rest, channelId, notice.id);
}
