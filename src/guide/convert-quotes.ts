// The conversion of a guide file: the quotes under its headings become entries of a questions file.
import { type Document, isMap, isScalar, isSeq, parseDocument, stringify, YAMLMap, YAMLSeq } from 'yaml';
import { sortBlocks } from './blocks.ts';
import { normalizeText, splitLines } from './characters.ts';
import { readMarkdown } from './markdown.ts';
import { parseGuide } from './parse.ts';

/** Page id → its questions. */
type Questions = ReadonlyMap<string, readonly string[]>;

/** Never folded: an entry is one line. */
const STYLE = { lineWidth: 0 } as const;

/**
 * Takes the quotes under headings out of a guide.
 * @param text exactly as in the file
 * @returns the text without them, and `stuck`: lines of quotes that cannot go, because the quote that follows would be
 * read as questions in their place
 */
export function takeQuotes(path: string, text: string): { rest: string; questions: Questions; stuck: number[] } {
  const source = normalizeText(text);
  const { guide } = parseGuide(path, source, { claimSource: undefined, statements: new Map() });
  const pages = new Map(guide.pages.map((page) => [page.line, page]));
  const blocks = readMarkdown(source).children;
  const rows = splitLines(text);
  const questions = new Map<string, readonly string[]>();
  const stuck: number[] = [];
  for (const [i, { position }] of blocks.entries()) {
    const page = pages.get(position?.start.line ?? 0);
    const quote = blocks[i + 1]?.position;
    if (!page || page.questions.length === 0 || !quote) continue;
    const next = blocks[i + 2];
    if (next && sortBlocks([next]).questions.length > 0) stuck.push(quote.start.line);
    else {
      questions.set(page.name.slice(guide.id.length + 1), page.questions);
      removeRows(rows, quote.start.line - 1, quote.end.line - 1);
    }
  }
  return { rest: rows.join(''), questions, stuck };
}

/** Empties rows, and the blank ones behind them where a blank one is before them already. */
function removeRows(rows: string[], first: number, last: number): void {
  const isBlank = (row: string | undefined) => row !== undefined && row.trim() === '';
  let end = last + 1;
  if (isBlank(rows[first - 1])) while (isBlank(rows[end])) end++;
  rows.fill('', first, end);
}

/**
 * Writes questions into a questions file: before the entries that it has, as quotes are read.
 * @param before the file's text; undefined if there is none
 * @param guide the guide's path, for the comment of a new file
 */
export function addQuestions(before: string | undefined, guide: string, questions: Questions): string {
  if (before === undefined) {
    const name = guide.slice(guide.lastIndexOf('/') + 1);
    const head = `# Questions as members ask them, by the page of ${name} that answers them. Members do not see them.\n`;
    return head + [...questions].map(([id, list]) => `\n${stringify({ [id]: list }, STYLE)}`).join('');
  }
  const document: Document = parseDocument(before);
  const pages = isMap(document.contents) ? document.contents : new YAMLMap();
  document.contents = pages;
  for (const [id, list] of questions) {
    const pair = pages.items.find(({ key }) => isScalar(key) && String(key.value) === id);
    const entries = isSeq(pair?.value) ? pair.value : new YAMLSeq();
    const has = new Set(entries.items.map((entry) => (isScalar(entry) ? entry.value : undefined)));
    const missing = list.filter((question) => !has.has(question));
    entries.items.unshift(...missing.map((question) => document.createNode(question)));
    if (pair) pair.value = entries;
    else pages.set(document.createNode(id), entries);
  }
  return document.toString(STYLE);
}
