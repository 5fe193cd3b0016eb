// The characters of a file after decoding: whether it is text in UTF-8, its line ends, and its byte order mark.
import { finding } from './findings.ts';
import type { Finding } from './model.ts';

/** What a decoder puts in place of bytes that are not UTF-8, and control characters, which no text has. */
const WRONG = /(?![\t\n])[\p{Cc}\uFFFD]/u;
const NUL = '\u0000';

/** @returns the first place that is wrong; nothing for a text that can be shown as it is */
export function checkCharacters(path: string, text: string): Finding[] {
  const at = text.search(WRONG);
  if (at < 0) return [];
  const before = text.slice(0, at).split('\n');
  const place = { path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const isControl = text[at] !== '\uFFFD';
  const message = text.includes(NUL)
    ? 'This file is not UTF-8 text: it looks like UTF-16, or like no text at all'
    : isControl
      ? 'There is a control character, as from a wrong conversion to UTF-8'
      : 'This character is not UTF-8';
  return [finding(place, 'G036', message, 'save the file as UTF-8')];
}

/** Markdown takes a lone carriage return for a line end, and YAML does not. Windows puts a byte order mark first. */
export function normalizeText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/** The lines of a text that is not normalized, each with its line end: joined, they are the text. */
export function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+/g) ?? [];
}
