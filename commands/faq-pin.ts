// /faq-pin: posts a topic, pins it, and keeps it up to date; removes it; lists what is pinned.
import { ApplicationCommandOptionType, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { Refusal } from '../src/discord/answer.ts';
import type { Command, CommandDefinition, ComponentHandler } from '../src/discord/command.ts';
import { deferPrivately, deferUpdate } from '../src/discord/deferred.ts';
import { CHOICE_LIMITS } from '../src/discord/limits.ts';
import { focusedOption, subcommandOf } from '../src/discord/options.ts';
import { requireModeratorOrHelper } from '../src/discord/permissions.ts';
import { pinnedTitle } from '../src/discord/views/guides.ts';
import { en } from '../src/i18n/en.ts';
import { pinsOf } from '../src/pins/repository.ts';
import { createAutocomplete } from '../src/search/autocomplete.ts';
import { addPinnedTopic } from './faq-pin/add.ts';
import { isPinListId, pageOfPinListId, pinListPage } from './faq-pin/list.ts';
import { removePinnedTopic } from './faq-pin/remove.ts';
import type { PinServices } from './faq-pin/services.ts';
import { IN_SERVERS } from './places.ts';
import { choicesOf, completeTopic, topicOption } from './topic.ts';

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

const channelOption = {
  type: ApplicationCommandOptionType.Channel as const,
  name: 'channel',
  description: en.command.channel,
  channel_types: [...CHANNELS],
};
const subcommand = { type: ApplicationCommandOptionType.Subcommand as const };

export const faqPinDefinition: CommandDefinition = {
  name: 'faq-pin',
  description: en.command.pin,
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.PinMessages),
  options: [
    { ...subcommand, name: 'add', description: en.command.pinAdd, options: [topicOption, channelOption] },
    { ...subcommand, name: 'remove', description: en.command.pinRemove, options: [topicOption, channelOption] },
    { ...subcommand, name: 'list', description: en.command.pinList },
  ],
};

/** Creates `/faq-pin`. Each subcommand checks the permissions of the person, and `add` those of the bot. */
export function faqPinCommand(services: PinServices): Command {
  const { contexts, store } = services;
  return {
    definition: faqPinDefinition,
    async run(interaction) {
      const context = await contexts.contextFor(interaction);
      switch (subcommandOf(interaction)) {
        case 'add':
          return addPinnedTopic(interaction, context, services);
        case 'remove':
          return removePinnedTopic(interaction, context, services);
        case 'list': {
          const guildId = requireModeratorOrHelper(interaction, context, 'PinMessages', 'ManageMessages');
          return deferPrivately(() => pinListPage(guildId, 0, context, services));
        }
        default:
          throw new Refusal(context.messages.error.noCommand);
      }
    },
    async autocomplete(interaction) {
      if (subcommandOf(interaction) !== 'remove' || !interaction.guild_id) return completeTopic(interaction, contexts);
      const context = await contexts.contextFor(interaction);
      const pinned = await pinsOf(store, interaction.guild_id).catch(() => []);
      // A topic may be gone while its pinned copy is still there.
      const named = [...new Set(pinned.map(({ topic }) => topic))].map((topic) => ({
        topic,
        title: pinnedTitle(topic, context) ?? `${context.messages.pin.unknownTopic} (${topic})`,
      }));
      const ranking = createAutocomplete(named.map((topic) => ({ name: topic.title, value: topic })));
      return choicesOf(ranking.find(focusedOption(interaction)?.text ?? '', CHOICE_LIMITS.count));
    },
  };
}

/** Turns the pages of `/faq-pin list`. */
export function pinListButtons(services: PinServices): ComponentHandler {
  return {
    matches: isPinListId,
    async onComponent(interaction) {
      const context = await services.contexts.contextFor(interaction);
      const guildId = requireModeratorOrHelper(interaction, context, 'PinMessages', 'ManageMessages');
      const page = pageOfPinListId(interaction.data.custom_id);
      return deferUpdate(() => pinListPage(guildId, page, context, services));
    },
  };
}
