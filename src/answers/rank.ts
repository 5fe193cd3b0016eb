// Ranking names for a text that is being typed: exact, beginning, words, inside, typing errors.
import { distance } from 'fastest-levenshtein';

export interface Named<T> {
  readonly name: string;
  /** Other names by which it is found. */
  readonly aliases?: readonly string[];
  readonly value: T;
}

const RANK = { exact: 0, beginning: 1, words: 2, inside: 3, typo: 4 } as const;

/**
 * The candidates that fit a text, best first; among equals their given order holds. All of them for an empty text.
 * @param text what was typed, of any length
 * @param limit how many are wanted
 */
export function rank<T>(text: string, candidates: readonly Named<T>[], limit: number): Named<T>[] {
  const typed = fold(text.slice(0, 200));
  if (typed === '') return candidates.slice(0, limit);
  const words = typed.split(' ');
  const buckets: Named<T>[][] = [[], [], [], [], []];
  for (const candidate of candidates) {
    const best = Math.min(
      ...[candidate.name, ...(candidate.aliases ?? [])].map((name) => nearness(typed, words, fold(name))),
    );
    if (Number.isFinite(best)) buckets[best]?.push(candidate);
  }
  return buckets.flat().slice(0, limit);
}

function nearness(typed: string, words: readonly string[], name: string): number {
  if (name === typed) return RANK.exact;
  if (name.startsWith(typed)) return RANK.beginning;
  const parts = name.split(' ');
  if (words.every((word) => parts.some((part) => part.startsWith(word)))) return RANK.words;
  if (words.every((word) => name.includes(word))) return RANK.inside;
  if (words.every((word) => parts.some((part) => isTypo(word, part)))) return RANK.typo;
  return Number.POSITIVE_INFINITY;
}

/** One error in words of four letters, two in words of eight. */
function isTypo(word: string, part: string): boolean {
  if (word === part) return true;
  const errors = Math.floor(word.length / 4);
  return errors > 0 && Math.abs(word.length - part.length) <= 2 && distance(word, part) <= Math.min(errors, 2);
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
