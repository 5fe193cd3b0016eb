// Routes for answers to interactions and follow-ups (Discord docs, Receiving and Responding, Endpoints).
import { MessageFlags } from 'discord-api-types/v10';
import { deleteOwnMessage, editOwnMessage, findAnsweredInteraction, findOwnMessage, followUp } from '../follow-ups.ts';
import { messageJson } from '../message-json.ts';
import type { Interaction, World } from '../model.ts';
import type { Backend, RestRequest, Route } from './route.ts';
import { ok } from './route.ts';

/** Routes that need no bot token: the interaction's own token is in the path. */
export function interactionRoutes({ world, interactions }: Backend): Route[] {
  const findInteraction = ({ param }: RestRequest) =>
    findAnsweredInteraction(world, interactions, param('application'), param('token'));
  const messages = '/webhooks/:application/:token/messages/:message';
  return [
    {
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      needsNoToken: true,
      handle({ param, query, body, uploads }) {
        const interaction = interactions.find(param('interaction'), param('token'));
        interactions.answer(interaction, body, uploads);
        return query.get('with_response') === 'true' ? ok(callbackResponse(world, interaction)) : undefined;
      },
    },
    {
      method: 'POST',
      path: '/webhooks/:application/:token',
      needsNoToken: true,
      handle(request) {
        return ok(
          messageJson(world, followUp(world, interactions, findInteraction(request), request.body, request.uploads)),
        );
      },
    },
    {
      method: 'GET',
      path: messages,
      needsNoToken: true,
      handle: (request) => ok(messageJson(world, findOwnMessage(findInteraction(request), request.param('message')))),
    },
    {
      method: 'PATCH',
      path: messages,
      needsNoToken: true,
      handle(request) {
        const { body, uploads } = request;
        return ok(
          messageJson(
            world,
            editOwnMessage(world, interactions, findInteraction(request), request.param('message'), body, uploads),
          ),
        );
      },
    },
    {
      method: 'DELETE',
      path: messages,
      needsNoToken: true,
      handle(request) {
        deleteOwnMessage(world, findInteraction(request), request.param('message'));
        return undefined;
      },
    },
  ];
}

/** Discord docs, Receiving and Responding, Interaction Callback Resource Object: a message "only" for types 4 and 7. */
function callbackResponse(world: World, { id, type, answer, original }: Interaction) {
  const shown =
    original === null
      ? {}
      : {
          response_message_id: original.id,
          response_message_loading: (original.flags & MessageFlags.Loading) !== 0,
          response_message_ephemeral: original.viewer !== null,
        };
  const hasMessage = answer?.type === 4 || answer?.type === 7;
  const message = original !== null && hasMessage ? { message: messageJson(world, original) } : {};
  return { interaction: { id, type, ...shown }, resource: { type: answer?.type, ...message } };
}
