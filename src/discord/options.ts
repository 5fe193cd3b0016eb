// Reads an interaction: the options of a command, the person, the channel, the locale.
import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  ApplicationCommandOptionType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import { isInOwnLanguage, localeOfWalk } from './custom-id.ts';
import { isId } from './ids.ts';

type Options = readonly APIApplicationCommandInteractionDataOption[];
interface WithOptions {
  readonly data: { readonly options?: Options };
}

/** The name of the subcommand that was chosen; undefined for a command without any. */
export function subcommandOf({ data }: WithOptions): string | undefined {
  const first = data.options?.[0];
  return first?.type === ApplicationCommandOptionType.Subcommand ? first.name : undefined;
}

/** The options of the command, or of the subcommand that was chosen. */
function basicOptions({ data }: WithOptions): readonly APIApplicationCommandInteractionDataBasicOption[] {
  const options = data.options ?? [];
  const first = options[0];
  const own = first?.type === ApplicationCommandOptionType.Subcommand ? (first.options ?? []) : options;
  return own.filter(
    (option): option is APIApplicationCommandInteractionDataBasicOption =>
      option.type !== ApplicationCommandOptionType.Subcommand &&
      option.type !== ApplicationCommandOptionType.SubcommandGroup,
  );
}

/** An option's text; undefined if it was not given. */
export function textOption(interaction: WithOptions, name: string): string | undefined {
  const value = basicOptions(interaction).find((option) => option.name === name)?.value;
  // PostgreSQL accepts no NUL, not even in a search.
  return typeof value === 'string' ? value.replaceAll('\0', '') : undefined;
}

/** The id of the user, channel or attachment that was chosen. @throws {TypeError} if it is not an id */
export function idOption(interaction: WithOptions, name: string): string | undefined {
  const id = textOption(interaction, name);
  if (id !== undefined && !isId(id)) throw new TypeError(`the option ${name} is not an id`);
  return id;
}

/** Whether a boolean option was set to true. */
export function flagOption(interaction: WithOptions, name: string): boolean {
  return basicOptions(interaction).find((option) => option.name === name)?.value === true;
}

/** The option that is being typed. */
export function focusedOption(interaction: WithOptions): { name: string; text: string } | undefined {
  const option = basicOptions(interaction).find((one) => 'focused' in one && one.focused);
  return option && { name: option.name, text: String(option.value ?? '') };
}

/** Whether the message of an interaction is seen by one person only: it is ephemeral, or in the bot's DMs. */
export function isPrivateMessage(interaction: APIInteraction): boolean {
  const flags = interaction.message?.flags;
  return !interaction.guild_id || (typeof flags === 'number' && (flags & MessageFlags.Ephemeral) !== 0);
}

/** The channel in which a person acts. */
export function channelIdOf({ channel_id: id, channel }: APIInteraction): string {
  return id ?? channel?.id ?? '';
}

/** The name of the channel in which a person acts: of a post in a forum, its title. */
export function channelNameOf({ channel }: APIInteraction): string | undefined {
  return channel && 'name' in channel ? (channel.name ?? undefined) : undefined;
}

/** The server in which a person acts, with its locale. @param guildId its id */
export function serverOf(interaction: APIInteraction, guildId: string): { guild_id: string; guild_locale?: string } {
  const { guild_locale: locale } = interaction;
  return { guild_id: guildId, ...(locale === undefined ? {} : { guild_locale: locale }) };
}

/**
 * The language of the walk that a pressed button belongs to; undefined for other interactions. A walk that begins with a
 * click on a public message is in the language of who clicks.
 */
export function walkLocaleOf(interaction: APIInteraction): string | undefined {
  const customId = interaction.type === InteractionType.MessageComponent ? interaction.data.custom_id : undefined;
  if (typeof customId !== 'string') return undefined;
  return isPrivateMessage(interaction) || isInOwnLanguage(customId) ? localeOfWalk(customId) : undefined;
}

/** The person who acts, in a server or in DMs. */
export function userIdOf(interaction: APIInteraction): string | undefined {
  return (interaction.member?.user ?? interaction.user)?.id;
}

/** The locale of a person's Discord client; an empty string if there is none. */
export function localeOf(interaction: APIInteraction): string {
  return 'locale' in interaction && typeof interaction.locale === 'string' ? interaction.locale : '';
}
