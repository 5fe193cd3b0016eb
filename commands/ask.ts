// /ask: a question in a member's own words.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { replyPrivately, replyPublicly } from '../src/discord/answer.ts';
import type { Command } from '../src/discord/command.ts';
import { flagOption, textOption } from '../src/discord/options.ts';
import { readingFor } from '../src/discord/render-context.ts';
import { countQuestion } from '../src/discord/usage.ts';
import { renderFound, renderFoundPublicly } from '../src/discord/views/ask.ts';
import { en } from '../src/i18n/en.ts';
import { EVERYWHERE } from './places.ts';

export const ask: Command = {
  definition: {
    name: 'ask',
    description: en.command.ask,
    ...EVERYWHERE,
    options: [
      { type: ApplicationCommandOptionType.String, name: 'question', description: en.command.question, required: true },
      { type: ApplicationCommandOptionType.Boolean, name: 'share', description: en.command.share },
    ],
  },
  async run(interaction, bot) {
    const reading = await readingFor(interaction, bot);
    const question = textOption(interaction, 'question') ?? '';
    const found = await bot.asking.ask(question, reading.edition, reading.topics);
    const isPublic = flagOption(interaction, 'share');
    const answer = isPublic
      ? replyPublicly(renderFoundPublicly(found, reading, question))
      : replyPrivately(renderFound(found, reading));
    countQuestion(bot.counters, interaction.guild_id, found, { question, isPublic });
    return answer;
  },
};
