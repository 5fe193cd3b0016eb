// Dates in the reader's language.

/** English dates as most of the world reads them: the day before the month. */
const VARIANT: Readonly<Record<string, string>> = { en: 'en-GB' };

const PARTS = {
  month: { year: 'numeric', month: 'short' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  dayOfYear: { month: 'short', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/**
 * Shows a date as precisely as it is known.
 * @param date `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 * @param language the language of the text around it, such as `en` or `pt-BR`
 */
export function showDate(date: string, language: string): string {
  const parts = date.split('-').length;
  return parts === 1 ? date : formatFor(language, parts === 3 ? 'date' : 'month').format(new Date(date));
}

/** Shows a date without its year, such as `3 Nov`. @param date `YYYY-MM-DD` */
export function showDay(date: string, language: string): string {
  return formatFor(language, 'dayOfYear').format(new Date(date));
}

/** Kept: each format holds some 30 kB outside of JavaScript's heap, where garbage is noticed late. */
function formatFor(language: string, parts: keyof typeof PARTS): Intl.DateTimeFormat {
  const key = `${language} ${parts}`;
  const kept = formats.get(key);
  if (kept) return kept;
  const format = new Intl.DateTimeFormat(VARIANT[language] ?? language, { ...PARTS[parts], timeZone: 'UTC' });
  formats.set(key, format);
  return format;
}
/** By the languages of the content: few. */
const formats = new Map<string, Intl.DateTimeFormat>();
