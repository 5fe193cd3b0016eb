// Dates of sources in the reader's language.

/** English dates as most of the world reads them: the day before the month. */
const VARIANT: Readonly<Record<string, string>> = { en: 'en-GB' };

/**
 * Shows a date as precisely as it is known.
 * @param date `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 * @param language the language of the text around it, such as `en` or `pt-BR`
 */
export function showDate(date: string, language: string): string {
  const parts = date.split('-').length;
  return parts === 1 ? date : formatFor(language, parts === 3).format(new Date(date));
}

/** Kept: each format holds some 30 kB outside of JavaScript's heap, where garbage is noticed late. */
function formatFor(language: string, hasDay: boolean): Intl.DateTimeFormat {
  const key = `${language} ${hasDay}`;
  const kept = formats.get(key);
  if (kept) return kept;
  const format = new Intl.DateTimeFormat(VARIANT[language] ?? language, {
    year: 'numeric',
    month: 'short',
    ...(hasDay ? { day: 'numeric' as const } : {}),
    timeZone: 'UTC',
  });
  formats.set(key, format);
  return format;
}
/** By the languages of the content: few. */
const formats = new Map<string, Intl.DateTimeFormat>();
