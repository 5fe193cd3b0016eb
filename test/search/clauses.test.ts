// Splitting a question into clauses, and a long one into parts.
import { describe, expect, it } from 'vitest';
import { questionParts, splitClauses } from '../../src/search/clauses.ts';

describe('clauses', () => {
  const split = (text: string) => splitClauses(text).map((clause) => clause.trim());

  it.each([
    ['end at punctuation before a space', 'Hi, all. One: two', ['Hi', 'all', 'One', 'two']],
    ['end at punctuation at the end of the text', 'One.', ['One']],
    ['end at marks that need no space', 'One!Two?Three;Four…Five|Six', ['One', 'Two', 'Three', 'Four', 'Five', 'Six']],
    ['end at lines', 'One\ntwo', ['One', 'two']],
    [
      'end at brackets and quotes',
      'One (two) [three] {four} "five" “six” «seven» „eight“',
      ['One', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
    ],
    ['end at dashes between spaces', 'One - two – three — four -- five', ['One', 'two', 'three', 'four', 'five']],
    [
      'end at Arabic, Urdu and Indic punctuation',
      'واحد؟ دو، تین؛ چار۔ एक। दो',
      ['واحد', 'دو', 'تین', 'چار', 'एक', 'दो'],
    ],
    [
      'keep addresses, numbers, times and compounds',
      'upwork.com at 1.5 or 1,000 by 10:30, twenty-one',
      ['upwork.com at 1.5 or 1,000 by 10:30', 'twenty-one'],
    ],
    ['keep apostrophes', "I don't", ["I don't"]],
    ['are never blank', ' . ?! () \n — ', []],
    ['are missing in no text', '', []],
  ])('%s', (_, text, clauses) => {
    expect(split(text)).toEqual(clauses);
  });

  it('are found in linear time', () => {
    const start = performance.now();
    for (const text of [' -'.repeat(50_000), ' - '.repeat(50_000), '-'.repeat(50_000), '.'.repeat(50_000)])
      splitClauses(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('the parts of a question', () => {
  /** Words in capitals say what it is about. */
  const countOf = (words: readonly string[]) => words.filter((word) => word === word.toUpperCase()).length;
  const partsOf = (...clauses: string[]) =>
    questionParts(
      clauses.map((clause) => clause.split(' ')),
      countOf,
    ).map((words) => words.join(' '));
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => String(from + i)).join(' ');

  it.each([
    ['are its clauses if each has three words that say something', ['A the B C', 'D E F'], ['A the B C', 'D E F']],
    ['join a short clause with the next ones', ['A the', 'of B', 'C', 'D E F'], ['A the of B C', 'D E F']],
    ['join a short clause at the end with the one before it', ['A B C', 'D E'], ['A B C D E']],
    ['are one part if all clauses are short', ['A', 'the'], ['A the']],
  ])('%s', (_, clauses, parts) => {
    expect(partsOf(...clauses)).toEqual(parts);
  });

  it('are none without clauses', () => {
    expect(partsOf()).toEqual([]);
  });

  it('are overlapping halves of a clause with more than 14 words that say something', () => {
    expect(partsOf(numbers(1, 14))).toEqual([numbers(1, 14)]);
    expect(partsOf(numbers(1, 15))).toEqual([numbers(1, 10), numbers(6, 15)]);
    expect(partsOf(`${numbers(1, 14)} the`)).toEqual([`${numbers(1, 14)} the`]);
  });

  it('are more windows of a longer clause, of 14 such words at most', () => {
    expect(partsOf(numbers(1, 28))).toEqual([numbers(1, 14), numbers(8, 21), numbers(15, 28)]);
    const windows = questionParts([numbers(1, 80).split(' ')], countOf);
    expect(Math.max(...windows.map((words) => words.length))).toBeLessThanOrEqual(14);
    expect(new Set(windows.flat()).size).toBe(80);
  });
});
