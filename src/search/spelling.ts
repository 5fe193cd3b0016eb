// Correcting words to the search's own vocabulary.
import { distance } from 'fastest-levenshtein';

/** Shorter words are left as they are: too many others are one letter away. */
const SHORTEST = 4;
/** From this length on, two errors are forgiven. */
const LONG = 8;

export interface Speller {
  knows(word: string): boolean;
  /** The word itself where it is known or nothing is near; else the nearest known word, the more frequent of equals. */
  correct(word: string): string;
}

/** How often each word stands in a list. */
export function wordCounts(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** A speller for these words. @param counts how often each word is used: it decides between equals */
export function createSpeller(counts: ReadonlyMap<string, number>): Speller {
  // The first letter is seldom wrong, and it keeps the search short.
  const byLetter = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (word.length < SHORTEST) continue;
    const shelf = byLetter.get(word.slice(0, 1));
    if (shelf) shelf.push(word);
    else byLetter.set(word.slice(0, 1), [word]);
  }
  const correct = (word: string): string => {
    if (counts.has(word) || word.length < SHORTEST || word.length > 24) return word;
    let best = word;
    let fewest = word.length >= LONG ? 2.5 : 1.5;
    for (const candidate of byLetter.get(word.slice(0, 1)) ?? []) {
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

/** Letters to change; two neighbours that changed places are one error. */
function errorsBetween(word: string, candidate: string): number {
  const errors = distance(word, candidate);
  return errors === 2 && word.length === candidate.length && isSwap(word, candidate) ? 1 : errors;
}

function isSwap(word: string, candidate: string): boolean {
  let i = 0;
  while (word[i] === candidate[i]) i++;
  return word[i] === candidate[i + 1] && word[i + 1] === candidate[i] && word.slice(i + 2) === candidate.slice(i + 2);
}
