// Clicks on public messages never change what others see.
import { type APIInteraction, InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Answer } from './answer.ts';
import { isPrivateMessage } from './options.ts';

/**
 * Turns an update of a public message into a new private message. The router applies it to the answer of every
 * component and modal, so that no handler has to check where the button was.
 */
export function keepPublicMessage(interaction: APIInteraction, answer: Answer): Answer {
  if (isPrivateMessage(interaction)) return answer;
  const { response, outcome, later } = answer;
  const about = { ...(outcome ? { outcome } : {}), ...(later ? { later } : {}) };
  switch (response.type) {
    case InteractionResponseType.UpdateMessage: {
      const data = { ...response.data, flags: MessageFlags.Ephemeral as const };
      return { ...about, response: { type: InteractionResponseType.ChannelMessageWithSource, data } };
    }
    case InteractionResponseType.DeferredMessageUpdate: {
      const data = { flags: MessageFlags.Ephemeral as const };
      return { ...about, response: { type: InteractionResponseType.DeferredChannelMessageWithSource, data } };
    }
    default:
      return answer;
  }
}
