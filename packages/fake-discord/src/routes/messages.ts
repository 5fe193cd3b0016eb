// Routes for channels and their messages (Discord docs, Channel and Message resources).
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import {
  botPermissionsIn,
  findChannel,
  findMessage,
  findTextChannel,
  requireActiveThread,
  requireBotPermissions,
  requireOpenThread,
  requireUnlocked,
  sendPermission,
} from '../access.ts';
import { apiError, invalidForm } from '../api-error.ts';
import { channelJson } from '../guild-json.ts';
import { readableByHttp } from '../intents.ts';
import { messageJson } from '../message-json.ts';
import { deleteMessage, editMessage, sendMessage } from '../messages.ts';
import type { Channel, Message, Upload, World } from '../model.ts';
import { hasPermissions } from '../permissions.ts';
import type { MessageForm } from '../schema/message.ts';
import { parseMessage } from '../schema/message.ts';
import { isTextBased } from '../world.ts';
import { idIn, limitIn } from './query.ts';
import type { Backend, RestRequest, Route } from './route.ts';
import { ok } from './route.ts';

/** How long a nonce prevents a second message: Discord docs say "the past few minutes". */
const NONCE_LIFE_MS = 5 * 60_000;

/** Routes for a channel, its messages, and the typing indicator. */
export function messageRoutes({ world }: Backend): Route[] {
  const messages = '/channels/:channel/messages';
  const json = (message: Message) => messageJson(world, message, readableByHttp(world));
  return [
    {
      method: 'GET',
      path: '/channels/:channel',
      handle: ({ param }) => ok(channelJson(world, findChannel(world, param('channel')))),
    },
    {
      method: 'GET',
      path: messages,
      handle({ param, query }) {
        const channel = findTextChannel(world, param('channel'));
        const hasHistory = hasPermissions(botPermissionsIn(channel), Bits.ReadMessageHistory);
        return ok(hasHistory ? listMessages(channel, query).map(json) : []);
      },
    },
    {
      method: 'GET',
      path: `${messages}/:message`,
      handle({ param }) {
        const channel = findTextChannel(world, param('channel'));
        requireBotPermissions(channel, Bits.ReadMessageHistory);
        return ok(json(findMessage(channel, param('message'))));
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
      handle: (request) => ok(messageJson(world, edit(world, request))),
    },
    { method: 'DELETE', path: `${messages}/:message`, handle: (request) => remove(world, request) },
    {
      method: 'POST',
      path: '/channels/:channel/typing',
      handle({ param }) {
        const channel = findTextChannel(world, param('channel'));
        requireBotPermissions(channel, sendPermission(channel));
        return undefined;
      },
    },
  ];
}

function edit(world: World, { param, body, uploads }: RestRequest): Message {
  const channel = findTextChannel(world, param('channel'));
  const message = findMessage(channel, param('message'));
  requireOpenThread(channel);
  if (message.author !== world.bot) throw apiError(50005);
  if (message.type === 6) throw apiError(50021);
  return editMessage(world, message, parseMessage(body, 'channelEdit'), uploads, 'message');
}

function remove(world: World, { param }: RestRequest): undefined {
  const channel = findTextChannel(world, param('channel'));
  const message = findMessage(channel, param('message'));
  requireActiveThread(channel);
  if (message.author !== world.bot) requireBotPermissions(channel, Bits.ManageMessages);
  if (message.author !== world.bot && channel.guild === null) throw apiError(50003);
  deleteMessage(world, message);
  return undefined;
}

/**
 * At most 100 messages, newest first, before or after an id (Discord docs, Message resource, Get Channel Messages).
 * @throws ApiError 50035 for an invalid parameter, and for `around`, which is not supported
 */
function listMessages(channel: Channel, query: URLSearchParams): Message[] {
  const limit = limitIn(query, { max: 100, standard: 50 });
  const [before, after] = [idIn(query, 'before'), idIn(query, 'after')];
  if (query.has('around'))
    throw invalidForm([
      { path: ['around'], code: 'FAKE_UNSUPPORTED', message: 'The fake Discord has before and after.' },
    ]);
  const all = [...channel.messages.values()];
  if (after !== undefined)
    return all
      .filter(({ id }) => BigInt(id) > after)
      .slice(0, limit)
      .reverse();
  const older = before === undefined ? all : all.filter(({ id }) => BigInt(id) < before);
  return older.slice(-limit).reverse();
}

function post(world: World, channelId: string, body: unknown, uploads: readonly Upload[]): Message {
  const channel = findChannel(world, channelId);
  if (!isTextBased(channel)) throw apiError(50008);
  const form = parseMessage(body, 'channel');
  if (channel.recipient?.dmsClosed) throw apiError(50007);
  requireUnlocked(channel);
  requireSendPermissions(channel, form, uploads);
  if (channel.awaitsFirstMessage) throw apiError(40058);
  const existing = form.enforce_nonce ? findByNonce(world, channel, form.nonce) : undefined;
  if (existing) return existing;
  const replyTo = findReplyTarget(channel, form);
  return sendMessage(world, { channel, author: world.bot, form, uploads, replyTo });
}

function requireSendPermissions(channel: Channel, form: MessageForm, uploads: readonly Upload[]): void {
  requireBotPermissions(channel, sendPermission(channel));
  if (form.embeds?.length) requireBotPermissions(channel, Bits.EmbedLinks);
  if (uploads.length) requireBotPermissions(channel, Bits.AttachFiles);
  if (form.tts) requireBotPermissions(channel, Bits.SendTTSMessages);
  if (form.message_reference && !hasPermissions(botPermissionsIn(channel), Bits.ReadMessageHistory))
    throw apiError(160002);
}

/** With enforce_nonce Discord returns the earlier message with the same nonce (Discord docs, Create Message). */
function findByNonce(world: World, channel: Channel, nonce: string | number | undefined): Message | undefined {
  if (nonce === undefined) return undefined;
  const since = world.clock.now() - NONCE_LIFE_MS;
  return [...channel.messages.values()].find(
    (message) => message.nonce === nonce && message.author === world.bot && message.createdAt > since,
  );
}

function findReplyTarget(channel: Channel, { message_reference: reference }: MessageForm): Message['replyTo'] {
  if (reference === undefined) return null;
  if (reference.channel_id !== undefined && reference.channel_id !== channel.id)
    throw invalidReference('REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL', 'Cannot reply to a message in another channel');
  const target = channel.messages.get(reference.message_id);
  if (target?.type === 6)
    throw invalidReference('REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', 'Cannot reply to a system message');
  if (target) return { channel, messageId: target.id };
  if (reference.fail_if_not_exists === false) return null;
  throw invalidReference('MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
}

const invalidReference = (code: string, message: string) =>
  invalidForm([{ path: ['message_reference'], code, message }]);
