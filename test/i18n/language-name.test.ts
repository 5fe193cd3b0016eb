// The names of languages, as buttons and menus show them.
import { expect, it } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import { languageName } from '../../src/i18n/language-name.ts';

it.each([
  ['en', 'English'],
  ['es', 'Español'],
  ['hi', 'हिन्दी'],
  ['pt-BR', 'Português (Brasil)'],
  ['uk', 'Українська'],
])('%s is %s in the language itself, with a capital letter', (locale, name) => {
  expect(languageName(locale)).toBe(name);
});

it('is the locale if there is no name for it', () => {
  expect(languageName('qq')).toBe('Qq');
});

it('is another one for each language of the bot', () => {
  const names = [...languages.keys()].map(languageName);
  expect(new Set(names).size).toBe(names.length);
});
