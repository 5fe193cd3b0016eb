// Text that people typed, made to be shown in the bot's own sentences as nothing but text.
import { codePoints, cut } from '../limits.ts';

/**
 * What nobody sees, or what turns the direction of the text around it (Unicode, Default_Ignorable_Code_Point). Joiners
 * and variation selectors are looked at by themselves: emoji, and scripts such as Devanagari and Arabic, need them.
 */
const INVISIBLE = /(?!\u200c|\u200d|\ufe0e|\ufe0f|[\t-\r])[\p{DI}\p{Cc}\p{Cs}]/gu;
const BLANKS = /[\s\u2800]+/g;
/** What a joiner may stand between. */
const JOINED = String.raw`(?:[\p{Extended_Pictographic}\p{EMod}\ufe0f]|(?![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\p{L}\p{M}])`;
const STRAY_JOINER = new RegExp(String.raw`(?<!${JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!${JOINED})`, 'gu');
const STRAY_VARIATION = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu;

/** One line of a text, without control characters and whatever else is not seen. For labels, which show no Markdown. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '').replace(STRAY_VARIATION, '').replace(STRAY_JOINER, '').replace(BLANKS, ' ').trim();
}

/**
 * A text as one line that Discord shows just as it was typed: no Markdown, no links, no mentions, no timestamps. A bare
 * address stays readable, and is neither clickable nor unfurled.
 */
export function plainText(text: string): string {
  return visibleText(text)
    .replace(/[\\*_~`|[<]/g, '\\$&')
    .replace(/^(\d+)(?=[.)])/, '$1\\')
    .replace(/^[#>+-]/, '\\$&')
    .replace(/@(?=everyone|here)/g, '\\@')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(discord(?:app)?)(?=\.\w)/gi, '$1\\');
}

/**
 * The same, cut to a number of code points where it is longer. Cut afterwards, a text could end in half of an escape.
 * @param limit of the result, what was added to it included
 */
export function plainTextWithin(text: string, limit: number): string {
  // No code point takes more than two.
  const line = cut(visibleText(text), limit);
  for (let room = limit; ; ) {
    const plain = plainText(cut(line, room));
    const excess = codePoints(plain) - limit;
    if (excess <= 0) return plain;
    room -= Math.ceil(excess / 2);
  }
}

/**
 * A text for inside of single backticks, where Markdown and links do nothing.
 * @param limit in code points
 */
export function plainCode(text: string, limit: number): string {
  return cut(visibleText(text), limit).replaceAll('`', 'ˋ');
}
