import { describe, expect, test } from 'vitest';
import {
  isBlank,
  removeDirectionMarks,
  removeUnclosedDirectionMarks,
  trimInvisible,
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
  ])('%s is removed', (_, text, closed) => expect(removeUnclosedDirectionMarks(text)).toBe(closed));

  test.each(['\u202Eabc\u202C def', '\u2067a \u202Bb\u202C\u2069\n\u2066c\u2069', 'no control', 'שלום\u200F!'])(
    '%j is unchanged',
    (text) => expect(removeUnclosedDirectionMarks(text)).toBe(text),
  );
});
