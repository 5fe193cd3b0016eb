// Ranking names for a text that is being typed: exact, beginning, words, inside, typing errors.
import { distance } from 'fastest-levenshtein';

export interface AutocompleteEntry<T> {
  readonly name: string;
  /** Other names by which it is found. */
  readonly aliases?: readonly string[];
  readonly value: T;
}

/** Names made ready to be searched at every key that is pressed. */
export interface Autocomplete<T> {
  /**
   * The candidates that fit a text, best first; among equals their given order holds. All of them for an empty text.
   * @param text what was typed, of any length
   * @param limit how many are wanted
   */
  find(text: string, limit: number): T[];
}

interface Entry<T> {
  readonly names: readonly { readonly text: string; readonly words: readonly string[] }[];
  readonly value: T;
}

const LONGEST_TEXT = 200;

/** Prepares candidates, in the order in which equals shall be found. */
export function createAutocomplete<T>(candidates: Iterable<AutocompleteEntry<T>>): Autocomplete<T> {
  const entries: Entry<T>[] = [];
  for (const { name, aliases = [], value } of candidates) {
    const names = [name, ...aliases].map(fold).map((text) => ({ text, words: text.split(' ') }));
    entries.push({ names, value });
  }
  return {
    find(text, limit) {
      const typed = fold(text.slice(0, LONGEST_TEXT));
      if (typed === '') return entries.slice(0, limit).map(({ value }) => value);
      const words = typed.split(' ');
      const tiers: Entry<T>[][] = [[], [], [], []];
      for (const entry of entries) tiers[tierOf(entry, typed, words)]?.push(entry);
      const found = tiers.flat();
      // Typing errors are the dearest to look for, and wanted only where nothing fits as it stands.
      const list = found.length > 0 ? found : entries.filter((entry) => hasTypo(entry, words));
      return list.slice(0, limit).map(({ value }) => value);
    },
  };
}

/** 0 exact, 1 its beginning, 2 beginnings of its words, 3 inside; 4 for no fit. The best of its names counts. */
function tierOf<T>({ names }: Entry<T>, typed: string, words: readonly string[]): number {
  let best = 4;
  for (const name of names) {
    if (name.text === typed) return 0;
    if (name.text.startsWith(typed)) best = Math.min(best, 1);
    else if (best > 2 && words.every((word) => name.words.some((part) => part.startsWith(word)))) best = 2;
    else if (best > 3 && words.every((word) => name.text.includes(word))) best = 3;
  }
  return best;
}

function hasTypo<T>({ names }: Entry<T>, words: readonly string[]): boolean {
  return names.some((name) => words.every((word) => name.words.some((part) => isNear(word, part))));
}

/** One error in words of four letters, two in words of eight; the first letter is seldom the wrong one. */
function isNear(word: string, part: string): boolean {
  if (part.startsWith(word)) return true;
  const errors = Math.min(2, Math.floor(word.length / 4));
  if (errors === 0 || word[0] !== part[0] || Math.abs(word.length - part.length) > errors) return false;
  return distance(word, part) <= errors;
}

/** Small letters without accents or punctuation, words apart by single blanks. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
