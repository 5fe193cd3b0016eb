// The names of languages.

/** The name of a language in that language, such as `Español`. @param locale such as `pt-BR` */
export function languageName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return `${name.slice(0, 1).toLocaleUpperCase(locale)}${name.slice(1)}`;
}
