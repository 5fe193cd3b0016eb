// What a command returns: the first answer to an interaction, and the work that follows it.
import type { RawFile } from 'discord.js';
import {
  type APIInteractionResponse,
  type APIInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';

/** The body of a message: text, embeds, buttons. Mentions never ping, except for one member or one role that is named. */
export type MessageBody = Pick<APIInteractionResponseCallbackData, 'content' | 'embeds' | 'components'> & {
  allowed_mentions: { parse: []; users?: [string]; roles?: [string] };
};

/** How an interaction ended for the person: done, refused with a reason, or failed because of a bug or an outage. */
export type Outcome = 'answered' | 'refused' | 'failed';

export interface Answer {
  /** `answered` by default. */
  readonly outcome?: Outcome;
  /** The first answer, as Discord's API accepts it. */
  readonly response: APIInteractionResponse;
  /** `response` as JSON, if it is cached. */
  readonly json?: string;
  /**
   * The work behind a deferred answer. It starts once Discord has the first answer, and its message replaces the
   * deferred one.
   * @param progress shows a message until then; await it before returning the final one
   */
  readonly later?: (progress?: Progress) => Promise<MessageBody & { files?: RawFile[] }>;
  /** A private message that follows. */
  readonly followUp?: MessageBody;
}

/** Shows the progress of deferred work. Resolves once it is shown or that has failed; never rejects. */
export type Progress = (body: MessageBody) => Promise<void>;

/** Sent with every message and every edit: without it Discord notifies everyone who is mentioned. */
const NO_PINGS: MessageBody['allowed_mentions'] = { parse: [] };

/**
 * Completes a message. `content` is always sent, so that an edit removes an old notice.
 * @param notify the user id of the member to notify, or a role
 */
export function messageBody(
  body: Omit<Partial<MessageBody>, 'allowed_mentions'>,
  notify?: string | { readonly role: string },
): MessageBody {
  return {
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    allowed_mentions: mentionsOf(notify),
  };
}

function mentionsOf(notify: string | { readonly role: string } | undefined): MessageBody['allowed_mentions'] {
  if (notify === undefined) return NO_PINGS;
  return typeof notify === 'string' ? { parse: [], users: [notify] } : { parse: [], roles: [notify.role] };
}

/** A new message that only the person who acted sees. */
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

/** A private text. */
export function say(content: string): Answer {
  return replyPrivately(messageBody({ content }));
}

/** An expected failure. Its message is for the person, in their language, and says what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
