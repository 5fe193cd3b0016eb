// YAML as a value, or the first thing that is wrong with it.
import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { finding } from './findings.ts';
import type { Finding, SourcePosition } from './model.ts';

/** In characters. For some texts the parser's time grows with the square of a line or of a whole. */
const LONGEST_LINE = 2000;
const LONGEST = 64_000;

export type Yaml =
  | { readonly document: Document; readonly value: unknown }
  /** Line and column count from 1. */
  | { readonly problem: string; readonly line: number; readonly column: number };

/**
 * Reads a text. Never throws, as the parser does for what is nested too deep or names one thing too often.
 * @param lines learns where the lines begin
 */
export function readYaml(text: string, lines = new LineCounter()): Yaml {
  const tooLong = text.length > LONGEST ? 1 : text.split('\n').findIndex((line) => line.length > LONGEST_LINE) + 1;
  if (tooLong > 0) return { problem: 'This is too long to be read', line: tooLong, column: 1 };
  try {
    const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
    const [error] = document.errors;
    if (!error) return { document, value: document.toJS() };
    const { line, col } = lines.linePos(error.pos[0]);
    return { problem: sentenceOf(error), line: Math.max(line, 1), column: Math.max(col, 1) };
  } catch (error) {
    return { problem: sentenceOf(error), line: 1, column: 1 };
  }
}

/** Keys whose values are sentences or names, in which a number sign is likely. */
const WORDED: readonly unknown[] = ['title', 'description', 'publisher', 'about'];

/**
 * Values without quotes that end at a number sign, which begins a comment.
 * @param text what the document was read from
 * @param first where the text begins in its file
 */
export function checkCutValues(document: Document, text: string, first: SourcePosition): Finding[] {
  const found: Finding[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !WORDED.includes(key.value) || !isScalar(value)) return;
      const end = value.range?.[1];
      if (value.type !== 'PLAIN' || end === undefined || !/^[ \t]+#/.test(text.slice(end))) return;
      const before = text.slice(0, end).split('\n');
      const place = { ...first, line: first.line + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 };
      const message = `YAML reads "${key.value}" only up to the number sign`;
      found.push(finding(place, 'G038', message, 'put the whole value in double quotes'));
    },
  });
  return found;
}

/** The parser's own words, without the place, which stands beside them, and the picture of it. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/call stack/i.test(message)) return 'This is nested too deep';
  const [sentence = ''] = message.split('\n');
  return sentence.replace(/ at line .*$/, '');
}
