// A file of replies cut at its headings: titles, aliases and texts as they stand in the source.
//
// The frame of the file (headings, the quote under them, fences) is read line by line and not by the Markdown parser of
// the guides: nothing inside a text matters here, and that parser needs minutes for 1 MiB made of very short blocks.
import type { Finding, Place } from '../guide/model.ts';
import { FENCE_WORD } from './exchange.ts';
import { faqFinding } from './findings.ts';

/** Offsets count UTF-16 units from 0. */
interface Fence extends Place {
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
  /** Whether it holds a whole text. */
  readonly isReply: boolean;
  /** The text inside. */
  readonly from: number;
  readonly to: number;
}

/** A heading and what stands below it. */
export interface Section extends Place {
  readonly start: number;
  readonly heading: string;
  readonly from: number;
  readonly to: number;
  readonly fences: readonly Fence[];
}

const HEADING = /^ {0,3}#{1,2}(?:[ \t]|$)/;
const FENCE = /^( {0,3})(`{3,}|~{3,})([^`]*)$/;

/** Cuts a file. @param source with `\n` as the end of lines; a lone `\r` is a character of the text */
export function sections(path: string, source: string, findings: Finding[]): Section[] {
  const found: (Section & { to: number; fences: Fence[] })[] = [];
  let isStray = false;
  let opened: { sign: string; word: string; start: number; from: number; line: number; column: number } | undefined;
  const close = (to: number, end: number, isClosed: boolean) => {
    if (opened) {
      const { word, start, from, line, column } = opened;
      const fence = {
        path,
        line,
        column,
        start,
        end,
        isClosed,
        isReply: word === FENCE_WORD,
        from,
        to: Math.max(from, to),
      };
      found.at(-1)?.fences.push(fence);
    }
    opened = undefined;
  };
  for (const { text, start, end, line } of linesOf(source)) {
    const [, indent = '', sign = '', word = ''] = FENCE.exec(text) ?? [];
    const column = indent.length + 1;
    const isReply = word.trim() === FENCE_WORD;
    if (opened && isReply && sign.startsWith(opened.sign)) {
      // An export writes longer fences around such a line: here somebody lost the end of a block, or its beginning.
      close(start - 1, start - 1, false);
      opened = { sign, word: FENCE_WORD, start, from: Math.min(end + 1, source.length), line, column };
    } else if (opened) {
      if (sign.startsWith(opened.sign) && word.trim() === '') close(start - 1, end, true);
    } else if (HEADING.test(text)) {
      const heading = text.trim();
      found.push({ path, line, column: text.indexOf('#') + 1, start, heading, from: end, to: end, fences: [] });
    } else if (sign !== '')
      opened = { sign, word: word.trim(), start, from: Math.min(end + 1, source.length), line, column };
    else if (found.length === 0 && text.trim() !== '' && !isStray) {
      isStray = true;
      const place = { path, line, column: 1 };
      findings.push(faqFinding(place, 'F005', 'This stands before the first reply', 'put "## Title {#id}" above it'));
    }
    const last = found.at(-1);
    if (last) last.to = end;
  }
  close(source.length, source.length, false);
  return found;
}

interface Line {
  readonly text: string;
  readonly start: number;
  /** Where its line end stands. */
  readonly end: number;
  readonly line: number;
}

/** The lines after the front matter. */
function* linesOf(source: string): Generator<Line> {
  let line = 1;
  let start = 0;
  const head = headOf(source);
  if (head > 0) {
    line += source.slice(0, head).split('\n').length - 1;
    start = head;
  }
  while (start < source.length) {
    const at = source.indexOf('\n', start);
    const end = at < 0 ? source.length : at;
    yield { text: source.slice(start, end), start, end, line };
    start = end + 1;
    line += 1;
  }
}

/** How long the front matter is; nothing where it has no end. */
function headOf(source: string): number {
  if (!source.startsWith('---\n')) return 0;
  const last = source.indexOf('\n---\n', '---'.length);
  if (last >= 0) return last + '\n---\n'.length;
  return source.endsWith('\n---') ? source.length : 0;
}

/** `## Title {#id}`: the title is whatever stands between, to the letter. */
export function readHeading(line: string): { title: string; id: string } | undefined {
  const brace = line.lastIndexOf('{#');
  if (!/^##[ \t]/.test(line) || brace < 0 || !line.endsWith('}')) return undefined;
  return { title: line.slice(2, brace).trim(), id: line.slice(brace + 2, -1).trim() };
}

export interface Body {
  readonly aliases: readonly string[];
  readonly text: string;
  /** Where the text begins in the source. */
  readonly start: number;
}

/**
 * What stands below a heading: the quote directly under it, and the text. The text is what a fence with the word `reply`
 * holds, exactly; else all the rest, without blanks around it.
 */
export function readBody(source: string, section: Section, findings: Finding[]): Body {
  const quote = readQuote(source.slice(section.from, section.to));
  const start = section.from + quote.length;
  const rest = source.slice(start, section.to);
  const open = section.fences.find(({ isClosed }) => !isClosed);
  if (open) findings.push(faqFinding(open, 'F014', 'This code block is not closed', 'it takes in all that follows'));
  const fence = section.fences.find(({ isReply }) => isReply);
  if (!fence)
    return { aliases: quote.aliases, text: rest.trim(), start: start + rest.length - rest.trimStart().length };
  if (!open && rest.trim() !== source.slice(fence.start, fence.end).trim())
    findings.push(faqFinding(fence, 'F005', 'Something stands beside this block of text', 'put it inside'));
  return { aliases: quote.aliases, text: source.slice(fence.from, fence.to), start: fence.from };
}

/** @returns the aliases, and how much of the body they take; an alert, as on GitHub, is part of the text */
function readQuote(body: string): { aliases: string[]; length: number } {
  const aliases: string[] = [];
  let start = body.length - body.trimStart().length;
  start = body.lastIndexOf('\n', start - 1) + 1;
  for (let isFirst = true; start < body.length; isFirst = false) {
    const at = body.indexOf('\n', start);
    const end = at < 0 ? body.length : at;
    const content = /^ {0,3}>(.*)$/s.exec(body.slice(start, end))?.[1]?.trim();
    if (content === undefined) break;
    if (isFirst && /^\[!\w+\]$/.test(content)) return { aliases: [], length: 0 };
    if (content !== '') aliases.push(content);
    start = end + 1;
  }
  return { aliases, length: Math.min(start, body.length) };
}
