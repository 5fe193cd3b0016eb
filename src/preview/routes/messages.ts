// Routes for channels and their messages (Discord docs, Channel and Message resources).

import {
  Bits,
  botPermissionsIn,
  messageChannel,
  messageIn,
  requireBot,
  requireOpenThread,
  requireUnlocked,
  sendPermission,
  visibleChannel,
} from '../access.ts';
import { messageJson } from '../message-json.ts';
import type { Upload } from '../messages.ts';
import { deleteMessage, editMessage, sendMessage } from '../messages.ts';
import { channelJson } from '../objects.ts';
import { holds } from '../permissions.ts';
import { invalidForm, refusal } from '../refusal.ts';
import type { MessageForm } from '../schema/message.ts';
import { checkMessage } from '../schema/message.ts';
import type { Channel, Message, World } from '../world.ts';
import { holdsMessages } from '../world.ts';
import type { Backend, Route } from './route.ts';
import { ok } from './route.ts';

/** How long a nonce keeps a second message from being made: "the past few minutes". */
const NONCE_LIFE = 5 * 60_000;

export function messageRoutes({ world }: Backend): Route[] {
  const messages = '/channels/:channel/messages';
  return [
    {
      method: 'GET',
      path: '/channels/:channel',
      handle: ({ param }) => ok(channelJson(world, visibleChannel(world, param('channel')))),
    },
    {
      method: 'GET',
      path: messages,
      handle({ param, query }) {
        const channel = messageChannel(world, param('channel'));
        const isReadable = holds(botPermissionsIn(channel), Bits.ReadMessageHistory);
        return ok(isReadable ? page(channel, query).map((message) => messageJson(world, message)) : []);
      },
    },
    {
      method: 'GET',
      path: `${messages}/:message`,
      handle({ param }) {
        const channel = messageChannel(world, param('channel'));
        requireBot(channel, Bits.ReadMessageHistory);
        return ok(messageJson(world, messageIn(channel, param('message'))));
      },
    },
    {
      method: 'POST',
      path: messages,
      handle: ({ param, body, uploads }) => ok(messageJson(world, post(world, param('channel'), body, uploads))),
    },
    {
      method: 'PATCH',
      path: `${messages}/:message`,
      handle({ param, body, uploads }) {
        const channel = messageChannel(world, param('channel'));
        const message = messageIn(channel, param('message'));
        requireOpenThread(channel);
        if (message.author !== world.bot) throw refusal(50005);
        if (message.type === 6) throw refusal(50021);
        return ok(
          messageJson(world, editMessage(world, message, checkMessage(body, 'channelEdit'), uploads, 'message')),
        );
      },
    },
    {
      method: 'DELETE',
      path: `${messages}/:message`,
      handle({ param }) {
        const channel = messageChannel(world, param('channel'));
        const message = messageIn(channel, param('message'));
        requireOpenThread(channel);
        if (message.author !== world.bot) requireBot(channel, Bits.ManageMessages);
        if (message.author !== world.bot && channel.guild === null) throw refusal(50003);
        deleteMessage(world, message);
        return undefined;
      },
    },
    {
      method: 'POST',
      path: '/channels/:channel/typing',
      handle({ param }) {
        const channel = messageChannel(world, param('channel'));
        requireBot(channel, sendPermission(channel));
        return undefined;
      },
    },
  ];
}

/** Up to 100 messages, newest first, before or after an id. */
function page(channel: Channel, query: URLSearchParams): Message[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalidForm([
      { path: ['limit'], code: 'NUMBER_TYPE_MAX', message: 'int value should be between 1 and 100.' },
    ]);
  }
  const all = [...channel.messages.values()];
  const [before, after] = [query.get('before'), query.get('after')];
  if (after !== null)
    return all
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .reverse();
  const older = before === null ? all : all.filter(({ id }) => BigInt(id) < BigInt(before));
  return older.slice(-limit).reverse();
}

function post(world: World, channelId: string, body: unknown, uploads: readonly Upload[]): Message {
  const channel = visibleChannel(world, channelId);
  if (!holdsMessages(channel)) throw refusal(50008);
  const form = checkMessage(body, 'channel');
  if (channel.recipient?.dmsClosed) throw refusal(50007);
  requireUnlocked(channel);
  requireSending(channel, form, uploads);
  const known = form.enforce_nonce ? sentWith(world, channel, form.nonce) : undefined;
  if (known) return known;
  const replyTo = replyTarget(channel, form);
  const message = sendMessage(world, { channel, author: world.bot, form, uploads, replyTo });
  if (channel.archived) {
    // Discord docs, Threads: a message brings an archived thread back, unless it is locked.
    channel.archived = false;
    world.events.emit({ name: 'channelUpdate', channel });
  }
  return message;
}

function requireSending(channel: Channel, form: MessageForm, uploads: readonly Upload[]): void {
  requireBot(channel, sendPermission(channel));
  if (form.embeds?.length) requireBot(channel, Bits.EmbedLinks);
  if (uploads.length) requireBot(channel, Bits.AttachFiles);
  if (form.message_reference && !holds(botPermissionsIn(channel), Bits.ReadMessageHistory)) throw refusal(160002);
}

/** With enforce_nonce Discord answers with the message that this nonce made before (Discord docs, Create Message). */
function sentWith(world: World, channel: Channel, nonce: string | number | undefined): Message | undefined {
  if (nonce === undefined) return undefined;
  const since = world.clock.now() - NONCE_LIFE;
  return [...channel.messages.values()].find(
    (message) => message.nonce === nonce && message.author === world.bot && message.createdAt > since,
  );
}

function replyTarget(channel: Channel, { message_reference: reference }: MessageForm): Message['replyTo'] {
  if (reference === undefined) return null;
  const target = channel.messages.get(reference.message_id);
  if (target?.type === 6)
    throw invalidReference('REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', 'Cannot reply to a system message');
  if (target) return { channel, messageId: target.id };
  if (reference.fail_if_not_exists === false) return null;
  throw invalidReference('MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
}

const invalidReference = (code: string, message: string) =>
  invalidForm([{ path: ['message_reference'], code, message }]);
