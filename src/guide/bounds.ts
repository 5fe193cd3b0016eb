// Limits of a guide file, checked before the Markdown parser sees it: the parser takes minutes for some files of 200 kB
// and overflows the stack for others. Each limit is at least five times what the shipped guides need.
import { finding } from './findings.ts';
import type { Finding } from './model.ts';

const MAX_FILE = 500_000;
/** Characters with a meaning in Markdown, line ends included: in a page, and in a file. */
const MAX_MARKUP = { page: 1500, file: 20_000 } as const;
const MARKUP = /[\n*_`~[\]<>!|\\=#]/g;
/** Spaces and marks of quotes and lists at the beginning of a line: a level of nesting takes two or more. */
const MAX_INDENT = 24;
const INDENTATION = /^(?:[ \t]|>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;
const INDENT_MARK = /[-+.)]/g;

/** Finds what the parser cannot read in reasonable time (G006, G012). */
export function checkBounds(path: string, text: string): Finding[] {
  const found: Finding[] = [];
  if (text.length > MAX_FILE) return [tooMuch(path, 1, `The file has more than ${MAX_FILE} characters`, 'split it')];
  let total = 0;
  let page = { line: 1, markup: 0 };
  for (const [i, line] of text.split('\n').entries()) {
    if (line.startsWith('## ')) page = { line: i + 1, markup: 0 };
    const indent = INDENTATION.exec(line)?.[0] ?? '';
    const count = 1 + (line.match(MARKUP)?.length ?? 0) + (indent.match(INDENT_MARK)?.length ?? 0);
    const countBefore = page.markup;
    page.markup += count;
    total += count;
    if (countBefore <= MAX_MARKUP.page && page.markup > MAX_MARKUP.page)
      found.push(
        tooMuch(path, page.line, `This page has more than ${MAX_MARKUP.page} line ends and Markdown characters`),
      );
    if (indent.length > MAX_INDENT)
      found.push(
        finding({ path, line: i + 1, column: 1 }, 'G006', 'Discord does not show blocks that are nested this deep'),
      );
  }
  if (total > MAX_MARKUP.file)
    found.push(
      tooMuch(path, 1, `The file has more than ${MAX_MARKUP.file} line ends and Markdown characters`, 'split it'),
    );
  return found;
}

function tooMuch(path: string, line: number, message: string, hint?: string): Finding {
  return finding({ path, line, column: 1 }, 'G012', message, hint);
}
