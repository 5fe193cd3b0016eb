// /help: what the bot does, its commands, its sources, what it stores.
import { replyPrivately, updateMessage } from '../src/discord/answer.ts';
import type { Command, CommandDefinition, ComponentHandler } from '../src/discord/command.ts';
import type { ContextSource } from '../src/discord/render-context.ts';
import { LANGUAGE_MENU, renderHelp } from '../src/discord/views/help.ts';
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

/** Shows `/help` in the language that was chosen in its menu. The choice is not kept. */
export function languageMenu({ contexts }: { contexts: ContextSource }): ComponentHandler {
  return {
    matches: (customId) => customId === LANGUAGE_MENU,
    async onComponent(interaction) {
      const [chosen] = 'values' in interaction.data ? interaction.data.values : [];
      return updateMessage(renderHelp(contexts.content, await contexts.contextFor(interaction, chosen)));
    },
  };
}
