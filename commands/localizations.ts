// The descriptions of commands and options in the languages of the editions. Names of commands stay English.
import { Locale } from 'discord-api-types/v10';
import type { CommandDefinition } from '../src/discord/command.ts';
import { type Content, DEFAULT_LOCALE, type Edition } from '../src/guide/model.ts';
import { en } from '../src/i18n/en.ts';
import { messagesFor } from '../src/i18n/index.ts';
import { languageOf } from '../src/locale.ts';

/** English sentence → its key: that of a description in every language. */
const KEYS: ReadonlyMap<string, keyof typeof en.command> = new Map(
  // `Object.keys` returns strings; these are the keys of `en.command`.
  (Object.keys(en.command) as (keyof typeof en.command)[]).map((key) => [en.command[key], key]),
);

/** Returns a definition with the descriptions of the editions' languages (Discord docs, Application Commands, "Localization"). */
export function withLocalizations(definition: CommandDefinition, { editions }: Content): CommandDefinition {
  const others = [...editions.values()].filter(({ locale }) => locale !== DEFAULT_LOCALE);
  return localized(definition, others);
}

/** A command or an option, which may have options of its own. */
type Described = object & {
  readonly name?: string;
  readonly description?: string | undefined;
  readonly options?: readonly object[] | undefined;
};

function localized<T extends Described>(part: T, editions: readonly Edition[]): T {
  const { description, options, name = '' } = part;
  const translations = editions.flatMap((edition): [string, string][] => {
    const translation = description === undefined ? undefined : descriptionIn(edition, name, description);
    if (translation === undefined || translation === description) return [];
    return discordLocales(edition.locale).map((locale) => [locale, translation]);
  });
  return {
    ...part,
    ...(translations.length > 0 ? { description_localizations: Object.fromEntries(translations) } : {}),
    ...(options ? { options: options.map((option) => localized(option, editions)) } : {}),
  };
}

/** A guide describes its own command. */
function descriptionIn({ locale, guides }: Edition, name: string, english: string): string | undefined {
  const key = KEYS.get(english);
  if (key !== undefined) return messagesFor(locale).command[key];
  return guides.find(({ command }) => command === name)?.description;
}

/** The locales of Discord in a language: `es-ES` and `es-419` for `es`. */
function discordLocales(locale: string): string[] {
  const all: readonly string[] = Object.values(Locale);
  return all.includes(locale) ? [locale] : all.filter((one) => languageOf(one) === languageOf(locale));
}
