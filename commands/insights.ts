// /insights: what members read, where their walks stop, what helped, and which questions found no answer.
import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord-api-types/v10';
import { Refusal } from '../src/discord/answer.ts';
import type { ChatInputInteraction, Command, CommandDefinition, ComponentHandler } from '../src/discord/command.ts';
import { deferPrivately } from '../src/discord/deferred.ts';
import { requireModeratorOrHelper } from '../src/discord/permissions.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { en } from '../src/i18n/en.ts';
import { findQuestion } from '../src/stats/unanswered.ts';
import { type InsightsPageServices, insightsPage } from './insights/page.ts';
import { isWriteId, openWriter, questionIdOf } from './insights/write.ts';
import { IN_SERVERS } from './places.ts';

const DAYS = { min: 1, max: 90, default: 30 } as const;

export const insightsDefinition: CommandDefinition = {
  name: 'insights',
  description: en.command.insights,
  ...IN_SERVERS,
  default_member_permissions: String(PermissionFlagsBits.ManageMessages),
  options: [
    {
      type: ApplicationCommandOptionType.Integer,
      name: 'days',
      description: en.command.insightsDays,
      min_value: DAYS.min,
      max_value: DAYS.max,
    },
  ],
};

interface InsightsServices extends InsightsPageServices {
  readonly contexts: ContextSource;
}

/** Creates `/insights`, which requires Manage Messages or a helper role. */
export function insightsCommand({ contexts, ...services }: InsightsServices): Command {
  return {
    definition: insightsDefinition,
    async run(interaction) {
      const context = await contexts.contextFor(interaction);
      const guildId = requireModeratorOrHelper(interaction, context, 'ManageMessages');
      return deferPrivately(() => insightsPage(guildId, daysOf(interaction), context, services));
    },
  };
}

/** "Write a reply": a modal filled in with a question that found no answer. Checks the person's permissions again. */
export function insightButtons({ contexts, store }: Pick<InsightsServices, 'contexts' | 'store'>): ComponentHandler {
  return {
    matches: isWriteId,
    async onComponent(interaction) {
      const context = await contexts.contextFor(interaction);
      const { messages } = context;
      const guildId = requireModeratorOrHelper(interaction, context, 'ManageMessages');
      const question = await findQuestion(store, guildId, questionIdOf(interaction.data.custom_id));
      if (question === undefined) throw new Refusal(messages.insights.gone);
      return openWriter(question, messages);
    },
  };
}

/** The option within its limits. Does not rely on Discord's check. */
function daysOf({ data }: ChatInputInteraction): number {
  const option = data.options?.find(({ name }) => name === 'days');
  const days = option?.type === ApplicationCommandOptionType.Integer ? option.value : DAYS.default;
  return Number.isSafeInteger(days) ? Math.min(DAYS.max, Math.max(DAYS.min, days)) : DAYS.default;
}
