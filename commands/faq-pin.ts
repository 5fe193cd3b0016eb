// /faq-pin: posts a topic, pins it, and keeps it up to date; removes it; lists what is pinned.
import {
  type APIInteractionDataResolvedChannel,
  ApplicationCommandOptionType,
  ChannelType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { type Answer, messageBody, Refusal } from '../src/discord/answer.ts';
import type { Bot, ChatInputInteraction, Command, Responder } from '../src/discord/command.ts';
import { deferPrivately, deferUpdate } from '../src/discord/deferred.ts';
import { failureReason } from '../src/discord/errors.ts';
import { CHOICE_LIMITS } from '../src/discord/limits.ts';
import { messageUrl } from '../src/discord/links.ts';
import { channelIdOf, focusedOption, idOption, subcommandOf, textOption, userIdOf } from '../src/discord/options.ts';
import { lacking, permissionNames, requireModerator, sendingIn } from '../src/discord/permissions.ts';
import { digestOf } from '../src/discord/pin-updater.ts';
import { postAndPin, takeBack } from '../src/discord/pinning.ts';
import { contextFor, type RenderContext } from '../src/discord/render-context.ts';
import { deleteMessage, getMessage } from '../src/discord/requests.ts';
import { renderTopic } from '../src/discord/views/page.ts';
import { plainTextWithin, visibleText } from '../src/discord/views/plain-text.ts';
import { en } from '../src/i18n/en.ts';
import type { Messages } from '../src/i18n/index.ts';
import {
  AlreadyPinnedError,
  addPin,
  findPin,
  markGone,
  type Pin,
  pinsOf,
  removePin,
  revive,
} from '../src/pins/repository.ts';
import { createAutocomplete } from '../src/search/autocomplete.ts';
import { isPinList, pinListPage } from './pin-list.ts';
import { whyNotPinned, whyNotRemoved } from './pin-refusals.ts';
import { IN_SERVERS } from './places.ts';
import { choicesOf, chosenTopic, completeTopic, topicOption } from './topic.ts';

/** Where a message can be pinned: text, announcements, threads and forum posts, the chat of voice channels. */
const CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
] as const;
const MAX_REASON = 400;
const MAX_TITLE = 200;

const channelOption = {
  type: ApplicationCommandOptionType.Channel as const,
  name: 'channel',
  description: en.command.channel,
  channel_types: [...CHANNELS],
};
const subcommand = { type: ApplicationCommandOptionType.Subcommand as const };

export const faqPin: Command = {
  definition: {
    name: 'faq-pin',
    description: en.command.pin,
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.PinMessages),
    options: [
      { ...subcommand, name: 'add', description: en.command.pinAdd, options: [topicOption, channelOption] },
      { ...subcommand, name: 'remove', description: en.command.pinRemove, options: [topicOption, channelOption] },
      { ...subcommand, name: 'list', description: en.command.pinList },
    ],
  },
  async run(interaction, bot) {
    const context = await contextFor(interaction, bot);
    switch (subcommandOf(interaction)) {
      case 'add':
        return add(interaction, context, bot);
      case 'remove':
        return remove(interaction, context, bot);
      case 'list': {
        const guildId = requireModerator(interaction, context.messages, 'PinMessages', 'ManageMessages');
        return deferPrivately(() => pinListPage(guildId, 0, context, bot));
      }
      default:
        throw new Refusal(context.messages.error.noCommand);
    }
  },
  async autocomplete(interaction, bot) {
    if (subcommandOf(interaction) !== 'remove' || !interaction.guild_id) return completeTopic(interaction, bot);
    const { topics, messages } = await contextFor(interaction, bot);
    const pinned = await pinsOf(bot.store, interaction.guild_id).catch(() => []);
    // A topic may be gone and its pinned copy still there.
    const named = [...new Set(pinned.map(({ topic }) => topic))].map((topic) => ({
      topic,
      title: topics.find(topic)?.title ?? `${messages.pin.unknownTopic} (${topic})`,
    }));
    const ranking = createAutocomplete(named.map((topic) => ({ name: topic.title, value: topic })));
    return choicesOf(ranking.find(focusedOption(interaction)?.text ?? '', CHOICE_LIMITS.count));
  },
};

