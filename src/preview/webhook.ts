// Messages through an interaction's token: follow-ups, and changes to its own messages (Discord docs, Receiving and Responding, Followup Messages).
import { MessageFlags } from 'discord.js';
import type { Interaction, Interactions } from './interactions.ts';
import { INTERACTION } from './limits.ts';
import type { Upload } from './messages.ts';
import { deleteMessage, editMessage, sendMessage } from './messages.ts';
import { refusal } from './refusal.ts';
import { checkMessage } from './schema/message.ts';
import type { Message, World } from './world.ts';

/**
 * The answered interaction with this token.
 * @throws Refusal 10015 other application or not answered yet, 50027 unknown token or older than 15 minutes
 */
export function openInteraction(
  world: World,
  interactions: Interactions,
  applicationId: string,
  token: string,
): Interaction {
  if (applicationId !== world.applicationId) throw refusal(10015);
  const interaction = interactions.byToken(token);
  if (!interaction || world.clock.now() - interaction.createdAt > INTERACTION.token) throw refusal(50027);
  if (!interaction.answer) throw refusal(10015);
  return interaction;
}

/**
 * Posts a follow-up. Right after a deferred answer it fills that answer instead, whose ephemeral state stands.
 * @throws Refusal 50035, 50006
 */
export function followUp(
  world: World,
  interactions: Interactions,
  interaction: Interaction,
  body: unknown,
  uploads: readonly Upload[],
): Message {
  const form = checkMessage(body, 'followUp');
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
 * @throws Refusal 10008
 */
export function ownMessage({ messages, original }: Interaction, id: string): Message {
  const message = id === '@original' ? original : [...messages].find((each) => each.id === id);
  if (!message || message.isDeleted) throw refusal(10008);
  return message;
}

/** Throws Refusal 10008, 50035, 50006. */
export function editOwn(
  world: World,
  interactions: Interactions,
  interaction: Interaction,
  id: string,
  body: unknown,
  uploads: readonly Upload[],
): Message {
  const message = ownMessage(interaction, id);
  editMessage(world, message, checkMessage(body, 'followUpEdit'), uploads, 'interaction');
  interactions.complete(interaction, message);
  return message;
}

/** Throws Refusal 10008. */
export function deleteOwn(world: World, interaction: Interaction, id: string): void {
  deleteMessage(world, ownMessage(interaction, id));
}
