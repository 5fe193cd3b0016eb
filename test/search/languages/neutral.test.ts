// The rules for a language that has none of its own.
import { describe, expect, it } from 'vitest';
import { neutralLanguage, numberWord } from '../../../src/search/languages/neutral.ts';

describe('a language without rules of its own', () => {
  it.each([
    ['es', '¿Cómo cierro mi CUENTA?', ['como', 'cierro', 'mi', 'cuenta']],
    ['fr', "l’ami d'Ŕ l`a l´a l‘a", ['lami', 'dr', 'la', 'la', 'la']],
    ['de', 'ﬁnde ①', ['finde', '1']],
    ['uk', 'Як закрити мій акаунт?', ['як', 'закрити', 'мій', 'акаунт']],
    ['hi', 'खाता कैसे बंद करें?', ['खाता', 'कैसे', 'बंद', 'करें']],
    ['ar', 'كيف أغلق حسابي؟', ['كيف', 'أغلق', 'حسابي']],
    ['vi', 'Tiếng ệ', ['tieng', 'e']],
  ])('splits %s into words, without accents in Latin script only', (locale, text, words) => {
    expect(neutralLanguage(locale).splitWords(text)).toEqual(words);
  });

  it('splits scripts without spaces', () => {
    const words = neutralLanguage('ja').splitWords('アカウントを閉じたい');
    expect(words.length).toBeGreaterThan(1);
    expect(words[0]).toBe('アカウント');
  });

  it('keeps words as they are and has no stop words', () => {
    const language = neutralLanguage('es');
    expect(language.stem('cuentas')).toBe('cuentas');
    expect(language.isStopWord('el')).toBe(false);
    expect(language.numberWord).toBe(numberWord);
  });

  it.each([
    ['2019', 'inyear'],
    ['1900', 'inyear'],
    ['2100', 'somenumber'],
    ['20199', 'somenumber'],
    ['12019', 'somenumber'],
    ['१२', 'somenumber'],
    ['7', 'somenumber'],
    ['3días', '3días'],
    ['a3', 'a3'],
  ])('replaces the number %s by %s', (word, expected) => {
    expect(numberWord(word)).toBe(expected);
  });

  it('is also found for a folder name that is not a language tag', () => {
    expect(neutralLanguage('not_a_tag!').splitWords('Hello there')).toEqual(['hello', 'there']);
  });
});
