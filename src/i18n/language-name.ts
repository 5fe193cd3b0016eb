// The names of languages.
import QuickLRU from 'quick-lru';

/** Creating names takes longer than using them a thousand times. There are few languages. */
const names = new QuickLRU<string, string>({ maxSize: 50 });

/** The name of a language in that language, such as `Español`. @param locale such as `pt-BR` */
export function languageName(locale: string): string {
  const known = names.get(locale);
  if (known !== undefined) return known;
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  const shown = `${name.slice(0, 1).toLocaleUpperCase(locale)}${name.slice(1)}`;
  names.set(locale, shown);
  return shown;
}
