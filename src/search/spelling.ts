// Corrects misspelled words to words of the search's vocabulary.
import { distance } from 'fastest-levenshtein';
import { getOrInsert } from '../get-or-insert.ts';

/** Shorter words are not corrected: too many others differ by one letter. */
const MIN_LENGTH = 4;
const MAX_LENGTH = 24;
const MARKS = /\p{M}+/gu;
/** Words of this length and longer may have two errors. */
const LONG = 8;

export interface Speller {
  /** Whether the vocabulary has a word. */
  knows(word: string): boolean;
  /** The nearest word of the vocabulary, the more frequent of two; the word itself if it is known or none is near. */
  correct(word: string): string;
}

/** How often each word is in a list. */
export function wordCounts(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** A speller for a vocabulary. @param counts how often each word is used */
export function createSpeller(counts: ReadonlyMap<string, number>): Speller {
  // The first letter is rarely wrong, and comparing only these words saves time.
  const byFirstLetter = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (lettersOf(word) >= MIN_LENGTH) getOrInsert(byFirstLetter, word.slice(0, 1), () => []).push(word);
  }
  const correct = (word: string): string => {
    if (counts.has(word) || word.length > MAX_LENGTH || lettersOf(word) < MIN_LENGTH) return word;
    let best = word;
    let fewest = lettersOf(word) >= LONG ? 2.5 : 1.5;
    for (const candidate of byFirstLetter.get(word.slice(0, 1)) ?? []) {
      if (Math.abs(candidate.length - word.length) > 2) continue;
      const errors = errorsBetween(word, candidate);
      const isMoreFrequent = (counts.get(candidate) ?? 0) > (counts.get(best) ?? 0);
      if (errors < fewest || (errors === fewest && isMoreFrequent)) {
        best = candidate;
        fewest = errors;
      }
    }
    return best;
  };
  return { knows: (word) => counts.has(word), correct };
}

/** Letters without vowel signs: in Devanagari and Bengali they are characters of their own. */
function lettersOf(word: string): number {
  return word.replace(MARKS, '').length;
}

/** The edit distance, where two swapped neighbors are one error. */
function errorsBetween(word: string, candidate: string): number {
  const errors = distance(word, candidate);
  return errors === 2 && word.length === candidate.length && isSwap(word, candidate) ? 1 : errors;
}

function isSwap(word: string, candidate: string): boolean {
  let i = 0;
  while (word[i] === candidate[i]) i++;
  return word[i] === candidate[i + 1] && word[i + 1] === candidate[i] && word.slice(i + 2) === candidate.slice(i + 2);
}
