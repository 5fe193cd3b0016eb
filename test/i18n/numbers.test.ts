// Numbers as a reader of a language writes them.
import { expect, it } from 'vitest';
import { showNumber } from '../../src/i18n/numbers.ts';
import { formatsCreatedBy } from './counted-formats.ts';

it.each([
  [12_345.6, 'en', '12,346'],
  [12_345.6, 'de', '12.346'],
  [0, 'en', '0'],
  [0.4, 'en', '0'],
  [-7, 'en', '-7'],
])('%d in %s is %s', (number, language, shown) => {
  expect(showNumber(number, language)).toBe(shown);
});

it('creates one format for each language, however often a number is shown', () => {
  const created = formatsCreatedBy(() => {
    for (let i = 0; i < 5; i++) for (const language of ['uk', 'nl']) showNumber(i, language);
  });
  expect(created).toBe(2);
});
