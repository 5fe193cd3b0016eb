// The order of texts.
import { describe, expect, it } from 'vitest';
import { compareText } from '../src/compare-text.ts';

describe('the order of texts', () => {
  it('is by code units, not by the rules of a language', () => {
    expect(['b', 'a', 'ä', 'B', '', 'aa', '10', '9'].sort(compareText)).toEqual([
      '',
      '10',
      '9',
      'B',
      'a',
      'aa',
      'b',
      'ä',
    ]);
  });

  it.each([
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['a', 'a', 0],
  ])('of %s and %s is %i', (a, b, order) => expect(compareText(a, b)).toBe(order));
});
