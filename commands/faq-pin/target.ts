// The channel that /faq-pin is about, and what member and bot may do there.
import type { APIInteractionDataResolvedChannel } from 'discord-api-types/v10';
import { Refusal } from '../../src/discord/answer.ts';
import type { ChatInputInteraction, ComponentInteraction } from '../../src/discord/command.ts';
import { channelIdOf, idOption } from '../../src/discord/options.ts';
import { isHelper, lacking, permissionNames, sendingIn } from '../../src/discord/permissions.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';

/** Permissions that are undefined are not known. */
export interface TargetChannel {
  readonly id: string;
  readonly type: number | undefined;
  /** Whether it is an archived or locked thread. */
  readonly isClosed: boolean;
  /** Whether it belongs to the server in which the command was used, as far as Discord says. */
  readonly isHere: boolean;
  readonly memberPermissions: string | undefined;
  readonly botPermissions: string | undefined;
}

/** The channel that was chosen, or the one in which the command was used. */
export function targetOf(interaction: ChatInputInteraction): TargetChannel {
  const chosen = idOption(interaction, 'channel');
  if (!chosen) return targetHere(interaction);
  // Discord sends the bot's permissions of a chosen channel since July 2026, and its server without documenting it.
  const channel: (APIInteractionDataResolvedChannel & { app_permissions?: string; guild_id?: string }) | undefined =
    interaction.data.resolved?.channels?.[chosen];
  const thread = channel && 'thread_metadata' in channel ? channel.thread_metadata : undefined;
  return {
    id: chosen,
    type: channel?.type,
    isClosed: Boolean(thread?.archived || thread?.locked),
    isHere: channel?.guild_id === undefined || channel.guild_id === interaction.guild_id,
    memberPermissions: channel?.permissions,
    botPermissions: channel?.app_permissions,
  };
}

/** The channel in which a person acts. */
export function targetHere(interaction: ChatInputInteraction | ComponentInteraction): TargetChannel {
  const { channel, member, app_permissions } = interaction;
  return {
    id: channelIdOf(interaction),
    type: channel?.type,
    isClosed: false,
    isHere: true,
    memberPermissions: member?.permissions,
    botPermissions: app_permissions,
  };
}

/**
 * Requires that the member may pin in the channel, or is a helper who may see it and send there.
 * @returns the server's id
 * @throws {Refusal} outside a server, or if the member may not
 */
export function requirePinning(
  interaction: ChatInputInteraction,
  target: TargetChannel,
  { messages, settings, isPartial }: RenderContext,
): string {
  const { guild_id: guildId } = interaction;
  if (!guildId) throw new Refusal(messages.error.serverOnly);
  const missing = lacking(target.memberPermissions, ['PinMessages']);
  if (missing.length === 0) return guildId;
  if (isPartial) throw new Refusal(messages.error.store.unavailable);
  if (!isHelper(interaction, settings)) throw new Refusal(messages.pin.youLack(permissionNames(missing), target.id));
  const asHelper = lacking(target.memberPermissions, ['ViewChannel', sendingIn(target.type)]);
  if (asHelper.length > 0) throw new Refusal(messages.pin.youLack(permissionNames(asHelper), target.id));
  return guildId;
}
