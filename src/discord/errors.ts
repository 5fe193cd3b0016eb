// Discord's refusals that a person can meet, by their codes.
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

function hasCode(error: unknown, ...codes: number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}

/** The member takes no direct messages from the bot (50007), or from nobody who shares no server with them. */
export function isDmClosed(error: unknown): boolean {
  return hasCode(error, RESTJSONErrorCodes.CannotSendMessagesToThisUser);
}
