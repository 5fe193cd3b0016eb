// Carries out the first answer to an interaction: sends or changes a message (Discord docs, Receiving and Responding).
import { MessageFlags } from 'discord-api-types/v10';
import { apiError } from './api-error.ts';
import { commandName } from './interaction-title.ts';
import { editMessage, sendMessage } from './messages.ts';
import type { Interaction, Message, Upload, World } from './model.ts';
import type { Callback } from './schema/callback.ts';
import { isRecord } from './schema/form.ts';

const { Ephemeral, Loading } = MessageFlags;

/** Types 6 and 7 need a message to update; a modal cannot follow a modal. */
export function allowedCallbackTypes({ type, source }: Interaction): readonly number[] {
  if (type === 2) return [4, 5, 9];
  if (type === 3) return [4, 5, 6, 7, 9];
  if (type === 4) return [8];
  return source === null ? [4, 5] : [4, 5, 6, 7];
}

/** The type of the option that is being typed; undefined outside autocomplete. */
export function focusedOptionType({ payload: { data } }: Interaction): number | undefined {
  const find = (options: unknown): number | undefined => {
    for (const option of Array.isArray(options) ? options.filter(isRecord) : []) {
      const type = option.focused === true ? Number(option.type) : find(option.options);
      if (type !== undefined) return type;
    }
    return undefined;
  };
  return isRecord(data) ? find(data.options) : undefined;
}

/**
 * Returns the message that `@original` means from now on; null for choices and modals.
 * @throws ApiError 10008 where the message to update is gone, 50006 for an empty one
 */
export function applyCallback(
  world: World,
  interaction: Interaction,
  callback: Callback,
  uploads: readonly Upload[],
): Message | null {
  const { channel, source, type, user, payload } = interaction;
  if (callback.type === 6) return source;
  if (callback.type === 8 || callback.type === 9) return null;
  if (callback.type === 7) {
    if (source === null || source.isDeleted) throw apiError(10008);
    return editMessage(world, source, { ...callback.data, flags: undefined }, uploads, 'interaction');
  }
  const command = commandName(interaction);
  const isDeferred = callback.type === 5;
  const isEphemeral = ((callback.data.flags ?? 0) & Ephemeral) !== 0;
  const data = payload.data;
  const targetId =
    typeof data === 'object' && data !== null && 'target_id' in data ? String(data.target_id) : undefined;
  // Discord docs, Message resource, Application Command Interaction Metadata: also the target of a message command.
  const referenced = source?.id ?? targetId;
  return sendMessage(world, {
    channel,
    author: world.bot,
    form: isDeferred ? { flags: callback.data.flags } : callback.data,
    uploads,
    type: type === 2 ? (targetId === undefined ? 20 : 23) : source === null ? 0 : 19,
    viewer: isEphemeral ? user : null,
    flags: isDeferred ? Loading : 0,
    mentionDefault: 'interaction',
    replyTo: referenced === undefined ? null : { channel, messageId: referenced },
    origin: {
      id: interaction.id,
      type,
      user,
      owners: channel.guild === null ? { 0: '0' } : { 0: channel.guild.id },
      ...(command === undefined ? {} : { command }),
      ...(targetId === undefined ? {} : { targetId }),
      ...(source === null ? {} : { interactedId: source.id }),
    },
    allowEmpty: isDeferred,
  });
}
