// /help: what the bot does, its commands, its sources, what it stores.
import { replyPrivately } from '../src/discord/answer.ts';
import type { Command } from '../src/discord/command.ts';
import { renderHelp } from '../src/discord/help.ts';
import { readingFor } from '../src/discord/reading.ts';
import { en } from '../src/words/en.ts';
import { EVERYWHERE } from './places.ts';

export const help: Command = {
  definition: { name: 'help', description: en.command.help, ...EVERYWHERE },
  run: async (interaction, bot) => replyPrivately(renderHelp(bot.content, await readingFor(interaction, bot))),
};
