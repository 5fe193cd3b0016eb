// Errors from Discord, and what they mean (Discord docs, "Opcodes and Status Codes").
import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError } from 'discord.js';
import { formErrors } from '../log.ts';
import { OperatorError } from '../operator-error.ts';

/** The code in Discord's answer; undefined if there is none (a lost connection, a timeout, a 5xx). */
export function discordErrorCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}

/** Whether the person accepts no direct messages from the bot. */
export function isDmClosed(error: unknown): boolean {
  return discordErrorCode(error) === Code.CannotSendMessagesToThisUser;
}

/** The method of the request that Discord refused. */
export function methodOf(error: unknown): string | undefined {
  return error instanceof DiscordAPIError ? error.method : undefined;
}

/** The code of the error in `message_reference`, if Discord refused a message because of the message to reply to. */
export function replyErrorOf(error: unknown): string | undefined {
  const raw =
    error instanceof DiscordAPIError && error.code === Code.InvalidFormBodyOrContentType ? error.rawError : {};
  const errors = [...formErrors('errors' in raw ? raw.errors : undefined, '')].map((one) => one.split(' '));
  return errors.find(([path]) => path?.startsWith('message_reference'))?.[1];
}

/** Why Discord refused a message, an edit or a pin, as far as a person can do something about it. */
export type FailureReason =
  | 'message'
  | 'channel'
  | 'access'
  | 'permission'
  | 'history'
  | 'full'
  | 'archived'
  | 'blocked'
  | 'failed';

const REASONS: Readonly<Record<number, FailureReason>> = {
  [Code.UnknownMessage]: 'message',
  [Code.UnknownChannel]: 'channel',
  [Code.UnknownGuild]: 'access',
  [Code.MissingAccess]: 'access',
  [Code.MissingPermissions]: 'permission',
  [Code.CannotReplyWithoutPermissionToReadMessageHistory]: 'history',
  [Code.MaximumNumberOfPinsReachedForTheChannel]: 'full',
  [Code.InvalidActionOnArchivedThread]: 'archived',
  [Code.ThreadLocked]: 'archived',
  [Code.MessageWasBlockedByAutomaticModeration]: 'blocked',
  [Code.MessageBlockedByHarmfulLinksFilter]: 'blocked',
};

/** Why Discord refused a request; `failed` if another try may succeed. */
export function failureReason(error: unknown): FailureReason {
  return REASONS[discordErrorCode(error) ?? 0] ?? 'failed';
}

/** Whether the connection broke, so that the outcome is not known. discord.js retries 5xx and 429, but not this. */
export function isLostConnection(error: unknown): boolean {
  return !(error instanceof DiscordAPIError) && !(error instanceof HTTPError);
}

/** The answer is not Discord's, but for example a page of a proxy. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError';
  /** @param request such as `GET /gateway/bot` */
  constructor(request: string) {
    super(`the answer to ${request} is not Discord's: check DISCORD_API_URL and the network in between`);
  }
}

/** Whether Discord refused the token, with 401. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

/** Discord refuses the token. */
export class TokenError extends OperatorError {
  override readonly name = 'TokenError';
  constructor(cause?: unknown) {
    super(
      'Discord refuses DISCORD_TOKEN: copy the token again from the developer portal (your application, Bot, Reset Token)',
      cause === undefined ? undefined : { cause },
    );
  }
}

/** The bot is not in the server of DISCORD_GUILD_ID, so it cannot register its commands there. */
export class GuildAccessError extends OperatorError {
  override readonly name = 'GuildAccessError';
  constructor(guildId: string, cause: unknown) {
    super(
      `The bot is not in the server ${guildId} that DISCORD_GUILD_ID names: invite it there, or leave DISCORD_GUILD_ID empty to register the commands everywhere`,
      { cause },
    );
  }
}

/** What to do after a close code that forbids reconnecting (Discord docs, "Gateway Close Event Codes"). */
const CLOSED_FOR_GOOD: Readonly<Record<number, string>> = {
  4010: 'SHARDS names a shard that Discord does not accept: check the numbers, or set SHARDS=auto',
  4011: 'the bot is in too many servers for so few shards: raise the number in SHARDS, or set SHARDS=auto',
  4012: 'Discord no longer takes the version of the gateway that this version of Guidepost speaks: update Guidepost',
  4013: 'Discord does not accept the gateway intents of this version of Guidepost: update Guidepost',
  4014: 'the gateway intents are not allowed for this application: check Bot › Privileged Gateway Intents in the developer portal, or update Guidepost',
};

/** Whether Discord closed a gateway connection for good: reconnecting would only use up session starts. */
export function isClosedForGood(code: number): boolean {
  return code === 4004 || code in CLOSED_FOR_GOOD;
}

/** Discord closed the gateway for good. @param code one for which `isClosedForGood` holds */
export class GatewayClosedError extends OperatorError {
  override readonly name = 'GatewayClosedError';
  constructor(code: number) {
    super(`Discord closed the gateway with code ${code}: ${CLOSED_FOR_GOOD[code] ?? 'see the developer portal'}`);
  }
}
