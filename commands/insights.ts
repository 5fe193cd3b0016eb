// /insights: what members read, where their walks stop, what helped, and which questions found no answer.
import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord-api-types/v10';
import { resultWithin } from '../src/clock.ts';
import { Refusal } from '../src/discord/answer.ts';
import type { ChatInputInteraction, Command, CommandDefinition, ComponentHandler } from '../src/discord/command.ts';
import { deferPrivately } from '../src/discord/deferred.ts';
import { isModeratorBy, requireModeratorOrHelper } from '../src/discord/permissions.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { en } from '../src/i18n/en.ts';
import { findQuestion, helpersSeeSince } from '../src/stats/unanswered.ts';
import { type InsightsPageServices, insightsPage } from './insights/page.ts';
import { titleOf } from './insights/waiting.ts';
import { isWriteId, openWriter, questionIdOf, threadIdOf } from './insights/write.ts';
import { IN_SERVERS } from './places.ts';

/** A form must be the first answer, within 3 s. */
const TITLE_TIMEOUT_MS = 2000;
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
      const isModerator = isModeratorBy(interaction, 'ManageMessages');
      return deferPrivately(() => insightsPage({ guildId, days: daysOf(interaction), isModerator }, context, services));
    },
  };
}

/** "Write a reply": a modal filled in with a question that found no answer. Checks the person's permissions again. */
export function insightButtons({
  contexts,
  store,
  rest,
  clock,
}: Pick<InsightsServices, 'contexts' | 'store' | 'rest' | 'clock'>): ComponentHandler {
  return {
    matches: isWriteId,
    async onComponent(interaction) {
      const context = await contexts.contextFor(interaction);
      const { messages } = context;
      const guildId = requireModeratorOrHelper(interaction, context, 'ManageMessages');
      const { custom_id: customId } = interaction.data;
      const threadId = threadIdOf(customId);
      if (threadId !== undefined) {
        const title = await resultWithin(clock, titleOf(rest, guildId, threadId), TITLE_TIMEOUT_MS).catch(
          () => undefined,
        );
        if (title === undefined) throw new Refusal(messages.insights.gonePost);
        return openWriter(title, messages);
      }
      const since = isModeratorBy(interaction, 'ManageMessages') ? '' : await helpersSeeSince(store);
      const question = await findQuestion(store, guildId, questionIdOf(customId), since);
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
