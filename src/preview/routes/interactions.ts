// Routes that answer interactions and follow them up (Discord docs, Receiving and Responding, Endpoints).
import { MessageFlags } from 'discord.js';
import type { Interaction } from '../interactions.ts';
import { messageJson } from '../message-json.ts';
import { deleteOwn, editOwn, followUp, openInteraction, ownMessage } from '../webhook.ts';
import type { World } from '../world.ts';
import type { Backend, RestRequest, Route } from './route.ts';
import { ok } from './route.ts';

export function interactionRoutes({ world, interactions }: Backend): Route[] {
  const opened = ({ param }: RestRequest) => openInteraction(world, interactions, param('application'), param('token'));
  const messages = '/webhooks/:application/:token/messages/:message';
  return [
    {
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      isOpen: true,
      handle({ param, query, body, uploads }) {
        const interaction = interactions.find(param('interaction'), param('token'));
        interactions.answer(interaction, body, uploads);
        return query.get('with_response') === 'true' ? ok(callbackResponse(world, interaction)) : undefined;
      },
    },
    {
      method: 'POST',
      path: '/webhooks/:application/:token',
      isOpen: true,
      handle(request) {
        return ok(messageJson(world, followUp(world, interactions, opened(request), request.body, request.uploads)));
      },
    },
    {
      method: 'GET',
      path: messages,
      isOpen: true,
      handle: (request) => ok(messageJson(world, ownMessage(opened(request), request.param('message')))),
    },
    {
      method: 'PATCH',
      path: messages,
      isOpen: true,
      handle(request) {
        const { body, uploads } = request;
        return ok(
          messageJson(world, editOwn(world, interactions, opened(request), request.param('message'), body, uploads)),
        );
      },
    },
    {
      method: 'DELETE',
      path: messages,
      isOpen: true,
      handle(request) {
        deleteOwn(world, opened(request), request.param('message'));
        return undefined;
      },
    },
  ];
}

function callbackResponse(world: World, { id, type, answer, original }: Interaction) {
  const shown =
    original === null
      ? {}
      : {
          response_message_id: original.id,
          response_message_loading: (original.flags & MessageFlags.Loading) !== 0,
          response_message_ephemeral: original.viewer !== null,
        };
  const message = original === null || answer?.type === 6 ? {} : { message: messageJson(world, original) };
  return { interaction: { id, type, ...shown }, resource: { type: answer?.type, ...message } };
}
