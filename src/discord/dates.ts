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
  if (parts === 1) return date;
  const format = new Intl.DateTimeFormat(VARIANT[language] ?? language, {
    year: 'numeric',
    month: 'short',
    ...(parts === 3 ? { day: 'numeric' as const } : {}),
    timeZone: 'UTC',
  });
  return format.format(new Date(date));
}
