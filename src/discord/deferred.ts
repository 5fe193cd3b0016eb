// Answers that need longer than a moment: acknowledged at once, filled in when the work is done.
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Answer, Progress } from './answer.ts';

type Work = (progress: Progress) => ReturnType<NonNullable<Answer['later']>>;

/** "Thinking …", seen by the person alone; then a private message. */
export function deferPrivately(later: Work): Answer {
  const data = { flags: MessageFlags.Ephemeral as const };
  return {
    response: { type: InteractionResponseType.DeferredChannelMessageWithSource, data },
    later: rejecting(later),
  };
}

/** Nothing to be seen yet; then the message whose button was pressed changes. */
export function deferUpdate(later: Work): Answer {
  return { response: { type: InteractionResponseType.DeferredMessageUpdate }, later: rejecting(later) };
}

/** What fails before the first `await` rejects as well: the person is to hear of it, instead of "thinking …" for ever. */
function rejecting(later: Work): NonNullable<Answer['later']> {
  return async (progress = async () => undefined) => later(progress);
}
