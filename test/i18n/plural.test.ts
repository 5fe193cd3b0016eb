// The plural forms of a language.
import { expect, it } from 'vitest';
import { plural } from '../../src/i18n/plural.ts';

it('chooses the form of a number in its language', () => {
  const forms = { one: 'відповідь', few: 'відповіді', many: 'відповідей', other: 'відповіді' };
  expect([1, 2, 5, 11, 21, 22, 1.5].map((count) => plural('uk', count, forms))).toEqual([
    forms.one,
    forms.few,
    forms.many,
    forms.many,
    forms.one,
    forms.few,
    forms.other,
  ]);
  expect([0, 1, 2].map((count) => plural('hi', count, { one: 'एक', other: 'कई' }))).toEqual(['एक', 'एक', 'कई']);
});

it('takes the form for all others where a language has none of its own', () => {
  expect([1, 2].map((count) => plural('es', count, { other: 'x' }))).toEqual(['x', 'x']);
  expect(plural('es', 1_000_000, { one: 'a', other: 'b' })).toBe('b');
});
