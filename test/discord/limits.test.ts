// Discord's limits, and how lengths are counted and texts shortened.
import { describe, expect, it } from 'vitest';
import {
  CHOICE_LIMITS,
  COMPONENT_LIMITS,
  codePoints,
  cut,
  EMBED_LIMITS,
  MAX_CONTENT,
} from '../../src/discord/limits.ts';

it('the limits are those of Discord’s documentation', () => {
  expect(EMBED_LIMITS).toEqual({
    author: 256,
    title: 256,
    description: 4096,
    fields: 25,
    fieldName: 256,
    fieldValue: 1024,
    footer: 2048,
    total: 6000,
  });
  expect(MAX_CONTENT).toBe(2000);
  expect(COMPONENT_LIMITS).toEqual({ rows: 5, buttonsInRow: 5, label: 80, url: 512, customId: 100, options: 25 });
  expect(CHOICE_LIMITS).toEqual({ count: 25, name: 100, value: 100 });
});

describe('a length', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['👍👍', 2],
    [' a b \n', 3],
  ])('of %j is %i code points without blanks at the ends', (text, length) => expect(codePoints(text)).toBe(length));
});

describe('a text', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['👍👍👍', 3, '👍👍👍'],
    ['👍👍👍', 2, '👍…'],
    ['abc', 1, '…'],
    ['', 0, ''],
  ])('%j cut to %i code points is %j', (text, limit, expected) => expect(cut(text, limit)).toBe(expected));
});
