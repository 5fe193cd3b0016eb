// Numbers in the reader's language.

/** Shows a number without decimals, such as `12,345`. @param language the language of the text around it */
export function showNumber(n: number, language: string): string {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    formats.set(language, format);
  }
  return format.format(n);
}
/** By the languages of the content: few. Making one takes longer than using it a thousand times. */
const formats = new Map<string, Intl.NumberFormat>();
