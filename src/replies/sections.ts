// A file of replies cut at its headings: titles, aliases and texts as they stand in the source.
//
// The frame of the file (headings, the quote under them, fences) is read line by line and not by the Markdown parser of
// the guides: nothing inside a text matters here, and that parser needs minutes for 1 MiB made of very short blocks.
import type { Finding, SourcePosition } from '../guide/model.ts';
import { createTimeSlices } from '../slices.ts';
import { FENCE_WORD } from './file-format.ts';
import { importFinding, MAX_FINDINGS } from './findings.ts';
import { type Heading, headingIn, underlines } from './headings.ts';
import { type Line, linesOf, partsOf } from './lines.ts';

/** Offsets count UTF-16 units from 0. */
interface Fence extends SourcePosition {
  readonly start: number;
  readonly end: number;
  /** The text inside. */
  readonly from: number;
  readonly to: number;
}

/** A heading and what stands below it. */
export interface Section extends SourcePosition {
  readonly start: number;
  /** Undefined where it opens no reply. */
  readonly heading: Heading | undefined;
  readonly from: number;
  readonly to: number;
  /** The first fence that holds a whole text. */
  readonly text?: Fence;
  /** The first one that is not closed. */
  readonly unclosed?: Fence;
}

const FENCE = /^( {0,3})(`{3,}|~{3,})([^`]*)$/;

/** A fence that waits for its end. */
interface Opened extends SourcePosition {
  readonly sign: string;
  readonly isReply: boolean;
  readonly start: number;
  readonly from: number;
}

/**
 * Cuts a file.
 * @param source with `\n` as the end of lines; inside of fences a lone `\r` is a character of the text
 * @param most sections are cut at most
 * @param findings what is wrong is added to them
 */
export async function sections(path: string, source: string, most: number, findings: Finding[]): Promise<Section[]> {
  const reader = new Reader(path, source, findings);
  const slices = createTimeSlices();
  let count = 0;
  for (const line of linesOf(source)) {
    for (const part of reader.isInside ? [line] : partsOf(line)) {
      if (++count % 64 === 0 && slices.isOver()) await slices.next();
      reader.read(part, line);
      if (reader.isInside) break;
    }
    reader.endLine(line);
    if (reader.found.length >= most) break;
  }
  reader.end();
  return reader.found;
}

class Reader {
  readonly found: (Section & { to: number; text?: Fence; unclosed?: Fence })[] = [];
  readonly #path: string;
  readonly #source: string;
  readonly #findings: Finding[];
  #opened: Opened | undefined;
  /** The line of text before, outside of fences. */
  #above: Line | undefined;
  #isStray = false;

  constructor(path: string, source: string, findings: Finding[]) {
    this.#path = path;
    this.#source = source;
    this.#findings = findings;
  }

  /** Whether a fence is open. */
  get isInside(): boolean {
    return this.#opened !== undefined;
  }

  /** Reads a line, or outside of fences a part of one. */
  read(part: Line, line: Line): void {
    const [, indent = '', sign = '', word = ''] = FENCE.exec(part.text) ?? [];
    if (this.#opened) this.#readInside(part, this.#opened);
    else if (sign === '') this.#readOutside(part);
    else {
      const isLast = this.#source.slice(part.end, line.end).trim() === '';
      const place = { ...part, column: part.column + indent.length };
      this.#open(sign, word.trim() === FENCE_WORD, place, (isLast ? line.end : part.end) + 1);
    }
  }

  endLine({ end }: Line): void {
    const last = this.found.at(-1);
    if (last) last.to = end;
  }

  end(): void {
    if (this.#opened) this.#close(this.#opened, this.#source.length, this.#source.length, false);
  }

  #readInside({ text, start, end, line }: Line, opened: Opened): void {
    const [, indent = '', sign = '', word = ''] = FENCE.exec(text) ?? [];
    if (!sign.startsWith(opened.sign)) return;
    if (word.trim() === FENCE_WORD) {
      // An export writes longer fences around such a line: here somebody lost the end of a block, or its beginning.
      this.#close(opened, start - 1, start - 1, false);
      this.#open(sign, true, { text, start, end, line, column: indent.length + 1 }, end + 1);
    } else if (word.trim() === '') this.#close(opened, start - 1, end, true);
  }

  #readOutside(part: Line): void {
    const opened = headingIn(part.text);
    if (opened) {
      const column = part.column + Math.max(0, part.text.search(/[#\uFF03\uFE5F]/));
      const place = { path: this.#path, line: part.line, column };
      this.found.push({ ...place, start: part.start, heading: opened.heading, from: part.end, to: part.end });
    } else if (this.#above && underlines(part.text, this.#above.text)) {
      const hint = 'or put the text in which it stands into a block fenced with ````reply';
      const place = { ...this.#above, path: this.#path };
      if (this.#findings.length < MAX_FINDINGS)
        this.#findings.push(importFinding(place, 'F006', 'A reply begins with "## Title {#id}"', hint));
    } else if (part.text.trim() !== '') this.#refuseStray(part.line);
    this.#above = opened || part.text.trim() === '' ? undefined : part;
    if (!opened) this.endLine(part);
  }

  /** Whatever stands before the first reply, a block of text too, would be lost. */
  #refuseStray(line: number): void {
    if (this.found.length > 0 || this.#isStray) return;
    this.#isStray = true;
    const hint = 'put "## Title {#id}" above it';
    const place = { path: this.#path, line, column: 1 };
    this.#findings.push(importFinding(place, 'F005', 'This stands before the first reply', hint));
  }

  #open(sign: string, isReply: boolean, { start, line, column }: Line, from: number): void {
    this.#refuseStray(line);
    const at = Math.min(from, this.#source.length);
    this.#opened = { path: this.#path, line, column, sign, isReply, start, from: at };
    this.#above = undefined;
  }

  #close({ path, line, column, start, from, isReply }: Opened, to: number, end: number, isClosed: boolean): void {
    this.#opened = undefined;
    const section = this.found.at(-1);
    if (!section) return;
    const fence = { path, line, column, start, end, from, to: Math.max(from, to) };
    if (isReply) section.text ??= fence;
    if (!isClosed) section.unclosed ??= fence;
  }
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
  const { text: fence, unclosed } = section;
  if (unclosed)
    findings.push(importFinding(unclosed, 'F014', 'This code block is not closed', 'it takes in all that follows'));
  if (!fence)
    return { aliases: quote.aliases, text: rest.trim(), start: start + rest.length - rest.trimStart().length };
  if (!unclosed && rest.trim() !== source.slice(fence.start, fence.end).trim())
    findings.push(importFinding(fence, 'F005', 'Something stands beside this block of text', 'put it inside'));
  return { aliases: quote.aliases, text: source.slice(fence.from, fence.to), start: fence.from };
}

/** Far more than a reply has; what follows then counts as text. */
const MOST_QUOTED = 1000;

/** @returns the aliases, and how much of the body they take; an alert, as on GitHub, is part of the text */
function readQuote(body: string): { aliases: string[]; length: number } {
  const aliases: string[] = [];
  let start = body.length - body.trimStart().length;
  start = body.lastIndexOf('\n', start - 1) + 1;
  for (let isFirst = true; start < body.length && aliases.length < MOST_QUOTED; isFirst = false) {
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
