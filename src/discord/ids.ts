// Discord's ids. They are checked because they go unchanged into messages, URLs and the database.
import type { APIInteraction } from 'discord-api-types/v10';

const ID = /^\d{1,20}$/;

/** Whether a value is an id of Discord: digits (Discord docs, API Reference, "Snowflakes"). */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** Whether all ids of an interaction that the bot uses are valid, as far as they are present. */
export function hasValidIds(interaction: APIInteraction): boolean {
  const { id, guild_id, channel_id, channel, member, user, message, data } = interaction;
  const target = data && 'target_id' in data ? data.target_id : undefined;
  const ids = [id, guild_id, channel_id, channel?.id, member?.user?.id, user?.id, message?.id, target];
  return ids.every((one) => one === undefined || one === null || isId(one));
}
