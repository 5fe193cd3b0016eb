// Recognizing messages that only greet or thank, in every language of an edition.
import { describe, expect, it } from 'vitest';
import { CourtesyLanguages } from '../../src/search/courtesy-languages.ts';
import { museumEdition } from './museum.ts';

const { locale, search } = museumEdition();
const courtesies = new CourtesyLanguages({ locale, search });

describe('the language of a courtesy', () => {
  it.each([
    ['en', 'Hello, thanks!'],
    ['en', '<@123456789012345678> hello\n\nthanks'],
    ['en', 'heeeello'],
    ['en', '🙏'],
    ['es', 'HOLA'],
    ['es', 'hola... gracias'],
    ['de', 'danke'],
  ])('is %s for "%s"', (language, text) => {
    expect(courtesies.languageOf(text)).toBe(language);
  });

  it.each([
    ['it says more', 'hola, mi perro'],
    ['its words are of two languages', 'hello gracias'],
    ['no language has it', 'merci'],
    ['it is empty', ' '],
    ['it is a link', 'https://example.org/hello'],
    ['it has 101 characters', 'hello '.repeat(17)],
  ])('is unknown if %s', (_, text) => {
    expect(courtesies.languageOf(text)).toBeUndefined();
  });

  it('is found in up to 100 characters', () => {
    expect(courtesies.languageOf('hello '.repeat(11) + 'thanks '.repeat(5))).toBe('en');
  });

  it('is that of who wrote it if several languages have it', () => {
    const spanish = search.languages.get('es') ?? expect.fail('no Spanish');
    const languages = new Map([['es', { ...spanish, courtesies: ['hello', 'hola'] }]]);
    const both = new CourtesyLanguages({ locale, search: { ...search, languages } });
    expect(['es', 'en', 'de', undefined].map((expected) => both.languageOf('hello', expected))).toEqual([
      'es',
      'en',
      'en',
      'en',
    ]);
  });

  it("is the edition's own if several languages have it", () => {
    const spanish = search.languages.get('es') ?? expect.fail('no Spanish');
    const languages = new Map([['es', { ...spanish, courtesies: ['hello', 'hola'] }]]);
    expect(new CourtesyLanguages({ locale, search: { ...search, languages } }).languageOf('hello')).toBe('en');
  });
});
