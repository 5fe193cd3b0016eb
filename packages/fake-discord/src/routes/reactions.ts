// Routes for the bot's own reactions (Discord docs, Message resource, Create Reaction and Delete Own Reaction).
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { findMessage, findTextChannel, requireBotPermissions, requireOpenThread } from '../access.ts';
import { apiError } from '../api-error.ts';
import type { Message } from '../model.ts';
import type { Backend, RestRequest, Route } from './route.ts';

/** Different emoji on one message (error 30010). */
const MAX_REACTIONS = 20;
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{RI}|[0-9#*](?=\ufe0f?\u20e3))(?:\p{Emoji}|\p{EMod}|\u200d|\ufe0f|\u20e3){0,10}$/u;

/** Routes by which the bot adds and takes back a reaction. Emoji of servers are unknown. */
export function reactionRoutes({ world }: Backend): Route[] {
  const path = '/channels/:channel/messages/:message/reactions/:emoji/@me';
  const messageOf = ({ param }: RestRequest, needed: bigint): Message => {
    const channel = findTextChannel(world, param('channel'));
    requireBotPermissions(channel, needed);
    requireOpenThread(channel);
    return findMessage(channel, param('message'));
  };
  return [
    {
      method: 'PUT',
      path,
      handle(request) {
        // "If nobody else has reacted to the message using this emoji, this endpoint requires ADD_REACTIONS."
        const message = messageOf(request, Bits.ReadMessageHistory | Bits.AddReactions);
        const emoji = request.param('emoji');
        if (!EMOJI.test(emoji)) throw apiError(10014);
        if (!message.reactions.has(emoji) && message.reactions.size >= MAX_REACTIONS) throw apiError(30010);
        message.reactions.add(emoji);
        world.events.emit({ name: 'reaction', message });
        return undefined;
      },
    },
    {
      method: 'DELETE',
      path,
      handle(request) {
        const message = messageOf(request, Bits.ReadMessageHistory);
        message.reactions.delete(request.param('emoji'));
        world.events.emit({ name: 'reaction', message });
        return undefined;
      },
    },
  ];
}
