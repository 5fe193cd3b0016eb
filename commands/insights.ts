// /insights: what members read, where their walks stop, what helped, and which questions found no answer.
import { ApplicationCommandOptionType, PermissionFlagsBits } from 'discord-api-types/v10';
import { Refusal } from '../src/discord/answer.ts';
import type { ChatInputInteraction, Command, Responder } from '../src/discord/command.ts';
import { deferPrivately } from '../src/discord/deferred.ts';
import { requireModerator } from '../src/discord/permissions.ts';
import { contextFor } from '../src/discord/render-context.ts';
import { en } from '../src/i18n/en.ts';
import { findQuestion } from '../src/stats/unanswered.ts';
import { insightsPage } from './insights/page.ts';
import { isWriteId, openWriter, questionIdOf } from './insights/write.ts';
import { IN_SERVERS } from './places.ts';

const DAYS = { least: 1, most: 90, usual: 30 } as const;

export const insights: Command = {
  definition: {
    name: 'insights',
    description: en.command.insights,
    ...IN_SERVERS,
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
    options: [
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'days',
        description: en.command.insightsDays,
        min_value: DAYS.least,
        max_value: DAYS.most,
      },
    ],
  },
  async run(interaction, bot) {
    const context = await contextFor(interaction, bot);
    const guildId = requireModerator(interaction, context.messages, 'ManageMessages');
    return deferPrivately(() => insightsPage(guildId, daysOf(interaction), context, bot));
  },
};

/** "Write a reply": a modal filled in with a question that found no answer. Asks anew whether the person may. */
export const insightButtons: Responder = {
  matches: isWriteId,
  async onComponent(interaction, bot) {
    const { messages } = await contextFor(interaction, bot);
    const guildId = requireModerator(interaction, messages, 'ManageMessages');
    const question = await findQuestion(bot.store, guildId, questionIdOf(interaction.data.custom_id));
    if (question === undefined) throw new Refusal(messages.insights.gone);
    return openWriter(question, messages);
  },
};

/** Discord keeps to the limits; a changed client need not. */
function daysOf({ data }: ChatInputInteraction): number {
  const option = data.options?.find(({ name }) => name === 'days');
  const days = option?.type === ApplicationCommandOptionType.Integer ? option.value : DAYS.usual;
  return Number.isSafeInteger(days) ? Math.min(DAYS.most, Math.max(DAYS.least, days)) : DAYS.usual;
}