/** Turns the pages of `/faq-pin list`. */
export const pinListButtons: Responder = {
  matches: isPinList,
  async onComponent(interaction, bot) {
    const context = await contextFor(interaction, bot);
    const guildId = requireModerator(interaction, context.messages, 'PinMessages', 'ManageMessages');
    const page = Number(interaction.data.custom_id.split(':')[2]);
    return deferUpdate(() => pinListPage(guildId, Number.isInteger(page) ? page : 0, context, bot));
  },
};

/** The channel that is meant, and what member and bot may do there; undefined bits are not known. */
interface Target {
  readonly id: string;
  readonly type: number | undefined;
  readonly isClosed: boolean;
  /** Whether it belongs to the server in which the command was used, as far as Discord says. */
  readonly isHere: boolean;
  readonly member: string | undefined;
  readonly bot: string | undefined;
}

function targetOf(interaction: ChatInputInteraction): Target {
  const chosen = idOption(interaction, 'channel');
  if (!chosen) {
    const { channel, member, app_permissions } = interaction;
    return {
      id: channelIdOf(interaction),
      type: channel?.type,
      isClosed: false,
      isHere: true,
      member: member?.permissions,
      bot: app_permissions,
    };
  }
  // Discord sends the bot's permissions of a chosen channel since July 2026, and its server without documenting it.
  const channel: (APIInteractionDataResolvedChannel & { app_permissions?: string; guild_id?: string }) | undefined =
    interaction.data.resolved?.channels?.[chosen];
  const thread = channel && 'thread_metadata' in channel ? channel.thread_metadata : undefined;
  return {
    id: chosen,
    type: channel?.type,
    isClosed: Boolean(thread?.archived || thread?.locked),
    isHere: channel?.guild_id === undefined || channel.guild_id === interaction.guild_id,
    member: channel?.permissions,
    bot: channel?.app_permissions,
  };
}

function requirePinning(interaction: ChatInputInteraction, target: Target, messages: Messages): string {
  const { guild_id: guildId } = interaction;
  if (!guildId) throw new Refusal(messages.error.serverOnly);
  const missing = lacking(target.member, ['PinMessages']);
  if (missing.length > 0) throw new Refusal(messages.pin.youLack(permissionNames(missing), target.id));
  return guildId;
}

function add(interaction: ChatInputInteraction, context: RenderContext, bot: Bot): Answer {
  const { messages } = context;
  const target = targetOf(interaction);
  const guildId = requirePinning(interaction, target, messages);
  if (!target.isHere) throw new Refusal(messages.pin.notThere(target.id));
  const missing =
    target.bot === undefined
      ? []
      : lacking(target.bot, ['ViewChannel', sendingIn(target.type), 'EmbedLinks', 'ReadMessageHistory', 'PinMessages']);
  if (missing.length > 0) throw new Refusal(messages.pin.botLacks(permissionNames(missing), target.id));
  if (target.isClosed) throw new Refusal(messages.pin.archived(target.id));
  const { topic } = chosenTopic(interaction, context);
  const user = interaction.member?.user;
  return deferPrivately(async () => {
    const place = { guildId, channelId: target.id, topic };
    await refuseSecond((await findPin(bot.store, place)) ?? (await outOfReach(place, bot)), messages, bot);
    const body = (await bot.pins.bodyOf({ guildId, topic })) ?? renderTopic(chosenTopic(interaction, context), context);
    const by = visibleText(`${user?.username ?? ''} (${user?.id ?? ''})`);
    const reason = messages.pin.reason(by, '/faq-pin add').slice(0, MAX_REASON);
    const messageId = await postAndPin(bot.rest, target.id, body, {
      nonce: interaction.id,
      reason,
      log: bot.log,
    }).catch((error) => {
      throw whyNotPinned(error, { ...target, guildId }, messages, bot);
    });
    try {
      const pinnedBy = userIdOf(interaction) ?? '';
      await addPin(bot.store, { guildId, channelId: target.id, messageId, topic, shownHash: digestOf(body), pinnedBy });
    } catch (error) {
      await takeBack(bot.rest, target.id, messageId).catch((left) => {
        throw whyNotPinned(left, { ...target, guildId }, messages, bot);
      });
      if (error instanceof AlreadyPinnedError)
        throw new Refusal(messages.pin.already(target.id, messageUrl(error.pin)));
      throw error;
    }
    bot.stats.count(guildId, 'shown', topic);
    // What changed while it was being posted is seen to at once.
    bot.pins.follow(guildId);
    return messageBody({
      content: messages.pin.pinned(target.id, messageUrl({ guildId, channelId: target.id, messageId })),
    });
  });
}

