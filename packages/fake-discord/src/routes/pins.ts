// Routes for pins, as on Discord since 2025-06-25; the older routes are refused (Discord docs, Message resource).
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { botPermissionsIn, findMessage, findTextChannel, requireBotPermissions, requireOpenThread } from '../access.ts';
import { ApiError, apiError } from '../api-error.ts';
import { isoTime } from '../clock.ts';
import { readableByHttp } from '../intents.ts';
import { PINS } from '../limits.ts';
import { messageJson } from '../message-json.ts';
import type { Message, World } from '../model.ts';
import { hasPermissions } from '../permissions.ts';
import { pinMessage, unpinMessage } from '../pins.ts';
import { limitIn, timeIn } from './query.ts';
import type { Backend, RestRequest, Route } from './route.ts';
import { ok } from './route.ts';

/** Routes for pins. The deprecated ones answer 410 with a hint, so that no bot uses them unnoticed. */
export function pinRoutes({ world }: Backend): Route[] {
  const pins = '/channels/:channel/messages/pins';
  return [
    { method: 'GET', path: pins, handle: (request) => ok(listPins(world, request)) },
    {
      method: 'PUT',
      path: `${pins}/:message`,
      handle(request) {
        pinMessage(world, findPinTarget(world, request), world.bot);
        return undefined;
      },
    },
    {
      method: 'DELETE',
      path: `${pins}/:message`,
      handle(request) {
        unpinMessage(world, findPinTarget(world, request));
        return undefined;
      },
    },
    ...(['GET', 'PUT', 'DELETE'] as const).map(
      (method): Route => ({
        method,
        path: method === 'GET' ? '/channels/:channel/pins' : '/channels/:channel/pins/:message',
        handle() {
          throw new ApiError(410, 0, 'This route is deprecated: pins are at /channels/{channel.id}/messages/pins');
        },
      }),
    ),
  ];
}

/** MANAGE_MESSAGES is not enough since 2026-02-23. In direct messages no permission is needed. */
function findPinTarget(world: World, { param }: RestRequest): Message {
  const channel = findTextChannel(world, param('channel'));
  requireOpenThread(channel);
  requireBotPermissions(channel, Bits.PinMessages);
  const id = param('message');
  const elsewhere = world.messages.get(id);
  if (elsewhere && elsewhere.channel !== channel) throw apiError(50019);
  return findMessage(channel, id);
}

/** Without READ_MESSAGE_HISTORY the list is empty, without an error. */
function listPins(world: World, { param, query }: RestRequest) {
  const channel = findTextChannel(world, param('channel'));
  if (!hasPermissions(botPermissionsIn(channel), Bits.ReadMessageHistory)) return { items: [], has_more: false };
  const limit = limitIn(query, { max: PINS.page });
  const before = timeIn(query, 'before') ?? Number.POSITIVE_INFINITY;
  const older = channel.pins.filter(({ pinnedAt }) => pinnedAt !== null && pinnedAt < before);
  const isReadable = readableByHttp(world);
  const items = older.slice(0, limit).map((message) => ({
    pinned_at: isoTime(message.pinnedAt ?? 0),
    message: messageJson(world, message, isReadable),
  }));
  return { items, has_more: older.length > limit };
}
