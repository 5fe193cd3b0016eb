// The rules of languages: how a text is split into words in each script.
import { describe, expect, it } from 'vitest';
import { languageFor } from '../../../src/search/languages/index.ts';

describe('English', () => {
  const english = languageFor('en');

  it('splits words without accents, apostrophes and capitals', () => {
    expect(english.splitWords("I can't find “Café”, sorry!")).toEqual(['i', 'cant', 'find', 'cafe', 'sorry']);
  });

  it('writes out currency signs', () => {
    expect(english.splitWords('$5 or €6')).toEqual(['dollar', '5', 'or', 'dollar', '6']);
  });

  it.each([
    ['2019', 'inyear'],
    ['300usd', 'dollar'],
    ['12', 'somenumber'],
    ['3days', 'days'],
  ])('replaces the number %s by its kind', (word, expected) => {
    expect(english.numberWord(word)).toBe(expected);
  });

  it('knows stems and stop words', () => {
    expect(english.stem('closing')).toBe(english.stem('closed'));
    expect(english.isStopWord('the')).toBe(true);
    expect(english.isStopWord('not')).toBe(false);
  });
});

describe('a language without rules of its own', () => {
  it.each([
    ['es', '¿Cómo cierro mi CUENTA?', ['como', 'cierro', 'mi', 'cuenta']],
    ['uk', 'Як закрити мій акаунт?', ['як', 'закрити', 'мій', 'акаунт']],
    ['hi', 'खाता कैसे बंद करें?', ['खाता', 'कैसे', 'बंद', 'करें']],
    ['ar', 'كيف أغلق حسابي؟', ['كيف', 'أغلق', 'حسابي']],
  ])('splits %s into words', (locale, text, words) => {
    expect(languageFor(locale).splitWords(text)).toEqual(words);
  });

  it('splits scripts without spaces', () => {
    const words = languageFor('ja').splitWords('アカウントを閉じたい');
    expect(words.length).toBeGreaterThan(1);
    expect(words[0]).toBe('アカウント');
  });

  it('keeps words as they are and has no stop words', () => {
    const language = languageFor('es');
    expect(language.stem('cuentas')).toBe('cuentas');
    expect(language.isStopWord('el')).toBe(false);
    expect(language.numberWord('2019')).toBe('inyear');
    expect(language.numberWord('१२')).toBe('somenumber');
    expect(language.numberWord('3días')).toBe('3días');
  });

  it('is also found for a folder name that is not a language tag', () => {
    expect(languageFor('not_a_tag!').splitWords('Hello there')).toEqual(['hello', 'there']);
  });
});
