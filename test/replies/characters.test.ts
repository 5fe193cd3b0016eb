// Invisible characters, and how they are removed.
import { describe, expect, test } from 'vitest';
import {
  isBlank,
  LINE_END,
  removeDirectionMarks,
  removeUnclosedDirectionMarks,
  trimAllInvisible,
  trimInvisible,
  visibleOnly,
} from '../../src/replies/characters.ts';

describe('a text without visible characters', () => {
  test.each([
    ['nothing', ''],
    ['spaces', ' \t\u00A0\u3000\u2003'],
    ['zero-width spaces', '\u200B\u200C\u200D\u2060\uFEFF'],
    ['Hangul fillers', '\u115F\u1160\u3164\uFFA0'],
    ['an empty braille cell', '\u2800'],
    ['soft hyphens and joiners', '\u00AD\u034F\u180E'],
    ['variation selectors', '\uFE0F\u{E0100}'],
    ['tags', '\u{E0041}\u{E007F}'],
    ['controls', '\u0007\u001B\u0085'],
    ['direction controls', '\u202E\u2066\u200F\u061C'],
    ['an empty note head', '\u{1D159}'],
    ['a Khitan filler', '\u{16FE4}'],
  ])('%s', (_, text) => expect(isBlank(text)).toBe(true));

  test.each(['a', '.', '👩‍👩‍👧', '❤️', 'שלום', 'مرحبا', 'ไทย', '\u200Bx\u200B'])('%j has visible characters', (text) =>
    expect(isBlank(text)).toBe(false),
  );
});

test.each([
  ['\u200B \u00A0Refunds\u2800\u3164\uFEFF ', 'Refunds'],
  ['❤️', '❤️'],
  ['\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}', '\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}'],
  ['👩‍👩‍👧 a\u200Bb', '👩‍👩‍👧 a\u200Bb'],
  ['\u200B', ''],
])('%j is trimmed to %j', (text, trimmed) => expect(trimInvisible(text)).toBe(trimmed));

test.each([
  ['\u00A0 a \u200Bb\u3164', 'a \u200Bb', 'ab'],
  ['❤\uFE0F', '❤', '❤'],
  ['\u{E0100}\u{E0041}# x\u{E007F}\u{1D159}', '# x', '#x'],
  ['👩\u200D👧\u200D', '👩\u200D👧', '👩👧'],
  ['\uD83D', '\uD83D', '\uD83D'],
  [' \u{E0041}\u200B', '', ''],
  ['', '', ''],
  ['a', 'a', 'a'],
])('of %j, parsing sees %j, and its visible part is %j', (text, trimmed, visible) => {
  expect(trimAllInvisible(text)).toBe(trimmed);
  expect(visibleOnly(text)).toBe(visible);
});

test('a line ends at each kind of line break', () => {
  const ends = ['\r\n', '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'];
  expect(
    ends
      .map((end, i) => `${i}${end}`)
      .join('')
      .split(LINE_END),
  ).toEqual([...'01234567', '']);
  expect('a\tb\u00A0c'.split(LINE_END)).toHaveLength(1);
});

test.each([
  ...'\u00AD\u061C\u115F\u1160\u180E\u200B\u200F\u202A\u202E\u2060\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9\uFFFB\0\x1F',
])('%j is trimmed at both ends only', (character) =>
  expect(trimInvisible(`${character}a${character}b${character}`)).toBe(`a${character}b`),
);

test('trimming a million spaces takes no quadratic time', () => {
  const began = performance.now();
  trimInvisible(`a${' '.repeat(1_000_000)}b`);
  expect(performance.now() - began).toBeLessThan(5000);
});

test('right-to-left text loses its direction controls', () => {
  expect(removeDirectionMarks('\u202Bשלום\u202C \u2067مرحبا\u2069\u200F')).toBe('שלום مرحبا');
});

describe('unclosed direction controls', () => {
  test.each([
    ['an override', 'a \u202Eb', 'a b'],
    ['an isolate', '\u2067a\nb', 'a\nb'],
    ['one that is closed in the next line only', '\u202Ea\nb\u202C', 'a\nb'],
    ['a closing mark without an opening one', 'a\u202C\u2069', 'a'],
    ['a closing mark of the other kind', '\u202Ea\u2069', 'a'],
    ['one between others that are closed', '\u202A\u202Ea\u202Cb', '\u202Ea\u202Cb'],
    ['one in the first line of two', '\u202Ea\n\u202Eb\u202C', 'a\n\u202Eb\u202C'],
    ['a closing mark of an isolate in an embedding', '\u202Aa\u2069b\u202C', '\u202Aab\u202C'],
    ['a closing mark of an embedding in an isolate', '\u2066a\u202Cb\u2069', '\u2066ab\u2069'],
    ['a second closing mark', '\u202Aa\u202C\u202C', '\u202Aa\u202C'],
    ['each of several', '\u202A\u202B\u202D\u202E\u2066\u2067\u2068a', 'a'],
  ])('%s is removed', (_, text, closed) => expect(removeUnclosedDirectionMarks(text)).toBe(closed));

  test.each(['\u202Eabc\u202C def', '\u2067a \u202Bb\u202C\u2069\n\u2066c\u2069', 'no control', 'שלום\u200F!'])(
    '%j is unchanged',
    (text) => expect(removeUnclosedDirectionMarks(text)).toBe(text),
  );
});
