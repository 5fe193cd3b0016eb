// Posting a message and pinning it: both, or nothing is left behind.
import { MessageType, type REST } from 'discord.js';
import type { Logger } from 'pino';
import type { MessageBody } from './answer.ts';
import { isLostConnection } from './errors.ts';
import { deleteMessage, messagesAfter, pinMessage, postMessage } from './requests.ts';

/**
 * Posts a message and pins it. Where the pin fails, the message is deleted again.
 * @param nonce makes a repeated post the same message
 * @param reason for the server's audit log
 * @returns the message's id
 * @throws {DiscordAPIError} what Discord refused, the post or the pin
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
    await deleteMessage(rest, channelId, id);
    // Where only the answer was lost, Discord has pinned it and said so.
    if (isLostConnection(error)) tidy();
    throw error;
  }
  tidy();
  return id;
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
