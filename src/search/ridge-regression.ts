// Ridge regression on sparse vectors: a linear estimate of one number.
import { createShuffler } from './shuffle.ts';
import { addScaled, dot, type Vector } from './vector-space.ts';

export interface RegressionExample {
  readonly vector: Vector;
  /** The value to estimate. */
  readonly target: number;
  /** How far the example is to be trusted; 1 is a question that a member asks. */
  readonly weight: number;
}

/** The penalty on large weights. */
const RIDGE = 0.3;
const EPOCHS = 6;

/**
 * Trains a weight for every feature so that the examples come near their targets: (K + RIDGE / weight) α = y, solved
 * by Gauss-Seidel steps on the dual.
 *
 * Each step sets one example's α exactly while the others are held (Shalev-Shwartz & Zhang, "Stochastic Dual
 * Coordinate Ascent Methods", JMLR 14, 2013). The time of an epoch grows with the vectors, that of factorizing K with
 * the cube of the examples.
 * @param size how many features there are
 */
export function trainRidge(examples: readonly RegressionExample[], size: number): Float32Array {
  const weights = new Float32Array(size);
  const duals = new Float64Array(examples.length);
  const shuffle = createShuffler([...examples.entries()]);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const [i, { vector, target, weight }] of shuffle()) {
      const ridge = RIDGE / weight;
      const dual = duals[i] ?? 0;
      const change = (target - dot(vector, weights) - ridge * dual) / (vector.squaredLength + ridge);
      duals[i] = dual + change;
      addScaled(vector, change, weights);
    }
  }
  return weights;
}
