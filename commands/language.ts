// The option "language" of the member commands, and the language of their public answers.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { ChatInputInteraction, CommandDefinition } from '../src/discord/command.ts';
import { CHOICE_LIMITS } from '../src/discord/limits.ts';
import { serverOf } from '../src/discord/options.ts';
import type { ContextSource, RenderContext } from '../src/discord/render-context.ts';
import { en } from '../src/i18n/en.ts';
import { languageName } from '../src/i18n/language-name.ts';

/** A slash command with the option, after its own ones. @param locales those of the editions */
export function withLanguageOption(definition: CommandDefinition, locales: readonly string[]): CommandDefinition {
  const own = 'options' in definition ? (definition.options ?? []) : [];
  const choices = locales.map((locale) => ({ name: languageName(locale), value: locale }));
  const language = {
    type: ApplicationCommandOptionType.String as const,
    name: 'language',
    description: en.command.language,
    choices: choices.slice(0, CHOICE_LIMITS.count),
  };
  return { ...definition, options: [...own, language] } as CommandDefinition; // only a slash command is given
}

/**
 * The context of a public answer to a command: in the server's language, or in a direct message in that of the person.
 * @param chosen the language that the person chose
 */
export function publicContextOf(
  interaction: ChatInputInteraction,
  contexts: ContextSource,
  chosen: string | undefined,
): Promise<RenderContext> {
  const { guild_id: guildId } = interaction;
  return guildId === undefined
    ? contexts.contextFor(interaction, chosen)
    : contexts.publicContextFor(serverOf(interaction, guildId), chosen);
}
