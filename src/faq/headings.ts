// Headings in a file of replies, also those that only look like one: none of them may become text unnoticed.
import { trimUnseen } from './characters.ts';

/** What a heading opens. */
export interface Heading {
  readonly title: string;
  readonly id: string;
}

/** As Markdown has it. With a third `#` or more it is part of a text. */
const EXACT = /^ {0,3}#{1,2}(?:[ \t]|$)/;
/** Number signs, also the wide ones of Chinese and Japanese keyboards. */
const SIGNS = /^[#\uFF03\uFE5F]+/;
const ID = /[{\uFF5B]\s*[#\uFF03\uFE5F]/;
/** To Markdown these are code. */
const DEEP = /^(?: {4}| {0,3}\t)/;
const LAST_BRACE = /[{\uFF5B][^{\uFF5B]*$/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;

/**
 * Reads a line outside of code as a heading.
 * @returns undefined where it is none; `heading` undefined where it looks like one and opens no reply: another level,
 *   no id, an id that is not closed, indented as code is
 */
export function headingIn(line: string): { readonly heading: Heading | undefined } | undefined {
  const bare = trimUnseen(line);
  const signs = SIGNS.exec(bare)?.[0] ?? '';
  if (signs === '' || !(EXACT.test(line) || ID.test(bare))) return undefined;
  // Unseen characters before the signs and a blank of any kind or none behind them: whoever wrote it meant a heading.
  return { heading: signs === '##' && !DEEP.test(line) ? readHeading(bare) : undefined };
}

/** Whether a line under another one makes a heading with an id of that, as Markdown has it. */
export function underlines(line: string, above: string): boolean {
  if (!UNDERLINE.test(line)) return false;
  const bare = trimUnseen(above);
  return /^[^>]/.test(bare) && /[}\uFF5D]$/.test(bare) && ID.test(bare.slice(bare.search(LAST_BRACE)));
}

/** `## Title {#id}`: the title is whatever stands between, to the letter. */
function readHeading(line: string): Heading | undefined {
  const brace = line.lastIndexOf('{#');
  if (brace < 0 || !line.endsWith('}')) return undefined;
  return { title: line.slice(2, brace).trim(), id: line.slice(brace + 2, -1).trim() };
}
