// Dates in the reader's language.
import QuickLRU from 'quick-lru';

/** English dates in the order that most of the world reads: the day before the month. */
const DATE_LOCALES: Readonly<Record<string, string>> = { en: 'en-GB' };

const PARTS = {
  month: { year: 'numeric', month: 'short' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  dayOfYear: { month: 'short', day: 'numeric' },
  figures: { month: 'numeric', day: 'numeric', numberingSystem: 'latn' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/**
 * A format takes about 30 kB outside of the JavaScript heap, where garbage is collected late. There are few languages.
 */
const formats = new QuickLRU<string, Intl.DateTimeFormat>({ maxSize: 100 });

/**
 * Shows a date as precisely as it is known.
 * @param date `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 * @param language of the text around it, such as `en` or `pt-BR`
 */
export function showDate(date: string, language: string): string {
  const parts = date.split('-').length;
  return parts === 1 ? date : dateFormat(language, parts === 3 ? 'date' : 'month').format(new Date(date));
}

/** Shows a date without its year, such as `3 Nov`. @param date `YYYY-MM-DD` */
export function showDay(date: string, language: string): string {
  return dateFormat(language, 'dayOfYear').format(new Date(date));
}

/** Shows a date without its year in the figures 0 to 9, such as `03/11`. @param date `YYYY-MM-DD` */
export function showDayInFigures(date: string, language: string): string {
  // Without the invisible direction marks of languages that are written from right to left.
  return dateFormat(language, 'figures')
    .format(new Date(date))
    .replace(/\p{Format}/gu, '');
}

/**
 * Shows a range of days, such as `28 Oct – 3 Nov`, or a single day as `3 Nov`. Years are shown if they differ.
 * @param first `YYYY-MM-DD`
 * @param last `YYYY-MM-DD`
 */
export function showDays(first: string, last: string, language: string): string {
  return dateFormat(language, 'dayOfYear').formatRange(new Date(first), new Date(last));
}

function dateFormat(language: string, parts: keyof typeof PARTS): Intl.DateTimeFormat {
  const key = `${language} ${parts}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(DATE_LOCALES[language] ?? language, { ...PARTS[parts], timeZone: 'UTC' });
  formats.set(key, format);
  return format;
}
