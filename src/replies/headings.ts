// Headings in a file of replies, and lines that look like one: none of them may become text without a finding.
import { trimAllInvisible, visibleOnly } from './characters.ts';

/** The content of a heading that starts a reply. */
export interface ReplyHeading {
  readonly title: string;
  readonly id: string;
}

/** A heading in Markdown. With three or more `#` it is part of a text. */
const EXACT = /^ {0,3}#{1,2}(?:[ \t]|$)/;
/**
 * In the visible part of a line: number signs, including fullwidth ones of Chinese and Japanese keyboards, or in a
 * list.
 */
const NUMBER_SIGNS = /^(?:[-*+]|\d{1,9}[.)])*[#\uFF03\uFE5F]/;
const ID = /[{\uFF5B][#\uFF03\uFE5F]/;
const SECOND_LEVEL = /^##(?![#\uFF03\uFE5F])/;
/** Markdown treats these as code. */
const INDENTED_CODE = /^(?: {4}| {0,3}\t)/;
const LAST_BRACE = /[{\uFF5B][^{\uFF5B]*$/;
const UNDERLINE = /^(?:=+|-+)$/;

/**
 * Parses a line outside of code as a heading.
 * @returns undefined if it is not a heading; `heading` is undefined if it looks like one but doesn't start a reply:
 *   another level, no id, an unclosed id, or indented like code
 */
export function parseHeading(line: string): { readonly heading: ReplyHeading | undefined } | undefined {
  const visible = visibleOnly(line);
  if (!NUMBER_SIGNS.test(visible) || !(EXACT.test(line) || ID.test(visible))) return undefined;
  const trimmed = trimAllInvisible(line);
  // With invisible characters before the signs, or another or no space after them, the author meant a heading.
  return { heading: SECOND_LEVEL.test(trimmed) && !INDENTED_CODE.test(line) ? parseTitleAndId(trimmed) : undefined };
}

/** Whether a line makes the line above it a (setext) heading with an id. */
export function isHeadingUnderline(line: string, above: string): boolean {
  if (INDENTED_CODE.test(line) || !UNDERLINE.test(trimAllInvisible(line))) return false;
  const visible = visibleOnly(above);
  return /^[^>]/.test(visible) && /[}\uFF5D]$/.test(visible) && ID.test(visible.slice(visible.search(LAST_BRACE)));
}

/** Parses `## Title {#id}`. The title is kept exactly. */
function parseTitleAndId(line: string): ReplyHeading | undefined {
  const brace = line.lastIndexOf('{#');
  if (brace < 0 || !line.endsWith('}')) return undefined;
  return { title: line.slice(2, brace).trim(), id: line.slice(brace + 2, -1).trim() };
}
