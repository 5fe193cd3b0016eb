// /faq-pin add: posts a topic, pins it and saves it. If a step fails, nothing remains.
import { InteractionType } from 'discord-api-types/v10';
import { type Answer, type MessageBody, messageBody, Refusal } from '../../src/discord/answer.ts';
import type { ChatInputInteraction, ComponentInteraction } from '../../src/discord/command.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import { failureReason } from '../../src/discord/errors.ts';
import { messageUrl } from '../../src/discord/links.ts';
import { userIdOf } from '../../src/discord/options.ts';
import { lacking, type Permission, permissionNames, sendingIn } from '../../src/discord/permissions.ts';
import { digestOf } from '../../src/discord/pin-updater.ts';
import { postAndPin, takeBack } from '../../src/discord/pinning.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { getMessage } from '../../src/discord/requests.ts';
import { renderTopic } from '../../src/discord/views/page.ts';
import { visibleText } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
import {
  AlreadyPinnedError,
  addPin,
  findPin,
  markPinGone,
  type Pin,
  pinsOf,
  restorePin,
} from '../../src/pins/repository.ts';
import { recordServerLocale } from '../../src/servers/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { chosenTopic } from '../topic.ts';
import { whyNotPinned } from './refusals.ts';
import type { PinServices } from './services.ts';
import { requirePinning, type TargetChannel, targetOf } from './target.ts';

/** Discord accepts 512 characters for the audit log's reason, after encoding. */
const MAX_REASON = 400;

/** @throws {Refusal} if the member or the bot lacks a permission, or the thread is closed */
export function addPinnedTopic(
  interaction: ChatInputInteraction,
  context: RenderContext,
  services: PinServices,
): Answer {
  const { messages } = context;
  const target = targetOf(interaction);
  const guildId = requirePinning(interaction, target, context);
  requirePossible(target, messages);
  const chosen = chosenTopic(interaction, context);
  const { topic } = chosen;
  return deferPrivately(async () => {
    const { guild_locale: serverLocale } = interaction;
    if (context.settings.language === undefined && serverLocale !== undefined)
      await recordServerLocale(services.store, guildId, serverLocale);
    // As the copy is kept up to date: in the server's language.
    const { settings, topics } = context;
    const language = settings.language ?? serverLocale;
    const shown = services.contexts.contextWith(language, { replies: topics.replies, settings });
    const body = renderTopic(shown.topics.find(topic) ?? chosen, shown);
    const url = await pinTopic(interaction, { guildId, topic, target }, body, messages, services);
    return messageBody({ content: messages.pin.pinned(target.id, url) });
  });
}

/** A topic to pin, and where. */
interface Pinning {
  readonly guildId: string;
  readonly topic: string;
  readonly target: TargetChannel;
}

/**
 * Posts a topic, pins it and saves it.
 * @returns the message's address
 * @throws {Refusal} if the topic is pinned there already, or Discord refuses
 */
export async function pinTopic(
  interaction: ChatInputInteraction | ComponentInteraction,
  { guildId, topic, target }: Pinning,
  body: MessageBody,
  messages: Messages,
  services: PinServices,
): Promise<string> {
  const place = { guildId, channelId: target.id, topic };
  const existing = (await findPin(services.store, place)) ?? (await findUnreachablePin(place, services.store));
  await requireNotPinned(existing, messages, services);
  const messageId = await postPinned(interaction, { ...place, type: target.type }, body, messages, services);
  services.stats.count(guildId, 'shown', topic);
  // Picks up what changed while it was being posted.
  services.pins.follow(guildId);
  return messageUrl({ guildId, channelId: target.id, messageId });
}

/** @throws {Refusal} if Discord would refuse a pin, as far as is known */
export function requirePossible(target: TargetChannel, messages: Messages): void {
  if (!target.isHere) throw new Refusal(messages.pin.notThere(target.id));
  const needed: Permission[] = [
    'ViewChannel',
    sendingIn(target.type),
    'EmbedLinks',
    'ReadMessageHistory',
    'PinMessages',
  ];
  const missing = target.botPermissions === undefined ? [] : lacking(target.botPermissions, needed);
  if (missing.length > 0) throw new Refusal(messages.pin.botLacks(permissionNames(missing), target.id));
  if (target.isClosed) throw new Refusal(messages.pin.archived(target.id));
}

type PinPlace = Pick<Pin, 'guildId' | 'channelId' | 'topic'>;

/** @returns the message's id @throws {Refusal} if Discord refuses, or the topic was pinned there meanwhile */
async function postPinned(
  interaction: ChatInputInteraction | ComponentInteraction,
  { guildId, channelId, topic, type }: PinPlace & { type: number | undefined },
  body: MessageBody,
  messages: Messages,
  { rest, store, log }: PinServices,
): Promise<string> {
  const refuse = (error: unknown): never => {
    throw whyNotPinned(error, { id: channelId, type, guildId }, messages, log);
  };
  const user = interaction.member?.user;
  const by = visibleText(`${user?.username ?? ''} (${user?.id ?? ''})`);
  const reason = messages.pin.reason(by, commandOf(interaction)).slice(0, MAX_REASON);
  const messageId = await postAndPin(rest, channelId, body, { nonce: interaction.id, reason, log }).catch(refuse);
  try {
    const pinnedBy = userIdOf(interaction) ?? '';
    await addPin(store, { guildId, channelId, messageId, topic, shownDigest: digestOf(body), pinnedBy });
  } catch (error) {
    await takeBack(rest, channelId, messageId).catch(refuse);
    if (error instanceof AlreadyPinnedError) throw new Refusal(messages.pin.already(channelId, messageUrl(error.pin)));
    throw error;
  }
  return messageId;
}

/** The command by which somebody pins, for the audit log. */
function commandOf({ type }: ChatInputInteraction | ComponentInteraction): string {
  return type === InteractionType.ApplicationCommand ? '/faq-pin add' : '/setup';
}

/** A copy that the bot could not see when it last looked. It may be there again. */
async function findUnreachablePin({ guildId, channelId, topic }: PinPlace, store: Store): Promise<Pin | undefined> {
  const guildPins = await pinsOf(store, guildId);
  return guildPins.find((pin) => pin.channelId === channelId && pin.topic === topic && pin.goneReason === 'access');
}

/**
 * Requires that a topic has no copy in the channel: one is enough, but one that was deleted by hand does not count.
 * Marks a pin as gone if its message is deleted, and restores a gone one whose message is there again.
 * @param pin the known copy
 * @throws {Refusal} if the message is there, or Discord does not say
 */
async function requireNotPinned(
  pin: Pin | undefined,
  messages: Messages,
  { rest, store, pins }: Pick<PinServices, 'rest' | 'store' | 'pins'>,
): Promise<void> {
  if (!pin) return;
  const failure = await getMessage(rest, pin.channelId, pin.messageId).then(() => undefined, failureReason);
  if (pin.state === 'gone') {
    if (failure !== undefined) return;
    await restorePin(store, pin);
    pins.follow(pin.guildId);
  } else if (failure === 'message' || failure === 'channel') {
    return markPinGone(store, pin, failure);
  }
  throw new Refusal(messages.pin.already(pin.channelId, messageUrl(pin)));
}
