// Deferred answers: acknowledged immediately, replaced when the work is done.
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Answer, Progress } from './answer.ts';

type Work = (progress: Progress) => ReturnType<NonNullable<Answer['later']>>;

/** Shows "thinking …" to the person only; then a private message. */
export function deferPrivately(later: Work): Answer {
  const data = { flags: MessageFlags.Ephemeral as const };
  return {
    response: { type: InteractionResponseType.DeferredChannelMessageWithSource, data },
    later: asAsync(later),
  };
}

/** Shows nothing yet; then the message whose button was pressed changes. */
export function deferUpdate(later: Work): Answer {
  return { response: { type: InteractionResponseType.DeferredMessageUpdate }, later: asAsync(later) };
}

/** Turns an error before the first `await` into a rejection: otherwise the person would see "thinking …" forever. */
function asAsync(later: Work): NonNullable<Answer['later']> {
  return async (progress = async () => undefined) => later(progress);
}
