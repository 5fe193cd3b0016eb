// Splits a file of replies at its headings, and finds aliases and texts in the sections.
//
// Headings, quotes and fences are parsed line by line, not with the guides' Markdown parser: the content of texts doesn't
// matter here, and that parser needs minutes for 1 MiB of very short blocks.
import type { Finding, SourcePosition } from '../guide/model.ts';
import { createTimeSlices } from '../slices.ts';
import { importFinding, MAX_FINDINGS } from './findings.ts';
import { FENCE_INFO } from './format-file.ts';
import { isHeadingUnderline, parseHeading, type ReplyHeading } from './headings.ts';
import { readLines, type SourceLine, splitLine } from './lines.ts';

/** Offsets count UTF-16 units from 0. */
interface Fence extends SourcePosition {
  readonly start: number;
  readonly end: number;
  /** The content, without the fences. */
  readonly from: number;
  readonly to: number;
}

/** A heading and the text below it. */
export interface Section extends SourcePosition {
  readonly start: number;
  /** Undefined if the heading doesn't start a reply. */
  readonly heading: ReplyHeading | undefined;
  readonly from: number;
  readonly to: number;
  /** The first fence with the text of a reply. */
  readonly text?: Fence;
  /** The first unclosed fence. */
  readonly unclosed?: Fence;
}

const FENCE = /^( {0,3})(`{3,}|~{3,})([^`]*)$/;

/** A fence whose end has not been found yet. */
interface OpenFence extends SourcePosition {
  readonly marker: string;
  readonly isReply: boolean;
  readonly start: number;
  readonly from: number;
}

/**
 * Splits a file into sections.
 * @param source with `\n` as line ends; inside of fences a lone `\r` is part of the text
 * @param max stops after this many sections
 * @param findings new findings are added to it
 */
export async function splitSections(
  path: string,
  source: string,
  max: number,
  findings: Finding[],
): Promise<Section[]> {
  const reader = new SectionReader(path, source, findings);
  const slices = createTimeSlices();
  let count = 0;
  for (const line of readLines(source)) {
    for (const part of reader.isInside ? [line] : splitLine(line)) {
      if (++count % 64 === 0 && slices.isOver()) await slices.next();
      reader.read(part, line);
      if (reader.isInside) break;
    }
    reader.endLine(line);
    if (reader.sections.length >= max) break;
  }
  reader.end();
  return reader.sections;
}

class SectionReader {
  readonly sections: (Section & { to: number; text?: Fence; unclosed?: Fence })[] = [];
  readonly #path: string;
  readonly #source: string;
  readonly #findings: Finding[];
  #openFence: OpenFence | undefined;
  /** The previous line of text outside of fences. */
  #above: SourceLine | undefined;
  #hasStrayText = false;

  constructor(path: string, source: string, findings: Finding[]) {
    this.#path = path;
    this.#source = source;
    this.#findings = findings;
  }

  /** Whether a fence is open. */
  get isInside(): boolean {
    return this.#openFence !== undefined;
  }

