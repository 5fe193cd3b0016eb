// The rules for English.
import { describe, expect, it } from 'vitest';
import { english } from '../../../src/search/languages/en.ts';

describe('English', () => {
  it.each([
    [
      'without accents, apostrophes and capitals',
      "I can't find “Café”, sorry!",
      ['i', 'cant', 'find', 'cafe', 'sorry'],
    ],
    ['with every kind of apostrophe', 'don’t don‘t don`t don´t', ['dont', 'dont', 'dont', 'dont']],
    ['with currency signs written out', '$5 or 6€ £₹', ['dollar', '5', 'or', '6', 'dollar', 'dollar', 'dollar']],
    ['from nothing', ' ?! ', []],
  ])('splits words %s', (_, text, words) => {
    expect(english.splitWords(text)).toEqual(words);
  });

  it.each([
    ['1900', 'inyear'],
    ['2099', 'inyear'],
    ['1899', 'somenumber'],
    ['2100', 'somenumber'],
    ['20199', 'somenumber'],
    ['12019', 'somenumber'],
    ['300usd', 'dollar'],
    ['3eur', 'dollar'],
    ['1dollar', 'dollar'],
    ['20dollars', 'dollar'],
    ['5euro', 'dollar'],
    ['5euros', 'dollar'],
    ['5inr', 'dollar'],
    ['5rs', 'dollar'],
    ['5usdt', 'usdt'],
    ['12', 'somenumber'],
    ['3days', 'days'],
    ['3d', 'somenumber'],
    ['3pm', 'pm'],
    ['3d5', 'somenumber'],
  ])('replaces the number %s by its kind %s', (word, expected) => {
    expect(english.numberWord(word)).toBe(expected);
  });

  it('has one stem for the forms of a word', () => {
    expect(['closing', 'closed', 'closes', 'close'].map(english.stem)).toEqual(['close', 'close', 'close', 'close']);
  });

  it('has stop words, but negations and numbers are not among them', () => {
    const common = [
      'a',
      'the',
      'is',
      'i',
      'your',
      'they',
      'this',
      'of',
      'with',
      'and',
      'do',
      'how',
      'any',
      'please',
      't',
    ];
    expect(common.filter((word) => !english.isStopWord(word))).toEqual([]);
    const others = ['not', 'no', 'never', 'without', 'cannot', 'one', 'two', 'tram', ''];
    expect(others.filter(english.isStopWord)).toEqual([]);
  });
});
