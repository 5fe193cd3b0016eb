// Answers that need longer than a moment: acknowledged at once, filled in when the work is done.
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Answer } from './answer.ts';

/** "Thinking …", seen by the person alone; then a private message. */
export function deferPrivately(later: NonNullable<Answer['later']>): Answer {
  const data = { flags: MessageFlags.Ephemeral as const };
  return {
    response: { type: InteractionResponseType.DeferredChannelMessageWithSource, data },
    later: rejecting(later),
  };
}

/** Nothing to be seen yet; then the message whose button was pressed changes. */
export function deferUpdate(later: NonNullable<Answer['later']>): Answer {
  return { response: { type: InteractionResponseType.DeferredMessageUpdate }, later: rejecting(later) };
}

/** What fails before the first `await` rejects as well: the person is to hear of it, instead of "thinking …" for ever. */
function rejecting(later: NonNullable<Answer['later']>): NonNullable<Answer['later']> {
  return async () => later();
}