  /** @param part the line, or outside of fences a part of it */
  read(part: SourceLine, line: SourceLine): void {
    const [, indent = '', marker = '', info = ''] = FENCE.exec(part.text) ?? [];
    if (this.#openFence) this.#readInside(part, this.#openFence);
    else if (marker === '') this.#readOutside(part);
    else {
      const isLast = this.#source.slice(part.end, line.end).trim() === '';
      const position = { ...part, column: part.column + indent.length };
      this.#open(marker, info.trim() === FENCE_INFO, position, (isLast ? line.end : part.end) + 1);
    }
  }

  endLine({ end }: SourceLine): void {
    const last = this.sections.at(-1);
    if (last) last.to = end;
  }

  end(): void {
    if (this.#openFence) this.#close(this.#openFence, this.#source.length, this.#source.length, false);
  }

  #readInside({ text, start, end, line }: SourceLine, opened: OpenFence): void {
    const [, indent = '', marker = '', info = ''] = FENCE.exec(text) ?? [];
    if (!marker.startsWith(opened.marker)) return;
    if (info.trim() === FENCE_INFO) {
      // An export would use a longer fence around such a line: here the start or end of a block is missing.
      this.#close(opened, start - 1, start - 1, false);
      this.#open(marker, true, { text, start, end, line, column: indent.length + 1 }, end + 1);
    } else if (info.trim() === '') this.#close(opened, start - 1, end, true);
  }

  #readOutside(part: SourceLine): void {
    const opened = parseHeading(part.text);
    if (opened) {
      const column = part.column + Math.max(0, part.text.search(/[#\uFF03\uFE5F]/));
      const position = { path: this.#path, line: part.line, column };
      this.sections.push({ ...position, start: part.start, heading: opened.heading, from: part.end, to: part.end });
    } else if (this.#above && isHeadingUnderline(part.text, this.#above.text)) {
      const hint = 'or put the text around it into a block fenced with ````reply';
      const position = { ...this.#above, path: this.#path };
      if (this.#findings.length < MAX_FINDINGS)
        this.#findings.push(importFinding(position, 'F006', 'A reply begins with "## Title {#id}"', hint));
    } else if (part.text.trim() !== '') this.#refuseStray(part.line);
    this.#above = opened || part.text.trim() === '' ? undefined : part;
    if (!opened) this.endLine(part);
  }

  /** Text before the first reply would be lost. */
  #refuseStray(line: number): void {
    if (this.sections.length > 0 || this.#hasStrayText) return;
    this.#hasStrayText = true;
    const hint = 'put "## Title {#id}" above it';
    const position = { path: this.#path, line, column: 1 };
    this.#findings.push(importFinding(position, 'F005', 'This text is before the first reply', hint));
  }

  #open(marker: string, isReply: boolean, { start, line, column }: SourceLine, from: number): void {
    this.#refuseStray(line);
    const at = Math.min(from, this.#source.length);
    this.#openFence = { path: this.#path, line, column, marker, isReply, start, from: at };
    this.#above = undefined;
  }

  #close({ path, line, column, start, from, isReply }: OpenFence, to: number, end: number, isClosed: boolean): void {
    this.#openFence = undefined;
    const section = this.sections.at(-1);
    if (!section) return;
    const fence = { path, line, column, start, end, from, to: Math.max(from, to) };
    if (isReply) section.text ??= fence;
    if (!isClosed) section.unclosed ??= fence;
  }
}

export interface SectionBody {
  readonly aliases: readonly string[];
  readonly text: string;
  /** The offset of the text in the source. */
  readonly start: number;
}

/**
 * Parses the text below a heading: aliases from the quote directly below it, and the reply's text. That is the exact
 * content of the fence with the info string `reply`, or else the rest, trimmed.
 */
export function parseSectionBody(source: string, section: Section, findings: Finding[]): SectionBody {
  const quote = parseQuote(source.slice(section.from, section.to));
  const start = section.from + quote.length;
  const rest = source.slice(start, section.to);
  const { text: fence, unclosed } = section;
  if (unclosed)
    findings.push(importFinding(unclosed, 'F014', 'This code block is not closed', 'it includes everything after it'));
  if (!fence)
    return { aliases: quote.aliases, text: rest.trim(), start: start + rest.length - rest.trimStart().length };
  if (!unclosed && rest.trim() !== source.slice(fence.start, fence.end).trim())
    findings.push(importFinding(fence, 'F005', 'There is other text next to this block', 'move it into the block'));
  return { aliases: quote.aliases, text: source.slice(fence.from, fence.to), start: fence.from };
}

/** Far more lines than a valid reply has. The lines after them count as text. */
const MAX_QUOTED = 1000;

/** @returns the aliases, and the length of the quote. A GitHub alert is part of the text. */
function parseQuote(body: string): { aliases: string[]; length: number } {
  const aliases: string[] = [];
  let start = body.length - body.trimStart().length;
  start = body.lastIndexOf('\n', start - 1) + 1;
  for (let isFirst = true; start < body.length && aliases.length < MAX_QUOTED; isFirst = false) {
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
