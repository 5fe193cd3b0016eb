// /help: what the bot does, its commands, its sources, what it stores.
import { replyPrivately } from '../src/discord/answer.ts';
import type { Command, CommandDefinition } from '../src/discord/command.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { renderHelp } from '../src/discord/views/help.ts';
import { en } from '../src/i18n/en.ts';
import { EVERYWHERE } from './places.ts';

export const helpDefinition: CommandDefinition = { name: 'help', description: en.command.help, ...EVERYWHERE };

/** Creates `/help`. */
export function helpCommand({ contexts }: { contexts: ContextSource }): Command {
  return {
    definition: helpDefinition,
    run: async (interaction) => replyPrivately(renderHelp(contexts.content, await contexts.contextFor(interaction))),
  };
}
