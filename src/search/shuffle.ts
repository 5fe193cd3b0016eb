// Orders that look random and are the same in every run: learning needs mixed examples, tests need equal results.

/** Gives, each time it is called, the items in another order; the orders are the same for every mixer. */
export function createShuffler<T>(items: readonly T[]): () => readonly T[] {
  const mixed = [...items];
  let state = 1;
  const below = (limit: number): number => {
    // The constants of "Numerical Recipes"; its upper bits are the good ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return () => {
    // Fisher and Yates's shuffle.
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = below(i + 1);
      const [one, other] = [mixed[i], mixed[j]];
      if (one === undefined || other === undefined) continue;
      mixed[i] = other;
      mixed[j] = one;
    }
    return mixed;
  };
}
