// Follow-ups to an interaction, and edits of its messages (Discord docs, Receiving and Responding, Followup Messages).
import { MessageFlags } from 'discord-api-types/v10';
import { apiError } from './api-error.ts';
import type { Interactions } from './interactions.ts';
import { INTERACTION } from './limits.ts';
import { deleteMessage, editMessage, sendMessage } from './messages.ts';
import type { Interaction, Message, Upload, World } from './model.ts';
import { parseMessage } from './schema/message.ts';

/**
 * Finds the answered interaction with this token.
 * @throws ApiError 10015 for another application or before the first answer, 50027 for an unknown or expired token
 */
export function findAnsweredInteraction(
  world: World,
  interactions: Interactions,
  applicationId: string,
  token: string,
): Interaction {
  if (applicationId !== world.applicationId) throw apiError(10015);
  const interaction = interactions.findByToken(token);
  if (!interaction || world.clock.now() - interaction.createdAt > INTERACTION.token) throw apiError(50027);
  if (!interaction.answer) throw apiError(10015);
  return interaction;
}

/**
 * Posts a follow-up. The first one after a deferred answer fills that answer instead, which keeps its ephemeral state.
 * @throws ApiError 50035, 50006
 */
export function followUp(
  world: World,
  interactions: Interactions,
  interaction: Interaction,
  body: unknown,
  uploads: readonly Upload[],
): Message {
  const form = parseMessage(body, 'followUp');
  const { original, user, channel } = interaction;
  const isDeferred = original !== null && !original.isDeleted && (original.flags & MessageFlags.Loading) !== 0;
  const isEphemeral = ((form.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const message = isDeferred
    ? editMessage(world, original, { ...form, flags: undefined }, uploads, 'interaction')
    : sendMessage(world, {
        channel,
        author: world.bot,
        form,
        uploads,
        viewer: isEphemeral ? user : null,
        mentionDefault: 'interaction',
        replyTo: original === null ? null : { channel, messageId: original.id },
        origin: {
          id: interaction.id,
          type: interaction.type,
          user,
          owners: channel.guild === null ? { 0: '0' } : { 0: channel.guild.id },
        },
      });
  interaction.messages.add(message);
  interactions.complete(interaction, message);
  return message;
}

/**
 * One of the interaction's own messages; `@original` is its first answer, or the message that a component updates.
 * @throws ApiError 10008
 */
export function findOwnMessage({ messages, original }: Interaction, id: string): Message {
  const message = id === '@original' ? original : [...messages].find((each) => each.id === id);
  if (!message || message.isDeleted) throw apiError(10008);
  return message;
}

/** Throws ApiError 10008, 50035, 50006. */
export function editOwnMessage(
  world: World,
  interactions: Interactions,
  interaction: Interaction,
  id: string,
  body: unknown,
  uploads: readonly Upload[],
): Message {
  const message = findOwnMessage(interaction, id);
  editMessage(world, message, parseMessage(body, 'followUpEdit'), uploads, 'interaction');
  interactions.complete(interaction, message);
  return message;
}

/** Throws ApiError 10008. */
export function deleteOwnMessage(world: World, interaction: Interaction, id: string): void {
  deleteMessage(world, findOwnMessage(interaction, id));
}
