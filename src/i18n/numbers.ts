// Numbers in the reader's language.
import QuickLRU from 'quick-lru';

const KINDS = {
  whole: { maximumFractionDigits: 0 },
  short: { notation: 'compact' },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

/** Creating a format takes longer than using it a thousand times. There are few languages. */
const formats = new QuickLRU<string, Intl.NumberFormat>({ maxSize: 50 });

/** Shows a number without decimals, such as `12,345`. @param language of the text around it */
export function showNumber(value: number, language: string): string {
  return numberFormat(language, 'whole').format(value);
}

/** Shows a number in two digits or its whole part, such as `1.2K`. @param language of the text around it */
export function showShortNumber(value: number, language: string): string {
  return numberFormat(language, 'short').format(value);
}

function numberFormat(language: string, kind: keyof typeof KINDS): Intl.NumberFormat {
  const key = `${language} ${kind}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(language, KINDS[kind]);
  formats.set(key, format);
  return format;
}
