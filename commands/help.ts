// /help: what the bot does, its commands, its sources, what it stores.
import { replyPrivately } from '../src/discord/answer.ts';
import type { Command } from '../src/discord/command.ts';
import { contextFor } from '../src/discord/render-context.ts';
import { renderHelp } from '../src/discord/views/help.ts';
import { en } from '../src/i18n/en.ts';
import { EVERYWHERE } from './places.ts';

export const help: Command = {
  definition: { name: 'help', description: en.command.help, ...EVERYWHERE },
  run: async (interaction, bot) => replyPrivately(renderHelp(bot.content, await contextFor(interaction, bot))),
};
