// Requests to Discord's REST API, with the type of what comes back.
import {
  type REST,
  type RESTGetCurrentApplicationResult,
  type RESTPostAPIChannelMessageResult,
  type RESTPostAPICurrentUserCreateDMChannelResult,
  Routes,
} from 'discord.js';
import type { MessageBody } from './answer.ts';

/** The one cast: discord.js leaves results `unknown`, and their shapes are Discord's published ones. */
const shaped = <T>(result: Promise<unknown>): Promise<T> => result as Promise<T>;

/** The application that the token belongs to. */
export function getApplication(rest: REST): Promise<RESTGetCurrentApplicationResult> {
  return shaped(rest.get(Routes.currentApplication()));
}

/** The channel of a person's direct messages. */
export function openDm(rest: REST, userId: string): Promise<RESTPostAPICurrentUserCreateDMChannelResult> {
  return shaped(rest.post(Routes.userChannels(), { body: { recipient_id: userId } }));
}

/** Posts a message. @throws {DiscordAPIError} such as 50007 for a person who takes no direct messages */
export function postMessage(
  rest: REST,
  channelId: string,
  body: MessageBody,
): Promise<RESTPostAPIChannelMessageResult> {
  return shaped(rest.post(Routes.channelMessages(channelId), { body }));
}
