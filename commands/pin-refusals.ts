// What /faq-pin says where Discord refuses: what did not happen, why, and what to do.
import { Refusal } from '../src/discord/answer.ts';
import type { Bot } from '../src/discord/command.ts';
import { discordErrorCode, type FailureReason, failureReason, methodOf } from '../src/discord/errors.ts';
import { messageUrl } from '../src/discord/links.ts';
import { type Permission, permissionNames, sendingIn } from '../src/discord/permissions.ts';
import { LeftBehindError } from '../src/discord/pinning.ts';
import type { Messages } from '../src/i18n/index.ts';

/** Why a topic was not pinned. @param target the channel, with its type where it is known */
export function whyNotPinned(
  error: unknown,
  { id, type, guildId }: { id: string; type: number | undefined; guildId: string },
  { pin }: Messages,
  { log }: Pick<Bot, 'log'>,
): Refusal {
  if (error instanceof LeftBehindError) {
    log.warn({ err: error }, 'a message that was not pinned could not be deleted');
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
  const obstacle = failureReason(error);
  if (obstacle === 'failed') log.warn({ err: error, code: discordErrorCode(error) }, 'a topic could not be pinned');
  return new Refusal(sentences[obstacle] ?? pin.failed);
}

/** Why a pinned message was not removed. */
export function whyNotRemoved(
  error: unknown,
  channelId: string,
  { pin: { kept } }: Messages,
  { log }: Pick<Bot, 'log'>,
): Refusal {
  const obstacle = failureReason(error);
  if (obstacle === 'permission' || obstacle === 'access' || obstacle === 'archived')
    return new Refusal(kept[obstacle](channelId));
  log.warn({ err: error, code: discordErrorCode(error) }, 'a pinned message could not be deleted');
  return new Refusal(kept.failed);
}
