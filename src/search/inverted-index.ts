// An inverted index: which documents hold a term.

/** How many documents a search looks at further, those with the highest shares first. */
const MAX_CANDIDATES = 50;

/**
 * Documents by the terms that they hold. Written by hand because a search must take a millisecond with 10,000
 * documents and common words: MiniSearch builds and sorts an object for each document that holds any word of the
 * question, which took 20 ms; here it is one addition.
 */
export class InvertedIndex {
  readonly #slots = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #terms: (readonly string[])[] = [];
  readonly #free: number[] = [];
  readonly #lists = new Map<string, Set<number>>();

  /** Takes in a document, in place of the one with the same name. Empty terms are left out. */
  put(name: string, terms: readonly string[]): void {
    this.remove(name);
    const slot = this.#free.pop() ?? this.#names.length;
    const unique = [...new Set(terms)].filter((term) => term !== '');
    this.#slots.set(name, slot);
    this.#names[slot] = name;
    this.#terms[slot] = unique;
    for (const term of unique) {
      const list = this.#lists.get(term);
      if (list) list.add(slot);
      else this.#lists.set(term, new Set([slot]));
    }
  }

  /** Forgets a document; nothing happens where there is none. */
  remove(name: string): void {
    const slot = this.#slots.get(name);
    if (slot === undefined) return;
    for (const term of this.#terms[slot] ?? []) {
      const list = this.#lists.get(term);
      list?.delete(slot);
      if (list?.size === 0) this.#lists.delete(term);
    }
    this.#terms[slot] = [];
    this.#slots.delete(name);
    this.#free.push(slot);
  }

  /** What a term counts for: the logarithm of how many times more documents there are than hold it. */
  idf(term: string): number {
    return Math.log(1 + this.#slots.size / (this.#lists.get(term)?.size ?? 0.5));
  }

  /**
   * For the documents that hold most of some terms, what share of them they hold, 0 to 1, rare terms counting more.
   * @param terms without repetitions
   */
  shares(terms: readonly string[]): Map<string, number> {
    const sums = new Float64Array(this.#names.length);
    let whole = 0;
    for (const term of terms) {
      const rarity = this.idf(term);
      whole += rarity;
      for (const slot of this.#lists.get(term) ?? []) sums[slot] = (sums[slot] ?? 0) + rarity;
    }
    return new Map(highest(sums, MAX_CANDIDATES).map((slot) => [this.#names[slot] ?? '', (sums[slot] ?? 0) / whole]));
  }
}

/** Where the highest values above 0 stand, highest first; among equals the earlier one. */
function highest(values: Float64Array, limit: number): number[] {
  const best: number[] = [];
  let least = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (value <= least) continue;
    let place = best.length;
    while (place > 0 && value > (values[best[place - 1] ?? 0] ?? 0)) place--;
    best.splice(place, 0, at);
    if (best.length > limit) best.pop();
    if (best.length === limit) least = values[best.at(-1) ?? 0] ?? 0;
  }
  return best;
}
