// Discord's refusals that a person can meet, by their codes.
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

function hasCode(error: unknown, ...codes: number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}

/** The member takes no direct messages from the bot (50007), or from nobody who shares no server with them. */
export function isDmClosed(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.CannotSendMessagesToThisUser);
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
