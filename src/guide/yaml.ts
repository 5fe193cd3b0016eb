// Reads YAML within limits, and finds the positions of values in it.
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { finding } from './findings.ts';
import type { Finding, SourcePosition } from './model.ts';

/** In characters. For some texts the parser's time grows with the square of a line's or the file's length. */
const MAX_LINE_LENGTH = 2000;
const MAX_LENGTH = 200_000;

type Yaml =
  | { readonly document: Document; readonly value: unknown }
  /** Line and column count from 1. */
  | { readonly problem: string; readonly line: number; readonly column: number };

/**
 * Reads a text as a value, or returns its first problem. Never throws, as the parser does for deep nesting and for too
 * many aliases.
 * @param lines is filled with the positions of lines
 */
export function readYaml(text: string, lines = new LineCounter()): Yaml {
  const tooLong =
    text.length > MAX_LENGTH ? 1 : text.split('\n').findIndex((line) => line.length > MAX_LINE_LENGTH) + 1;
  if (tooLong > 0)
    return {
      problem: `A line has more than ${MAX_LINE_LENGTH} characters, or the file more than ${MAX_LENGTH}`,
      line: tooLong,
      column: 1,
    };
  try {
    // The library looks for keys that are there twice in a time that grows with their square.
    const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', uniqueKeys: false });
    const [error] = document.errors;
    const wrong = error ? { offset: error.pos[0], problem: sentenceOf(error) } : repeatedKey(document);
    if (!wrong) return { document, value: document.toJS() };
    const { line, col } = lines.linePos(wrong.offset);
    return { problem: wrong.problem, line: Math.max(line, 1), column: Math.max(col, 1) };
  } catch (error) {
    return { problem: sentenceOf(error), line: 1, column: 1 };
  }
}

/** The first key that its map has already. */
function repeatedKey(document: Document): { offset: number; problem: string } | undefined {
  let found: { offset: number; problem: string } | undefined;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = { offset: key.range?.[0] ?? 0, problem: `The key "${key.value}" is used twice` };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** The positions of all keys and values of a document, found in one pass. */
export class Positions {
  readonly #path: string;
  readonly #lines: LineCounter;
  /** Path of keys as JSON → offset in the text. */
  readonly #values = new Map<string, number>();
  readonly #keys = new Map<string, number>();

  /** @param lines as `readYaml` filled it */
  constructor(path: string, document: Document, lines: LineCounter) {
    this.#path = path;
    this.#lines = lines;
    this.#add([], document.contents);
  }

  /** Returns the position of the value at a path of keys, or of the nearest value above it that exists. */
  of(keys: readonly PropertyKey[]): SourcePosition {
    for (let length = keys.length; length >= 0; length--) {
      const offset = this.#values.get(idOf(keys.slice(0, length)));
      if (offset !== undefined) return this.#at(offset);
    }
    return { path: this.#path, line: 1, column: 1 };
  }

  /** Returns the position of the last key itself, if it exists. */
  ofKey(keys: readonly PropertyKey[]): SourcePosition {
    const offset = this.#keys.get(idOf(keys));
    return offset === undefined ? this.of(keys) : this.#at(offset);
  }

  #at(offset: number): SourcePosition {
    const { line, col } = this.#lines.linePos(offset);
    return { path: this.#path, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #add(keys: readonly PropertyKey[], node: unknown): void {
    if (!isNode(node) || !node.range) return;
    this.#values.set(idOf(keys), node.range[0]);
    if (isSeq(node)) for (const [i, item] of node.items.entries()) this.#add([...keys, i], item);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      // As in the value that is read, a number as a key is its text.
      const own = [...keys, String(key.value)];
      if (key.range) this.#keys.set(idOf(own), key.range[0]);
      this.#add(own, value);
    }
  }
}

function idOf(keys: readonly PropertyKey[]): string {
  return JSON.stringify(keys.map(String));
}

/** Keys whose values are sentences or names: a `#` is likely in them. */
const TEXT_KEYS: readonly unknown[] = ['title', 'description', 'publisher', 'about'];

/**
 * Finds values without quotes that end at ` #`, which begins a comment.
 * @param text what the document was read from
 * @param first where the text begins in its file
 * @param keys whose values are looked at
 */
export function checkCutValues(
  document: Document,
  text: string,
  first: SourcePosition,
  keys: readonly unknown[] = TEXT_KEYS,
): Finding[] {
  const found: Finding[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !keys.includes(key.value) || !isScalar(value)) return;
      const end = value.range?.[1];
      if (value.type !== 'PLAIN' || end === undefined || !/^[ \t]+#/.test(text.slice(end))) return;
      const before = text.slice(0, end).split('\n');
      const place = { ...first, line: first.line + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 };
      const message = `YAML reads "${key.value}" only up to the #`;
      found.push(finding(place, 'G038', message, 'put the whole value in double quotes'));
    },
  });
  return found;
}

/** Returns the parser's message without the position and the excerpt in it. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/call stack/i.test(message)) return 'This is nested too deeply';
  const [sentence = ''] = message.split('\n');
  return sentence.replace(/ at line .*$/, '');
}
