// /ask: a question in a member's own words.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { replyPrivately, replyPublicly } from '../src/discord/answer.ts';
import { answerLocale, localizeResult } from '../src/discord/answer-language.ts';
import type { Command, CommandDefinition } from '../src/discord/command.ts';
import { flagOption, textOption } from '../src/discord/options.ts';
import type { QuestionAnswering } from '../src/discord/question-answering.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { recordQuestion } from '../src/discord/usage.ts';
import { renderResult, renderResultPublicly } from '../src/discord/views/ask.ts';
import { en } from '../src/i18n/en.ts';
import type { StatsRecorder } from '../src/stats/recorder.ts';
import { publicContextOf } from './language.ts';
import { EVERYWHERE } from './places.ts';

export const askDefinition: CommandDefinition = {
  name: 'ask',
  description: en.command.ask,
  ...EVERYWHERE,
  options: [
    { type: ApplicationCommandOptionType.String, name: 'question', description: en.command.question, required: true },
    { type: ApplicationCommandOptionType.Boolean, name: 'share', description: en.command.share },
  ],
};

interface AskServices {
  readonly contexts: ContextSource;
  readonly answering: QuestionAnswering;
  readonly stats: StatsRecorder;
}

/** Creates `/ask`. With `share`, everyone in the channel sees the answer, if there is one. */
export function askCommand({ contexts, answering, stats }: AskServices): Command {
  return {
    definition: askDefinition,
    async run(interaction) {
      const chosen = textOption(interaction, 'language');
      const { original, topics, edition } = await contexts.contextFor(interaction, chosen);
      const question = textOption(interaction, 'question') ?? '';
      const result = await answering.ask(question, original, topics, { expected: edition.locale });
      // What is declined, and with it the question, is never shared.
      const isPublic = flagOption(interaction, 'share') && 'topics' in result;
      const spoken = answerLocale(result, contexts.content);
      const context =
        isPublic && interaction.guild_id !== undefined
          ? await publicContextOf(interaction, contexts, chosen)
          : await contexts.contextFor(interaction, chosen, spoken);
      const { found, otherEdition } = localizeResult(result, context, contexts.content);
      // A private answer is in another language than the question only where the person chose that, or in romanised text.
      const hasLanguageButton = isPublic || (chosen === undefined && otherEdition?.locale !== result.language);
      const options = { question, ...(hasLanguageButton ? { otherEdition } : {}) };
      const answer = isPublic
        ? replyPublicly(renderResultPublicly(found, context, options))
        : replyPrivately(renderResult(found, context, options));
      recordQuestion(stats, interaction.guild_id, found, { question, isPublic });
      return answer;
    },
  };
}
