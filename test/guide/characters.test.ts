// The characters of a file: what is not text, line ends, and the byte order mark.
import { describe, expect, it } from 'vitest';
import { checkCharacters, normalizeText, splitLines } from '../../src/guide/characters.ts';
import { formatFinding } from '../../src/guide/findings.ts';

const UTF_16 = 'This file is not UTF-8 text: it looks like UTF-16, or like no text at all';
const CONTROL = 'There is a control character, as from a wrong conversion to UTF-8';
const NOT_UTF_8 = 'This character is not UTF-8';

describe('characters', () => {
  it.each([
    ['a\u0000b', '1:2', UTF_16],
    ['\uFFFDa\n\u0000', '1:1', UTF_16],
    ['one\ntwo\u0092', '2:4', CONTROL],
    ['\u0007\uFFFD', '1:1', CONTROL],
    ['\u007F', '1:1', CONTROL],
    ['a\rb', '1:2', CONTROL],
    ['one\n\n  \uFFFD\u0007', '3:3', NOT_UTF_8],
  ])('of %j are reported at the first wrong place', (text, place, message) => {
    expect(checkCharacters('a.md', text).map(formatFinding)).toEqual([
      `a.md:${place} G036 ${message} (save the file as UTF-8)`,
    ]);
  });

  it('may be tabs, line ends and letters of any language', () => {
    expect(checkCharacters('a.md', 'a\tb\n\u00A0ä 日本 😀\u200B\uFEFF\uFFFC')).toEqual([]);
    expect(checkCharacters('a.md', '')).toEqual([]);
  });
});

it.each([
  ['\uFEFFa\uFEFF', 'a\uFEFF'],
  ['a\r\nb\rc\nd\r\r\n', 'a\nb\nc\nd\n\n'],
  ['\n\uFEFF', '\n\uFEFF'],
])('normalizes %j to %j', (text, normal) => {
  expect(normalizeText(text)).toBe(normal);
});

it.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a\n']],
  ['a\r\nb\rc\n\nd', ['a\r\n', 'b\r', 'c\n', '\n', 'd']],
  ['\n\r', ['\n', '\r']],
])('splits %j into lines with their ends', (text, lines) => {
  expect(splitLines(text)).toEqual(lines);
});
