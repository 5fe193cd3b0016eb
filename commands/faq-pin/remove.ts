// /faq-pin remove: deletes the pinned message and its record.
import { type Answer, messageBody, Refusal } from '../../src/discord/answer.ts';
import type { ChatInputInteraction } from '../../src/discord/command.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import { failureReason } from '../../src/discord/errors.ts';
import { textOption } from '../../src/discord/options.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { deleteMessage } from '../../src/discord/requests.ts';
import { pinnedTitle } from '../../src/discord/views/guides.ts';
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { findPin, type Pin, pinsOf, removePin } from '../../src/pins/repository.ts';
import type { Store } from '../../src/store/store.ts';
import { chosenTopic } from '../topic.ts';
import { whyNotRemoved } from './refusals.ts';
import type { PinServices } from './services.ts';
import { requirePinning, targetOf } from './target.ts';

const MAX_TITLE = 200;

/** @throws {Refusal} if the member lacks the permission */
export function removePinnedTopic(
  interaction: ChatInputInteraction,
  context: RenderContext,
  services: PinServices,
): Answer {
  const { messages } = context;
  const target = targetOf(interaction);
  const guildId = requirePinning(interaction, target, context);
  const typed = textOption(interaction, 'topic') ?? '';
  return deferPrivately(async () => {
    const { store } = services;
    // The topic itself may be gone while its pinned copy is still there.
    const pin =
      (await findPin(store, { guildId, channelId: target.id, topic: typed })) ??
      (await pinOfChosenTopic(interaction, { guildId, channelId: target.id }, context, store));
    if (!pin) throw new Refusal(messages.pin.notPinned(target.id));
    const title = plainTextWithin(pinnedTitle(pin.topic, context) ?? messages.pin.unknownTopic, MAX_TITLE);
    const wasThere = await deletePinnedMessage(pin, messages, services);
    await removePin(store, pin);
    return messageBody({
      content: wasThere ? messages.pin.removed(title, target.id) : messages.pin.removedGone(title, target.id),
    });
  });
}

/** The pin of the chosen topic in a channel, including one that is gone. */
async function pinOfChosenTopic(
  interaction: ChatInputInteraction,
  { guildId, channelId }: Pick<Pin, 'guildId' | 'channelId'>,
  context: RenderContext,
  store: Store,
): Promise<Pin | undefined> {
  const { topic } = chosenTopic(interaction, context);
  const guildPins = await pinsOf(store, guildId);
  return guildPins.find((pin) => pin.channelId === channelId && pin.topic === topic);
}

/** Deletes the pinned message, which unpins it. @returns whether it was still there */
async function deletePinnedMessage(
  pin: Pin,
  messages: Messages,
  { rest, log }: Pick<PinServices, 'rest' | 'log'>,
): Promise<boolean> {
  if (pin.state === 'gone' && pin.goneReason !== 'access') return false;
  try {
    return await deleteMessage(rest, pin.channelId, pin.messageId);
  } catch (error) {
    if (failureReason(error) === 'channel') return false;
    throw whyNotRemoved(error, pin.channelId, messages, log);
  }
}
