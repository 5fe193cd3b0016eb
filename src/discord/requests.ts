// Requests to Discord's REST API, with the types of their results.
import { setMaxListeners } from 'node:events';
import {
  type APIMessage,
  type REST,
  type RESTGetAPIChannelMessagesResult,
  type RESTGetAPIChannelResult,
  type RESTGetAPICurrentUserGuildsResult,
  type RESTGetAPICurrentUserResult,
  type RESTGetAPIGuildMemberResult,
  type RESTGetAPIGuildResult,
  type RESTGetAPIGuildRolesResult,
  type RESTGetCurrentApplicationResult,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
} from 'discord.js';
import { untilAborted } from '../jobs.ts';
import type { MessageBody } from './answer.ts';
import { discordErrorCode, isLostConnection } from './errors.ts';

/** The only cast: discord.js returns `unknown`, and discord-api-types has the documented types. */
const shaped = <T>(result: Promise<unknown>): Promise<T> => result as Promise<T>;

const TRIES = 3;

/** Repeats a request after a lost connection. Only for requests that may be made twice. */
async function withRetries<T>(request: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await request();
    } catch (error) {
      if (left === 0 || !isLostConnection(error)) throw error;
    }
  }
}

/**
 * Makes requests with a signal that follows another one. discord.js leaves a listener on a signal for every request, which
 * would stay in memory for as long as the other one: often until the process ends.
 */
async function following<T>(signal: AbortSignal, request: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  // A listener for each of its tries: Node would warn of more than ten.
  setMaxListeners(0, own.signal);
  const abort = () => own.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await request(own.signal);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The application that the token belongs to. */
export function getApplication(rest: REST): Promise<RESTGetCurrentApplicationResult> {
  return shaped(rest.get(Routes.currentApplication()));
}

/**
 * One page of the list of servers that the bot is in, by ascending id.
 * @param after the last id of the previous page; `0` for the first page
 * @param limit 200 at most (Discord docs, User resource, "Get Current User Guilds")
 */
export function guildsAfter(
  rest: REST,
  after: string,
  limit: number,
  signal: AbortSignal,
): Promise<RESTGetAPICurrentUserGuildsResult> {
  const query = new URLSearchParams({ after, limit: String(limit) });
  return following(signal, (own) => shaped(rest.get(Routes.userGuilds(), { query, signal: own })));
}

/** A server that the bot is in. @throws {DiscordAPIError} 10004 or 50001 for one that it is not in */
export function getGuild(rest: REST, guildId: string, signal: AbortSignal): Promise<RESTGetAPIGuildResult> {
  return following(signal, (own) => shaped(rest.get(Routes.guild(guildId), { signal: own })));
}

/** Reacts to a message. @param emoji a Unicode emoji */
export async function addReaction(rest: REST, channelId: string, messageId: string, emoji: string): Promise<void> {
  await rest.put(Routes.channelMessageOwnReaction(channelId, messageId, encodeURIComponent(emoji)));
}

/** The channel of a person's direct messages. */
export function openDm(rest: REST, userId: string): Promise<RESTPostAPICurrentUserCreateDMChannelResult> {
  return shaped(rest.post(Routes.userChannels(), { body: { recipient_id: userId } }));
}

/**
 * Posts a message.
 * @param options.nonce two posts with the same one within minutes post one message (Discord docs, "Create Message",
 * enforce_nonce)
 * @param options.replyTo the message in the channel to reply to; its author is notified
 * @param options.isGonePossible posts without a reference if that message is gone
 * @throws {DiscordAPIError} such as 50007 for a person who accepts no direct messages
 */
export function postMessage(
  rest: REST,
  channelId: string,
  message: MessageBody,
  { nonce, replyTo, isGonePossible = false }: { nonce: string; replyTo?: string; isGonePossible?: boolean },
): Promise<APIMessage> {
  const body = {
    ...message,
    nonce,
    enforce_nonce: true,
    ...(replyTo === undefined
      ? {}
      : {
          message_reference: {
            message_id: replyTo,
            channel_id: channelId,
            ...(isGonePossible ? { fail_if_not_exists: false } : {}),
          },
          allowed_mentions: { ...message.allowed_mentions, replied_user: true },
        }),
  };
  return withRetries(() => shaped(rest.post(Routes.channelMessages(channelId), { body })));
}

/** Edits a message of the bot. @param signal aborts it, even while it waits for a rate limit */
export function editMessage(
  rest: REST,
  channelId: string,
  messageId: string,
  body: MessageBody,
  signal: AbortSignal = new AbortController().signal,
): Promise<APIMessage> {
  return following(signal, (own) => {
    const edit = withRetries(() => {
      own.throwIfAborted();
      return shaped<APIMessage>(rest.patch(Routes.channelMessage(channelId, messageId), { body, signal: own }));
    });
    return Promise.race([edit, untilAborted(own)]);
  });
}

/** The roles of a server. */
export function getGuildRoles(rest: REST, guildId: string): Promise<RESTGetAPIGuildRolesResult> {
  return shaped(rest.get(Routes.guildRoles(guildId)));
}

/** The bot's own user. */
export function getOwnUser(rest: REST): Promise<RESTGetAPICurrentUserResult> {
  return shaped(rest.get(Routes.user()));
}

/** A member of a server, with the ids of their roles. */
export function getMember(rest: REST, guildId: string, userId: string): Promise<RESTGetAPIGuildMemberResult> {
  return shaped(rest.get(Routes.guildMember(guildId, userId)));
}

/** A channel or thread. @throws {DiscordAPIError} such as 10003 if it is gone, 50001 if the bot may not see it */
export function getChannel(rest: REST, channelId: string, signal?: AbortSignal): Promise<RESTGetAPIChannelResult> {
  const get = (options: { signal?: AbortSignal }) =>
    withRetries(() => shaped<RESTGetAPIChannelResult>(rest.get(Routes.channel(channelId), options)));
  return signal ? following(signal, (own) => get({ signal: own })) : get({});
}

/** A message. @throws {DiscordAPIError} such as 10008 if it was deleted, or 10003 with its channel */
export function getMessage(rest: REST, channelId: string, messageId: string): Promise<APIMessage> {
  return shaped(rest.get(Routes.channelMessage(channelId, messageId)));
}

/** The messages that follow a message, five by default. @param limit 100 at most */
export function messagesAfter(
  rest: REST,
  channelId: string,
  messageId: string,
  limit = 5,
): Promise<RESTGetAPIChannelMessagesResult> {
  const query = new URLSearchParams({ after: messageId, limit: String(limit) });
  return shaped(rest.get(Routes.channelMessages(channelId), { query }));
}

/** Deletes a message. @returns false if it was deleted already */
export async function deleteMessage(rest: REST, channelId: string, messageId: string): Promise<boolean> {
  return withRetries(() => rest.delete(Routes.channelMessage(channelId, messageId))).then(
    () => true,
    (error) => {
      if (discordErrorCode(error) !== UNKNOWN_MESSAGE) throw error;
      return false;
    },
  );
}
const UNKNOWN_MESSAGE = 10_008;

/** Pins a message. @param reason shown in the server's audit log; 512 characters at most */
export async function pinMessage(rest: REST, channelId: string, messageId: string, reason: string): Promise<void> {
  await withRetries(() => rest.put(Routes.channelMessagesPin(channelId, messageId), { reason }));
}
