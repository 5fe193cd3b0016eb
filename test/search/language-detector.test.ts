// Recognizing the language of a question.
import { describe, expect, it } from 'vitest';
import { type LanguageModel, languageOf, trainLanguages } from '../../src/search/language-detector.ts';
import { recognitionTexts } from '../../src/search/training.ts';
import { toEnd } from '../../src/slices.ts';
import { museumEdition } from './museum.ts';

const EXAMPLES = new Map([
  ...recognitionTexts(museumEdition()),
  ['hi', ['मेरा कुत्ता ट्राम में आ सकता है', 'टिकट कितने का है']],
  ['hi-Latn', ['mera kutta tram mein aa sakta hai kya', 'ticket kitne ka hai bhai', 'kya main tram chala sakta hoon']],
]);
const trained = (examples: Iterable<[string, string[]]>) => toEnd(trainLanguages(new Map(examples)));
const model = trained(EXAMPLES);

describe('the language of a question', () => {
  it.each([
    ['en', 'may my puppy come along'],
    ['es', 'cuánto cuestan las entradas para mi perro'],
    ['es', 'CUANTO CUESTAN LAS ENTRADAS'],
    ['de', 'wann darf ich mit meinem hund einsteigen'],
    ['hi', 'क्या मेरा टिकट यहाँ है'],
    ['hi-Latn', 'mera ticket kya hai'],
  ])('is %s for "%s"', (language, text) => {
    expect(languageOf(text, model)).toBe(language);
  });

  it.each([
    ['without letters', '12 😀 ?!'],
    ['of no characters', ''],
    ['with a word that no language has', 'xkcd'],
    ['with words that no language has', 'xkcd zzyzx'],
  ])("is the edition's own for a text %s", (_, text) => {
    expect(languageOf(text, model)).toBe('en');
  });

  it("is the edition's own unless another one is clearly more likely: for one or two words, twice as clearly", () => {
    // Dutch has the word "tram" more often: each one adds about 3.5 to the logarithm of the odds.
    const close = trained([
      ['en', ['tram tram tram tram zoo zoo zoo bus bus bus bus']],
      ['nl', ['tram tram tram tram tram tram tram bus bus bus bus']],
    ]);
    expect(languageOf('tram tram', close)).toBe('en');
    expect(languageOf('tram tram tram', close)).toBe('nl');
    expect(languageOf('tram bus bus', close)).toBe('en');
    expect(languageOf('perro', model)).toBe('es');
  });

  it('is the expected one if that is more likely than all others, even if not clearly', () => {
    const close = trained([
      ['en', ['tram tram tram tram zoo zoo zoo bus bus bus bus']],
      ['nl', ['tram tram tram tram tram tram tram bus bus bus bus']],
      ['de', ['bahn bahn bahn']],
    ]);
    expect(languageOf('tram tram', close)).toBe('en');
    expect(languageOf('tram tram', close, 'nl')).toBe('nl');
    for (const unlikely of ['de', 'en', 'xx']) expect(languageOf('tram tram', close, unlikely)).toBe('en');
    expect(languageOf('tram tram tram', close, 'de')).toBe('nl');
    expect(languageOf('zoo zoo zoo', close, 'nl')).toBe('en');
    expect(languageOf('', close, 'nl')).toBe('en');
  });

  it('does not depend on how accents are written', () => {
    const accents = trained([
      ['en', ['papa mama cafe']],
      ['es', ['papá mamá café']],
    ]);
    for (const form of ['NFC', 'NFD']) expect(languageOf('papá mamá café'.normalize(form), accents)).toBe('es');
  });

  it('is the first of the trained ones by default', () => {
    const others = trained([...EXAMPLES].reverse());
    expect(languageOf('', others)).toBe('hi-Latn');
    expect(languageOf('may my puppy come along', others)).toBe('en');
  });
});

describe('training the recognition of languages', () => {
  it('pauses after each language', () => {
    expect([...trainLanguages(EXAMPLES)]).toHaveLength(EXAMPLES.size);
  });

  it('results in plain data, and in the same each time', () => {
    // Comparing 160,000 numbers one by one takes seconds.
    const bytesOf = ({ logProbabilities }: LanguageModel) => Buffer.from(logProbabilities.buffer);
    for (const same of [structuredClone(model), trained(EXAMPLES)]) {
      expect(same.languages).toEqual([...EXAMPLES.keys()]);
      expect(bytesOf(same).equals(bytesOf(model))).toBe(true);
    }
  });

  it('accepts a language without examples, which is then never recognized', () => {
    const one = trained([
      ['en', ['the tram']],
      ['xx', []],
    ]);
    expect(languageOf('the tram', one)).toBe('en');
    expect([...one.logProbabilities].every(Number.isFinite)).toBe(true);
  });
});
