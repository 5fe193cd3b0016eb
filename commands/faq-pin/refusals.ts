// What /faq-pin says if Discord refuses: what did not happen, why, and what to do.

import type { Logger } from 'pino';
import { Refusal } from '../../src/discord/answer.ts';
import { discordErrorCode, type FailureReason, failureReason, methodOf } from '../../src/discord/errors.ts';
import { messageUrl } from '../../src/discord/links.ts';
import { type Permission, permissionNames, sendingIn } from '../../src/discord/permissions.ts';
import { LeftBehindError } from '../../src/discord/pinning.ts';
import type { Messages } from '../../src/i18n/index.ts';

/** Why a topic was not pinned. @param target the channel, with its type if it is known */
export function whyNotPinned(
  error: unknown,
  { id, type, guildId }: { id: string; type: number | undefined; guildId: string },
  { pin }: Messages,
  log: Logger,
): Refusal {
  if (error instanceof LeftBehindError) {
    log.warn({ err: error }, 'unpinned message not deleted');
    return new Refusal(pin.leftBehind(messageUrl({ guildId, channelId: id, messageId: error.messageId })));
  }
  const needed: Permission[] = methodOf(error) === 'PUT' ? ['PinMessages'] : [sendingIn(type), 'EmbedLinks'];
  const sentences: Partial<Record<FailureReason, string>> = {
    full: pin.full(id),
    permission: pin.botLacks(permissionNames(needed), id),
    archived: pin.archived(id),
    access: pin.notThere(id),
    channel: pin.notThere(id),
    blocked: pin.blocked,
  };
  const reason = failureReason(error);
  if (reason === 'failed') log.warn({ err: error, code: discordErrorCode(error) }, 'topic not pinned');
  return new Refusal(sentences[reason] ?? pin.failed);
}

/** Why a pinned message was not removed. */
export function whyNotRemoved(error: unknown, channelId: string, { pin: { kept } }: Messages, log: Logger): Refusal {
  const reason = failureReason(error);
  if (reason === 'permission' || reason === 'access' || reason === 'archived')
    return new Refusal(kept[reason](channelId));
  log.warn({ err: error, code: discordErrorCode(error) }, 'pinned message not deleted');
  return new Refusal(kept.failed);
}
