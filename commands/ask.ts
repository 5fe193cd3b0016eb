// /ask: a question in a member's own words.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { replyPrivately, replyPublicly } from '../src/discord/answer.ts';
import type { Command, CommandDefinition } from '../src/discord/command.ts';
import { flagOption, textOption } from '../src/discord/options.ts';
import type { QuestionAnswering } from '../src/discord/question-answering.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { recordQuestion } from '../src/discord/usage.ts';
import { renderResult, renderResultPublicly } from '../src/discord/views/ask.ts';
import { en } from '../src/i18n/en.ts';
import type { StatsRecorder } from '../src/stats/recorder.ts';
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
      const context = await contexts.contextFor(interaction);
      const question = textOption(interaction, 'question') ?? '';
      const found = await answering.ask(question, context.edition, context.topics);
      // What is declined, and with it the question, is never shared.
      const isPublic = flagOption(interaction, 'share') && 'topics' in found;
      const answer = isPublic
        ? replyPublicly(renderResultPublicly(found, context, question))
        : replyPrivately(renderResult(found, context, question));
      recordQuestion(stats, interaction.guild_id, found, { question, isPublic });
      return answer;
    },
  };
}
