// The lines by which a command can be used.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { CommandDefinition } from '../../src/discord/command.ts';

/** A slash command's name, or the name with each of its subcommands, such as `faq-pin add`. */
export function linesOf(definition: CommandDefinition): string[] {
  const options = ('options' in definition ? definition.options : undefined) ?? [];
  const subcommands = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  return subcommands.length === 0 ? [definition.name] : subcommands.map(({ name }) => `${definition.name} ${name}`);
}
