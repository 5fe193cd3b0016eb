// Numbers in the reader's language.
import QuickLRU from 'quick-lru';

/** Creating a format takes longer than using it a thousand times. There are few languages. */
const formats = new QuickLRU<string, Intl.NumberFormat>({ maxSize: 50 });

/** Shows a number without decimals, such as `12,345`. @param language of the text around it */
export function showNumber(value: number, language: string): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    formats.set(language, format);
  }
  return format.format(value);
}
