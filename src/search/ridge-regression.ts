// Ridge regression on sparse vectors: a linear estimate of one number.
import { createShuffler } from './shuffle.ts';
import { addScaled, dot, type Vector } from './vector-space.ts';

interface RegressionExample {
  readonly vector: Vector;
  /** The value to estimate. */
  readonly target: number;
  /** How reliable the example is; 1 for an example question. */
  readonly weight: number;
}

/** The penalty on large weights. */
const RIDGE = 0.3;
const EPOCHS = 6;

/**
 * Trains a weight for every feature, so that the estimates of the examples are near their targets:
 * (K + RIDGE / weight) α = y, solved by Gauss-Seidel steps on the dual.
 *
 * Each step solves for one example's α while the others are fixed (Shalev-Shwartz & Zhang, "Stochastic Dual
 * Coordinate Ascent Methods", JMLR 14, 2013). The time of an epoch grows with the number of nonzero values;
 * factorizing K would take time with the cube of the number of examples. Yields after each epoch.
 * @param size how many features there are
 */
export function* trainRidge(examples: readonly RegressionExample[], size: number): Generator<undefined, Float32Array> {
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
    yield undefined;
  }
  return weights;
}
