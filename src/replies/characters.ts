// Invisible characters, and how they are removed from titles and aliases.

/**
 * All characters without a visible glyph: spaces, controls, and Unicode's Default_Ignorable_Code_Point, which includes
 * the Hangul fillers. U+2800, U+1D159 and U+16FE4 are letters or symbols by category, but have an empty glyph.
 */
const INVISIBLE = '\\p{Z}\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u{2800}\\u{1D159}\\u{16FE4}';
const VISIBLE = new RegExp(`[^${INVISIBLE}]`, 'u');
const INVISIBLE_RUNS = new RegExp(`[${INVISIBLE}]+`, 'gu');

/** Invisible characters that can be trimmed. Without variation selectors and tags, which are part of emoji. */
const EDGE =
  /[\s\p{Z}\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/u;

/** Bidirectional controls (Unicode, UAX #9): marks, embeddings, overrides and isolates. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A line break, in Markdown or on a screen. */
export const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** Whether a text has no visible character. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}

/** Removes all invisible characters, including spaces. */
export function visibleOnly(text: string): string {
  return text.replace(INVISIBLE_RUNS, '');
}

/** Trims all invisible characters, even if that breaks an emoji. For parsing; use `trimInvisible` for saved text. */
export function trimAllInvisible(text: string): string {
  const start = text.search(VISIBLE);
  if (start < 0) return '';
  let end = text.length;
  for (let last = lastCodePoint(text, end); !VISIBLE.test(last); last = lastCodePoint(text, end)) end -= last.length;
  return text.slice(start, end);
}

function lastCodePoint(text: string, end: number): string {
  const pair = text.slice(Math.max(0, end - 2), end);
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair) ? pair : pair.slice(-1);
}

/** Trims invisible characters, and keeps emoji intact. Runs in linear time. */
export function trimInvisible(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.test(text.charAt(start))) start += 1;
  while (end > start && EDGE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Removes bidirectional controls. Right-to-left letters, such as Arabic and Hebrew, don't need them. */
export function removeDirectionMarks(text: string): string {
  return text.replace(DIRECTION_MARKS, '');
}

const OPENS = /[\u202A-\u202E\u2066-\u2069]/;
const PARTS = /[\u202A-\u202E\u2066-\u2069\n]|[^\u202A-\u202E\u2066-\u2069\n]+/g;

/**
 * Removes embeddings, overrides and isolates that are not closed in the same line, because they would change the direction
 * of the text after them, and closing marks without an opening one. Everything else is unchanged.
 */
export function removeUnclosedDirectionMarks(text: string): string {
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
