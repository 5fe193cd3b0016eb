// Discord's locales (Discord docs, Reference, "Locales").

/** The language of a locale: `pt` for `pt-BR`. */
export function languageOf(locale: string): string {
  const end = locale.indexOf('-');
  return end < 0 ? locale : locale.slice(0, end);
}
