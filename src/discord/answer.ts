// What a command gives back: the first answer to an interaction, and what is to follow it.

import type { RawFile } from 'discord.js';
import {
  type APIInteractionResponse,
  type APIInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';

/** The body of a message: embeds, buttons, words. Mentions never ping unless one member is named. */
export type MessageBody = Pick<APIInteractionResponseCallbackData, 'content' | 'embeds' | 'components'> & {
  allowed_mentions: { parse: []; users?: [string] };
};

/** How an interaction ended for the person: with what they wanted, with a sentence that says why not, or with a bug. */
export type Outcome = 'answered' | 'refused' | 'failed';

export interface Answer {
  /** `answered` where it is left out. */
  readonly outcome?: Outcome;
  /** The first answer, as Discord's API takes it. */
  readonly response: APIInteractionResponse;
  /**
   * For a deferred answer: the work that takes longer, begun once Discord has the first answer.
   * Its message replaces the deferred one; files are attached to it.
   * @param progress shows a message until then; the caller waits for it before giving the last one. Without it
   *   nothing is shown
   */
  readonly later?: (progress?: Progress) => Promise<MessageBody & { files?: RawFile[] }>;
}

/** Shows how far deferred work is. Resolves when it is shown or could not be; never rejects. */
export type Progress = (body: MessageBody) => Promise<void>;

/** Nobody is notified by a message. Sent with every message and every edit, for without it Discord's default pings. */
const NO_PINGS = { parse: [] } as { parse: [] };

/** A message without what it does not need. `content` is always sent, so that an edit removes an old notice. */
export function messageBody(body: Omit<Partial<MessageBody>, 'allowed_mentions'>, notify?: string): MessageBody {
  return {
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    allowed_mentions: notify === undefined ? NO_PINGS : { parse: [], users: [notify] },
  };
}

/** A new message that only the person sees who caused it. */
export function replyPrivately(body: MessageBody): Answer {
  return {
    response: {
      type: InteractionResponseType.ChannelMessageWithSource,
      data: { ...body, flags: MessageFlags.Ephemeral },
    },
  };
}

/** A new message for everyone in the channel. */
export function replyPublicly(body: MessageBody): Answer {
  return { response: { type: InteractionResponseType.ChannelMessageWithSource, data: body } };
}

/** The message whose button was pressed, replaced in place. */
export function updateMessage(body: MessageBody): Answer {
  return { response: { type: InteractionResponseType.UpdateMessage, data: body } };
}

/** A private sentence. */
export function say(content: string): Answer {
  return replyPrivately(messageBody({ content }));
}

/** An expected failure: a sentence for the person, in their words, that says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
