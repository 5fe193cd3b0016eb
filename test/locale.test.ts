// The language of a Discord locale.
import { expect, it } from 'vitest';
import { languageOf } from '../src/locale.ts';

it.each([
  ['pt-BR', 'pt'],
  ['de', 'de'],
  ['zh-Hant-TW', 'zh'],
  ['', ''],
  ['-US', ''],
])('the language of %j is %j', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
