// The lines of a file of replies, and where its front matter ends.
import { headingIn } from './headings.ts';

/** Offsets count UTF-16 units from 0, lines and columns from 1. */
export interface Line {
  readonly text: string;
  readonly start: number;
  /** Where its line end stands. */
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A front matter is one line; what is longer than this is none. */
const MAX_HEAD = 64 * 1024;
/** Ends of lines besides `\n`, to a reader or an editor. */
const OTHER_END = /[\r\v\f\u0085\u2028\u2029]/;

/** The lines after the front matter, parted at `\n` alone. */
export function* linesOf(source: string): Generator<Line> {
  const head = headOf(source);
  let line = 1 + (head > 0 ? source.slice(0, head).split('\n').length - 1 : 0);
  for (let start = head; start < source.length; line += 1) {
    const at = source.indexOf('\n', start);
    const end = at < 0 ? source.length : at;
    yield { text: source.slice(start, end), start, end, line, column: 1 };
    start = end + 1;
  }
}

/** The parts of a line that somebody sees as lines of their own. Only inside a text are other ends of lines kept. */
export function* partsOf(line: Line): Generator<Line> {
  if (!OTHER_END.test(line.text)) return yield line;
  const ends = new RegExp(OTHER_END, 'g');
  for (let at = 0; at <= line.text.length; ) {
    ends.lastIndex = at;
    const end = ends.exec(line.text)?.index ?? line.text.length;
    const start = line.start + at;
    yield { text: line.text.slice(at, end), start, end: line.start + end, line: line.line, column: at + 1 };
    at = end + 1;
  }
}

/** How long the front matter is; nothing where it has no end, or where it would take in a reply. */
function headOf(source: string): number {
  if (!source.startsWith('---\n')) return 0;
  const last = source.indexOf('\n---\n', '---'.length);
  const length = last >= 0 ? last + '\n---\n'.length : source.endsWith('\n---') ? source.length : 0;
  if (length > MAX_HEAD) return 0;
  const isHeading = (line: string) => headingIn(line)?.heading !== undefined;
  return source.slice(0, length).split('\n').some(isHeading) ? 0 : length;
}
