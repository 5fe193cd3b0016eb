// Pseudo-random orders that are the same in every run: training needs shuffled examples, tests need equal results.

/** Returns a function that returns the items in another order with each call; every shuffler has the same sequence. */
export function createShuffler<T>(items: readonly T[]): () => readonly T[] {
  const shuffled = [...items];
  let state = 1;
  const randomBelow = (limit: number): number => {
    // A linear congruential generator (Press et al., "Numerical Recipes"). Its upper bits are the good ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return () => {
    // Fisher-Yates shuffle.
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = randomBelow(i + 1);
      const [one, other] = [shuffled[i], shuffled[j]];
      if (one === undefined || other === undefined) continue;
      shuffled[i] = other;
      shuffled[j] = one;
    }
    return shuffled;
  };
}
