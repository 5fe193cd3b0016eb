// Discord's refusals that a person can meet, by their codes (Discord docs, "Opcodes and Status Codes").
import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError } from 'discord.js';

/** The code of Discord's answer; undefined where it gave none (a lost connection, a time-out, a 5xx). */
export function codeOf(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}

/** The member takes no direct messages from the bot. */
export function isDmClosed(error: unknown): boolean {
  return codeOf(error) === Code.CannotSendMessagesToThisUser;
}

/** What a person can do something about, where Discord refuses a message, an edit or a pin. */
export type Obstacle = 'message' | 'channel' | 'access' | 'permission' | 'full' | 'archived' | 'blocked' | 'failed';

const OBSTACLES: Readonly<Record<number, Obstacle>> = {
  [Code.UnknownMessage]: 'message',
  [Code.UnknownChannel]: 'channel',
  [Code.UnknownGuild]: 'access',
  [Code.MissingAccess]: 'access',
  [Code.MissingPermissions]: 'permission',
  [Code.MaximumNumberOfPinsReachedForTheChannel]: 'full',
  [Code.InvalidActionOnArchivedThread]: 'archived',
  [Code.ThreadLocked]: 'archived',
  [Code.MessageWasBlockedByAutomaticModeration]: 'blocked',
  [Code.MessageBlockedByHarmfulLinksFilter]: 'blocked',
};

/** Why Discord did not do it; `failed` for whatever may work at another try. */
export function obstacleOf(error: unknown): Obstacle {
  return OBSTACLES[codeOf(error) ?? 0] ?? 'failed';
}

/** Whether nothing is known of the outcome: the connection broke. discord.js repeats 5xx and 429, but not this. */
export function isLostConnection(error: unknown): boolean {
  return !(error instanceof DiscordAPIError) && !(error instanceof HTTPError);
}

/** Whether Discord does not know the token: it answers 401 to the first request already. */
export function isUnauthorized(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

/** Discord does not know the token. The message says what to do. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  constructor(cause: unknown) {
    super(
      'Discord refuses DISCORD_TOKEN: copy the token anew from the developer portal (your application, Bot, Reset Token)',
      { cause },
    );
  }
}
