// What a guide file may hold at most, looked at before the Markdown parser sees it: that takes minutes for some files of
// 200 kB, and ends in a stack overflow for others. Every bound is five times and more what the shipped guides need.
import { finding } from './findings.ts';
import type { Finding } from './model.ts';

const FILE = 500_000;
/** Signs that mean something in Markdown, ends of lines among them: of a page, and of a file. */
const SIGNS = { page: 1500, file: 20_000 } as const;
const SIGN = /[\n*_`~[\]<>!|\\=#]/g;
/** Blanks and marks of quotes and lists at the beginning of a line: a level of nesting takes two or more. */
const INDENT = 24;
const INDENTED = /^(?:[ \t]|>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;
const MARK = /[-+.)]/g;

/** @returns what of a file is too much for the parser; nothing for a file that it can read in a moment */
export function checkBounds(path: string, text: string): Finding[] {
  const found: Finding[] = [];
  if (text.length > FILE) return [tooMuch(path, 1, `The file has more than ${FILE} characters`, 'make several of it')];
  let all = 0;
  let page = { line: 1, signs: 0 };
  for (const [i, line] of text.split('\n').entries()) {
    if (line.startsWith('## ')) page = { line: i + 1, signs: 0 };
    const indent = INDENTED.exec(line)?.[0] ?? '';
    const signs = 1 + (line.match(SIGN)?.length ?? 0) + (indent.match(MARK)?.length ?? 0);
    const before = page.signs;
    page.signs += signs;
    all += signs;
    if (before <= SIGNS.page && page.signs > SIGNS.page)
      found.push(tooMuch(path, page.line, `This page holds more than ${SIGNS.page} lines and signs of Markdown`));
    if (indent.length > INDENT)
      found.push(finding({ path, line: i + 1, column: 1 }, 'G006', 'Discord does not show blocks nested so deep'));
  }
  if (all > SIGNS.file)
    found.push(
      tooMuch(path, 1, `The file holds more than ${SIGNS.file} lines and signs of Markdown`, 'make several of it'),
    );
  return found;
}

function tooMuch(path: string, line: number, message: string, hint?: string): Finding {
  return finding({ path, line, column: 1 }, 'G012', message, hint);
}
