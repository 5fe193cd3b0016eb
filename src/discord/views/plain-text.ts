// Makes text that people typed safe to show in the bot's own sentences: plain text without Markdown or mentions.
import { codePoints, cut } from '../limits.ts';

/**
 * Characters that are invisible or change the text direction (Unicode, Default_Ignorable_Code_Point). Joiners and
 * variation selectors have their own rules below, because emoji and scripts such as Devanagari and Arabic need them.
 */
const INVISIBLE = /(?!\u200c|\u200d|\ufe0e|\ufe0f|[\t-\r])[\p{DI}\p{Cc}\p{Cs}]/gu;
/** What begins a line in small letters, Discord's subtext (Discord help, "Markdown Text 101"). */
const SUBTEXT = '-# ';
const BLANKS = /[\s\u2800]+/g;
/** What may be on either side of a joiner. */
const JOINED = String.raw`(?:[\p{Extended_Pictographic}\p{EMod}\ufe0f]|(?![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\p{L}\p{M}])`;
const STRAY_JOINER = new RegExp(String.raw`(?<!${JOINED})[\u200c\u200d]+|[\u200c\u200d]+(?!${JOINED})`, 'gu');
const STRAY_VARIATION = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu;

/** A text as one line without invisible characters. For labels, which don't render Markdown. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '').replace(STRAY_VARIATION, '').replace(STRAY_JOINER, '').replace(BLANKS, ' ').trim();
}

/**
 * A text as one line that Discord shows exactly as typed: no Markdown, links, mentions or timestamps. A bare address
 * stays readable but isn't clickable and gets no preview.
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
 * Like `plainText`, but cut to a number of code points. Cutting the escaped text could leave half an escape at its end.
 * @param limit of the result, with its escapes
 */
export function plainTextWithin(text: string, limit: number): string {
  // An escaped code point takes two at most.
  const line = cut(visibleText(text), limit);
  for (let room = limit; ; ) {
    const plain = plainText(cut(line, room));
    const excess = codePoints(plain) - limit;
    if (excess <= 0) return plain;
    room -= Math.ceil(excess / 2);
  }
}

/**
 * A text for use between single backticks, where Markdown and links have no effect.
 * @param limit in code points
 */
export function plainCode(text: string, limit: number): string {
  return cut(visibleText(text), limit).replaceAll('`', 'ˋ');
}

/** A line in small letters. */
export function subtext(line: string): string {
  return `${SUBTEXT}${line}`;
}

/** Whether a line is subtext. */
export function isSubtext(line: string): boolean {
  return line.startsWith(SUBTEXT);
}
