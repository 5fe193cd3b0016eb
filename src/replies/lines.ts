// Splits a file of replies into lines, after its front matter.
import { parseHeading } from './headings.ts';

/** Offsets count UTF-16 units from 0, lines and columns from 1. */
export interface SourceLine {
  readonly text: string;
  readonly start: number;
  /** The offset of its line break. */
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Front matter has one line. If it were longer than this, it is not front matter. */
const MAX_FRONT_MATTER = 64 * 1024;
/** Line breaks other than `\n` that editors show as such. */
const OTHER_LINE_END = /[\r\v\f\u0085\u2028\u2029]/;

/** The lines after the front matter, split at `\n` only. */
export function* readLines(source: string): Generator<SourceLine> {
  const head = frontMatterLength(source);
  let line = 1 + (head > 0 ? source.slice(0, head).split('\n').length - 1 : 0);
  for (let start = head; start < source.length; line += 1) {
    const at = source.indexOf('\n', start);
    const end = at < 0 ? source.length : at;
    yield { text: source.slice(start, end), start, end, line, column: 1 };
    start = end + 1;
  }
}

/** Splits a line at other line breaks too. Used outside of texts, where these are kept. */
export function* splitLine(line: SourceLine): Generator<SourceLine> {
  if (!OTHER_LINE_END.test(line.text)) return yield line;
  const ends = new RegExp(OTHER_LINE_END, 'g');
  for (let at = 0; at <= line.text.length; ) {
    ends.lastIndex = at;
    const end = ends.exec(line.text)?.index ?? line.text.length;
    const start = line.start + at;
    yield { text: line.text.slice(at, end), start, end: line.start + end, line: line.line, column: at + 1 };
    at = end + 1;
  }
}

/** 0 if the front matter has no end, or if it would contain a reply. */
function frontMatterLength(source: string): number {
  if (!source.startsWith('---\n')) return 0;
  const last = source.indexOf('\n---\n', '---'.length);
  const length = last >= 0 ? last + '\n---\n'.length : source.endsWith('\n---') ? source.length : 0;
  if (length > MAX_FRONT_MATTER) return 0;
  const isHeading = (line: string) => parseHeading(line)?.heading !== undefined;
  return source.slice(0, length).split('\n').some(isHeading) ? 0 : length;
}
