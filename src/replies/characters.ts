// Characters that cannot be seen, and what becomes of them in titles and aliases.

/**
 * Whatever draws nothing: blanks, controls, and what fonts leave out (Unicode, Default_Ignorable_Code_Point, which has
 * the Hangul fillers). U+2800, U+1D159 and U+16FE4 count as letters or signs and are empty all the same.
 */
const UNSEEN = '\\p{Z}\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u{2800}\\u{1D159}\\u{16FE4}';
const SEEN = new RegExp(`[^${UNSEEN}]`, 'u');
const UNSEEN_RUNS = new RegExp(`[${UNSEEN}]+`, 'gu');

/**
 * What may go at the ends of a title. Not everything unseen: a variation selector or a tag at the end makes an emoji
 * what it is.
 */
const EDGE =
  /[\s\p{Z}\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/u;

/** Bidirectional controls (Unicode, UAX #9): marks, embeddings, overrides and isolates. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** What ends a line, in Markdown or on a screen. */
export const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** Whether there is nothing to see in a text. */
export function isBlank(text: string): boolean {
  return !SEEN.test(text);
}

/** A text without anything that cannot be seen, blanks included. */
export function visibleOnly(text: string): string {
  return text.replace(UNSEEN_RUNS, '');
}

/** A text from its first character that can be seen to its last one. For lines of a file; what is saved keeps emoji whole. */
export function trimToVisible(text: string): string {
  const start = text.search(SEEN);
  if (start < 0) return '';
  let end = text.length;
  for (let last = lastPoint(text, end); !SEEN.test(last); last = lastPoint(text, end)) end -= last.length;
  return text.slice(start, end);
}

function lastPoint(text: string, end: number): string {
  const pair = text.slice(Math.max(0, end - 2), end);
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair) ? pair : pair.slice(-1);
}

/** A text without unseen characters at either end. Takes time that grows with the text alone. */
export function trimInvisible(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.test(text.charAt(start))) start += 1;
  while (end > start && EDGE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * A text without bidirectional controls. Arabic, Hebrew and other letters written from right to left need none: they
 * carry their direction themselves.
 */
export function withoutDirectionMarks(text: string): string {
  return text.replace(DIRECTIONS, '');
}

const OPENS = /[\u202A-\u202E\u2066-\u2069]/;
const PARTS = /[\u202A-\u202E\u2066-\u2069\n]|[^\u202A-\u202E\u2066-\u2069\n]+/g;

/**
 * A text without those embeddings, overrides and isolates that are not closed in their own line, which would turn round
 * whatever is shown behind them, and without ends of none. Everything else stays as it is.
 */
export function closeDirectionMarks(text: string): string {
  if (!OPENS.test(text)) return text;
  const parts: string[] = text.match(PARTS) ?? [];
  let open: number[] = [];
  const dropOpen = () => {
    for (const at of open) parts[at] = '';
    open = [];
  };
  for (const [at, part] of parts.entries()) {
    if (part === '\n') dropOpen();
    else if (/^[\u202A\u202B\u202D\u202E\u2066-\u2068]$/.test(part)) open.push(at);
    else if (/^[\u202C\u2069]$/.test(part)) {
      const opened = open.at(-1);
      const isIsolate = opened !== undefined && /[\u2066-\u2068]/.test(parts[opened] ?? '');
      if (opened === undefined || isIsolate !== (part === '\u2069')) parts[at] = '';
      else open.pop();
    }
  }
  dropOpen();
  return parts.join('');
}
