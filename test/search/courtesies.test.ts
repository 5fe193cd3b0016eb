// Taking greetings, thanks and other courtesies off a question.
import { describe, expect, it } from 'vitest';
import { Courtesies } from '../../src/search/courtesies.ts';

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];
const courtesies = new Courtesies(
  ['Hello', 'hello there', 'good morning', 'thank you', 'thank you very much', 'bro …', 'how is it …', '… please'],
  wordsOf,
);
const strip = (clause: string) => courtesies.strip(wordsOf(clause)).join(' ');

describe('a clause without courtesies', () => {
  it.each([
    ['has none at its beginning', 'hello the tram', 'the tram'],
    ['has none at its end', 'the tram thank you', 'the tram'],
    ['has none at either end', 'good morning the tram thank you', 'the tram'],
    ['loses several in a row', 'hello bro good morning the tram please thank you', 'the tram'],
    ['loses the longest that fits', 'hello there the tram thank you very much', 'the tram'],
    ['loses a shorter one if the longer one does not fit', 'hello the tram thank you very', 'the tram thank you very'],
    ['keeps the beginning of a longer one', 'good tram', 'good tram'],
    ['keeps the end of a longer one', 'the tram in the morning', 'the tram in the morning'],
    ['keeps those in its middle', 'may i say hello to the driver', 'may i say hello to the driver'],
    ['stays as it is without courtesies', 'the tram', 'the tram'],
    ['is empty if there is nothing else', 'hello bro thank you very much', ''],
    ['is empty if it was', '', ''],
  ])('%s', (_, clause, rest) => {
    expect(strip(clause)).toBe(rest);
  });

  it.each([
    ['"bro …" is taken off the beginning only', 'bro the bro', 'the bro'],
    ['"how is it …" is taken off the beginning only', 'how is it how is it', ''],
    ['"… please" is taken off the end only', 'please the tram please', 'please the tram'],
  ])('%s', (_, clause, rest) => {
    expect(strip(clause)).toBe(rest);
  });

  it('loses nothing to phrases without words', () => {
    const empty = new Courtesies(['', '…', '!', '… ?'], wordsOf);
    expect(empty.strip(['the', 'tram'])).toEqual(['the', 'tram']);
  });

  it('is a new list', () => {
    const words = ['hello', 'tram'];
    expect(courtesies.strip(words)).toEqual(['tram']);
    expect(words).toEqual(['hello', 'tram']);
  });
});
