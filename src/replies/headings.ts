// Headings in a file of replies, also those that only look like one: none of them may become text unnoticed.
import { trimToVisible, visibleOnly } from './characters.ts';

/** What a heading opens. */
export interface Heading {
  readonly title: string;
  readonly id: string;
}

/** As Markdown has it. With a third `#` or more it is part of a text. */
const EXACT = /^ {0,3}#{1,2}(?:[ \t]|$)/;
/** In what can be seen of a line: number signs, also the wide ones of Chinese and Japanese keyboards or in a list. */
const SIGNS = /^(?:[-*+]|\d{1,9}[.)])*[#\uFF03\uFE5F]/;
const ID = /[{\uFF5B][#\uFF03\uFE5F]/;
const SECOND_LEVEL = /^##(?![#\uFF03\uFE5F])/;
/** To Markdown these are code. */
const DEEP = /^(?: {4}| {0,3}\t)/;
const LAST_BRACE = /[{\uFF5B][^{\uFF5B]*$/;
const UNDERLINE = /^(?:=+|-+)$/;

/**
 * Reads a line outside of code as a heading.
 * @returns undefined where it is none; `heading` undefined where it looks like one and opens no reply: another level,
 *   no id, an id that is not closed, indented as code is
 */
export function headingIn(line: string): { readonly heading: Heading | undefined } | undefined {
  const seen = visibleOnly(line);
  if (!SIGNS.test(seen) || !(EXACT.test(line) || ID.test(seen))) return undefined;
  const bare = trimToVisible(line);
  // Unseen characters before the signs and a blank of any kind or none behind them: the author meant a heading.
  return { heading: SECOND_LEVEL.test(bare) && !DEEP.test(line) ? readHeading(bare) : undefined };
}

/** Whether a line under another one makes a heading with an id of that, as Markdown has it. */
export function underlines(line: string, above: string): boolean {
  if (DEEP.test(line) || !UNDERLINE.test(trimToVisible(line))) return false;
  const seen = visibleOnly(above);
  return /^[^>]/.test(seen) && /[}\uFF5D]$/.test(seen) && ID.test(seen.slice(seen.search(LAST_BRACE)));
}

/** `## Title {#id}`: the title is whatever stands between, to the letter. */
function readHeading(line: string): Heading | undefined {
  const brace = line.lastIndexOf('{#');
  if (brace < 0 || !line.endsWith('}')) return undefined;
  return { title: line.slice(2, brace).trim(), id: line.slice(brace + 2, -1).trim() };
}
