// Correcting misspelled words to words of a vocabulary.
import { describe, expect, it } from 'vitest';
import { createSpeller, wordCounts } from '../../src/search/spelling.ts';

const correct = (word: string, ...vocabulary: string[]) => createSpeller(wordCounts(vocabulary)).correct(word);

describe('counting words', () => {
  it('returns how often each word is in a list', () => {
    expect([...wordCounts(['a', 'b', 'a', 'a'])]).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
  });
});

describe('a speller', () => {
  it('knows the words of its vocabulary only', () => {
    const { knows } = createSpeller(wordCounts(['house', 'at']));
    expect(['house', 'at', 'mouse', ''].map(knows)).toEqual([true, true, false, false]);
  });

  it.each([
    ['a known word', 'house', ['house', 'houses', 'houses']],
    ['a word of three letters', 'hoz', ['hozy']],
    ['a word of 25 letters', 'a'.repeat(25), ['a'.repeat(24)]],
    ['a word with another first letter', 'mouse', ['house']],
    ['a word of seven letters with two errors', 'walkxxg', ['walking']],
    ['a word of eight letters with three errors', 'jumpixxx', ['jumpiest']],
    ['a word near to one of three letters', 'hatt', ['hat']],
    ['a word that is three letters shorter', 'complain', ['complaining']],
    ['two wrong neighbors, the first of which is right one place later', 'xbcde', ['xabde']],
    ['two wrong neighbors, the second of which is right one place earlier', 'xcade', ['xabde']],
    ['two swapped pairs', 'xabab', ['xbaba']],
    ['a word without a vocabulary', 'house', []],
  ])('leaves %s as it is', (_, word, vocabulary) => {
    expect(correct(word, ...vocabulary)).toBe(word);
  });

  it.each([
    ['a wrong letter in a word of four', 'hoze', 'hope'],
    ['a missing letter', 'hose', 'house'],
    ['an extra letter', 'houuse', 'house'],
    ['two swapped letters', 'huose', 'house'],
    ['two swapped letters at the end', 'houes', 'house'],
    ['two wrong letters in a word of eight', 'jumpixxt', 'jumpiest'],
    ['two missing letters in a word of eight', 'apprecte', 'appreciate'],
    ['two extra letters', 'jumpiessst', 'jumpiest'],
    ['a wrong letter in a word of 24', `${'ab'.repeat(11)}xx`, `${'ab'.repeat(11)}xb`],
    ['a letter that a word of three lacks', 'hat', 'hat'],
  ])('corrects %s', (_, word, expected) => {
    expect(correct(word, 'other', expected, 'another')).toBe(expected);
  });

  it.each([
    ['leaves a word of three letters', 'कमाल', 'कमालन', 'कमाल'],
    ['corrects a word of four letters', 'अकउंट', 'अकाउंट', 'अकाउंट'],
    ['leaves a word near to one of three letters', 'कमालन', 'कमाल', 'कमालन'],
    ['corrects one error in a word of seven letters', 'अकाउंटनगज', 'अकाउंटनगर', 'अकाउंटनगर'],
    ['leaves two errors in a word of seven letters', 'अकाउंटनजज', 'अकाउंटनगर', 'अकाउंटनजज'],
  ])('does not count vowel signs: %s', (_, word, known, expected) => {
    expect(correct(word, known)).toBe(expected);
  });

  it('chooses the nearest word, even if it is rarer', () => {
    expect(correct('complaon', 'complaxx', 'complain', 'complaxx')).toBe('complain');
    expect(correct('complaon', 'complain', 'complaxx', 'complaxx')).toBe('complain');
  });

  it('chooses the more frequent one of two words that are equally near, and the first one of two equal ones', () => {
    expect(correct('hoze', 'hose', 'hope', 'hope')).toBe('hope');
    expect(correct('hoze', 'hope', 'hose', 'hope')).toBe('hope');
    expect(correct('hoze', 'hose', 'hope')).toBe('hose');
  });

  it('counts two swapped letters as one error', () => {
    expect(correct('huose', 'hoose', 'house', 'house')).toBe('house');
  });
});
