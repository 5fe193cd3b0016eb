// Numbers as a reader of a language writes them.
import { expect, it } from 'vitest';
import { showNumber, showShortNumber } from '../../src/i18n/numbers.ts';
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

it.each([
  [999, 'en', '999'],
  [1200, 'en', '1.2K'],
  [2_500_000, 'en', '2.5M'],
  [2_500_000, 'de', '2,5\u00a0Mio.'],
])('%d in %s is shortened to %s', (number, language, shown) => {
  expect(showShortNumber(number, language)).toBe(shown);
});

it('creates one format for each language and kind, however often a number is shown', () => {
  const created = formatsCreatedBy(() => {
    for (let i = 0; i < 5; i++) {
      for (const language of ['fi', 'nl']) {
        showNumber(i, language);
        showShortNumber(i, language);
      }
    }
  });
  expect(created).toBe(4);
});
