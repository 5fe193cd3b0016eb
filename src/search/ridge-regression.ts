// Ridge regression on sparse vectors: which way a text leans.
import { createShuffler } from './shuffle.ts';
import { addScaled, dot, type Vector } from './vector-space.ts';

export interface WeightedTarget {
  readonly vector: Vector;
  /** What the text should come to. */
  readonly target: number;
  /** How far the example is to be trusted; 1 is a question that a member asks. */
  readonly weight: number;
}

const RIDGE = 3;
const EPOCHS = 6;

/**
 * The weights of every feature such that the examples come near their targets: (K + RIDGE / weight) α = y, solved by
 * Gauss-Seidel steps on the dual.
 *
 * Each step sets one example's α exactly with the others held (Shalev-Shwartz & Zhang, "Stochastic Dual Coordinate
 * Ascent Methods", JMLR 14, 2013). A round costs what the vectors hold, where factorizing K costs the cube of the
 * examples.
 * @param size how many features there are
 */
export function trainRidge(examples: readonly WeightedTarget[], size: number): Float32Array {
  const weights = new Float32Array(size);
  const dual = new Float64Array(examples.length);
  const mix = createShuffler([...examples.entries()]);
  for (let round = 0; round < EPOCHS; round++) {
    for (const [e, { vector, target, weight }] of mix()) {
      const ridge = RIDGE / weight;
      const now = dual[e] ?? 0;
      const change = (target - dot(vector, weights) - ridge * now) / (vector.square + ridge);
      dual[e] = now + change;
      addScaled(vector, change, weights);
    }
  }
  return weights;
}