/** A copy that the bot could not see when it last looked. It may be there again. */
async function outOfReach(
  { guildId, channelId, topic }: Pick<Pin, 'guildId' | 'channelId' | 'topic'>,
  { store }: Bot,
): Promise<Pin | undefined> {
  const guildPins = await pinsOf(store, guildId);
  return guildPins.find((pin) => pin.channelId === channelId && pin.topic === topic && pin.goneReason === 'access');
}

/** One copy of a topic in a channel is enough; one that was deleted by hand does not count. */
async function refuseSecond(pin: Pin | undefined, messages: Messages, { rest, store, pins }: Bot): Promise<void> {
  if (!pin) return;
  const isGone = pin.state === 'gone';
  const isThere = await getMessage(rest, pin.channelId, pin.messageId).then(
    () => true,
    (error) => !isGone && failureReason(error) !== 'message' && failureReason(error) !== 'channel',
  );
  if (isThere && isGone) {
    await revive(store, pin);
    pins.follow(pin.guildId);
  }
  if (isThere) throw new Refusal(messages.pin.already(pin.channelId, messageUrl(pin)));
  if (!isGone) await markGone(store, pin, 'message');
}

function remove(interaction: ChatInputInteraction, context: RenderContext, bot: Bot): Answer {
  const { messages } = context;
  const target = targetOf(interaction);
  const guildId = requirePinning(interaction, target, messages);
  const typed = textOption(interaction, 'topic') ?? '';
  return deferPrivately(async () => {
    // The topic itself may be gone by now, and its pinned copy still there.
    const named =
      (await findPin(bot.store, { guildId, channelId: target.id, topic: typed })) ??
      (await anyPin(interaction, guildId, target.id, context, bot));
    if (!named) throw new Refusal(messages.pin.notPinned(target.id));
    const title = plainTextWithin(context.topics.find(named.topic)?.title ?? messages.pin.unknownTopic, MAX_TITLE);
    const wasThere = await deleteCopy(named, messages, bot);
    await removePin(bot.store, named);
    return messageBody({
      content: wasThere ? messages.pin.removed(title, target.id) : messages.pin.removedGone(title, target.id),
    });
  });
}

/** The pin of the topic that is meant, also one that is gone. */
async function anyPin(
  interaction: ChatInputInteraction,
  guildId: string,
  channelId: string,
  context: RenderContext,
  bot: Bot,
): Promise<Pin | undefined> {
  const { topic } = chosenTopic(interaction, context);
  const guildPins = await pinsOf(bot.store, guildId);
  return guildPins.find((pin) => pin.channelId === channelId && pin.topic === topic);
}

/** Deletes the pinned message, which unpins it. @returns whether it was still there */
async function deleteCopy(pin: Pin, messages: Messages, bot: Bot): Promise<boolean> {
  if (pin.state === 'gone' && pin.goneReason !== 'access') return false;
  try {
    return await deleteMessage(bot.rest, pin.channelId, pin.messageId);
  } catch (error) {
    const obstacle = failureReason(error);
    if (obstacle === 'channel' || obstacle === 'message') return false;
    throw whyNotRemoved(error, pin.channelId, messages, bot);
  }
}
