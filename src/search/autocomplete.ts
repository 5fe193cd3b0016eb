// Ranks names for a text that is being typed: exact, prefix, prefixes of words, substring, typing errors.
import { distance } from 'fastest-levenshtein';

export interface AutocompleteEntry<T> {
  readonly name: string;
  /** Other names by which it is found. */
  readonly aliases?: readonly string[];
  readonly value: T;
}

/** Names that are prepared to be searched at every keystroke. */
export interface Autocomplete<T> {
  /**
   * The values that match a text, best first; equally good ones keep their order. All for an empty text.
   * @param text what was typed, of any length
   */
  find(text: string, limit: number): T[];
}

interface PreparedEntry<T> {
  readonly names: readonly { readonly text: string; readonly words: readonly string[] }[];
  readonly value: T;
}

const MAX_TEXT_LENGTH = 200;

/** Prepares entries. Their order decides between equally good ones. */
export function createAutocomplete<T>(given: Iterable<AutocompleteEntry<T>>): Autocomplete<T> {
  const entries: PreparedEntry<T>[] = [];
  for (const { name, aliases = [], value } of given) {
    const names = [name, ...aliases].map(fold).map((text) => ({ text, words: text.split(' ') }));
    entries.push({ names, value });
  }
  return {
    find(text, limit) {
      const typed = fold(text.slice(0, MAX_TEXT_LENGTH));
      if (typed === '') return entries.slice(0, limit).map(({ value }) => value);
      const words = typed.split(' ');
      const tiers: PreparedEntry<T>[][] = [[], [], [], []];
      for (const entry of entries) tiers[tierOf(entry, typed, words)]?.push(entry);
      const matches = tiers.flat();
      // Typing errors take the longest to find, and are wanted only if nothing matches as typed.
      const found = matches.length > 0 ? matches : entries.filter((entry) => matchesWithErrors(entry, words));
      return found.slice(0, limit).map(({ value }) => value);
    },
  };
}

/** 0 exact, 1 prefix, 2 prefixes of its words, 3 substring, 4 no match. The best of the names counts. */
function tierOf<T>({ names }: PreparedEntry<T>, typed: string, words: readonly string[]): number {
  let best = 4;
  for (const name of names) {
    if (name.text === typed) return 0;
    if (name.text.startsWith(typed)) best = Math.min(best, 1);
    else if (best > 2 && words.every((word) => name.words.some((part) => part.startsWith(word)))) best = 2;
    else if (best > 3 && words.every((word) => name.text.includes(word))) best = 3;
  }
  return best;
}

function matchesWithErrors<T>({ names }: PreparedEntry<T>, words: readonly string[]): boolean {
  return names.some((name) => words.every((word) => name.words.some((part) => isSimilar(word, part))));
}

/** One error in words of four letters, two in words of eight; the first letter is rarely wrong. */
function isSimilar(word: string, part: string): boolean {
  if (part.startsWith(word)) return true;
  const errors = Math.min(2, Math.floor(word.length / 4));
  if (errors === 0 || word[0] !== part[0] || Math.abs(word.length - part.length) > errors) return false;
  return distance(word, part) <= errors;
}

/** A text in lower case without accents or punctuation, its words separated by single spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
