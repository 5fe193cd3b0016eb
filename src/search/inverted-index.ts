// An inverted index: which documents contain a term.
import { getOrInsert } from '../get-or-insert.ts';

/** How many documents a search returns, those with the highest shares first. */
const MAX_RESULTS = 50;

/**
 * Documents by the terms that they contain. Our own, because a search must take a millisecond with 10,000 documents and
 * common words: MiniSearch creates and sorts an object for each document with a word of the question, which took
 * 20 ms; here each costs one addition.
 */
export class InvertedIndex {
  readonly #slots = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #terms: (readonly string[])[] = [];
  readonly #freeSlots: number[] = [];
  readonly #postings = new Map<string, Set<number>>();

  /** Adds a document or replaces the one with the same name. Empty terms are ignored. */
  put(name: string, terms: readonly string[]): void {
    this.remove(name);
    const slot = this.#freeSlots.pop() ?? this.#names.length;
    const unique = [...new Set(terms)].filter((term) => term !== '');
    this.#slots.set(name, slot);
    this.#names[slot] = name;
    this.#terms[slot] = unique;
    for (const term of unique) getOrInsert(this.#postings, term, () => new Set<number>()).add(slot);
  }

  /** Removes a document, if there is one. */
  remove(name: string): void {
    const slot = this.#slots.get(name);
    if (slot === undefined) return;
    for (const term of this.#terms[slot] ?? []) {
      const postings = this.#postings.get(term);
      postings?.delete(slot);
      if (postings?.size === 0) this.#postings.delete(term);
    }
    this.#terms[slot] = [];
    this.#slots.delete(name);
    this.#freeSlots.push(slot);
  }

  /** Inverse document frequency (IDF) of a term: the rarer, the higher. */
  idf(term: string): number {
    return Math.log(1 + this.#slots.size / (this.#postings.get(term)?.size ?? 0.5));
  }

  /**
   * The documents that contain the largest share of the terms, weighted by IDF. Returns name → share, 0 to 1.
   * @param terms without repetitions
   */
  shares(terms: readonly string[]): Map<string, number> {
    const sums = new Float64Array(this.#names.length);
    let total = 0;
    for (const term of terms) {
      const idf = this.idf(term);
      total += idf;
      for (const slot of this.#postings.get(term) ?? []) sums[slot] = (sums[slot] ?? 0) + idf;
    }
    return new Map(highest(sums, MAX_RESULTS).map((slot) => [this.#names[slot] ?? '', (sums[slot] ?? 0) / total]));
  }
}

/** The indices of the highest values above 0, highest first; the earlier one of equal values. */
function highest(values: Float64Array, limit: number): number[] {
  const best: number[] = [];
  let lowest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value <= lowest) continue;
    let rank = best.length;
    while (rank > 0 && value > (values[best[rank - 1] ?? 0] ?? 0)) rank--;
    best.splice(rank, 0, i);
    if (best.length > limit) best.pop();
    if (best.length === limit) lowest = values[best.at(-1) ?? 0] ?? 0;
  }
  return best;
}
