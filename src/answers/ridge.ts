// Ridge regression of many classes at once on sparse vectors.
import type { Vector } from './space.ts';

export interface Example {
  readonly vector: Vector;
  /** The number of its class. */
  readonly kind: number;
  /** How far the example is to be trusted; 1 is a question that a member asks. */
  readonly weight: number;
}

const RIDGE = 0.3;
const ROUNDS = 8;

/**
 * The weights of every feature for every class, row by row of features, such that an example of a class scores near
 * 1 for it and 0 for the others: (K + RIDGE / weight) α = Y, solved by Gauss-Seidel steps on the dual.
 *
 * Each step sets one example's α exactly with the others held (Shalev-Shwartz & Zhang, "Stochastic Dual Coordinate
 * Ascent Methods", JMLR 14, 2013). A round costs what the vectors hold times the classes, where factorizing K costs
 * the cube of the examples; after eight rounds the ranking no longer changes.
 * Yields after each round, so that a caller can let others work in between.
 */
export function* solve(examples: readonly Example[], size: number, classes: number): Generator<undefined, Float32Array> {
  const weights = new Float32Array(size * classes);
  const dual = new Float32Array(examples.length * classes);
  const step = new Float64Array(classes);
  for (let round = 0; round < ROUNDS; round++) {
    examples.forEach(({ vector, kind, weight }, e) => {
      const ridge = RIDGE / weight;
      const scale = 1 / (vector.square + ridge);
      score(vector, weights, step);
      for (let c = 0; c < classes; c++) {
        const at = e * classes + c;
        const now = dual[at] ?? 0;
        const change = ((c === kind ? 1 : 0) - (step[c] ?? 0) - ridge * now) * scale;
        dual[at] = now + change;
        step[c] = change;
      }
      spread(vector, weights, step);
    });
    yield undefined;
  }
  return weights;
}

/** The scores of a vector for every class, written into `scores`. */
export function score({ features, values }: Vector, weights: Float32Array, scores: Float64Array): void {
  scores.fill(0);
  const classes = scores.length;
  for (let i = 0; i < features.length; i++) {
    const value = values[i] ?? 0;
    const row = (features[i] ?? 0) * classes;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + value * (weights[row + c] ?? 0);
  }
}

function spread({ features, values }: Vector, weights: Float32Array, step: Float64Array): void {
  const classes = step.length;
  for (let i = 0; i < features.length; i++) {
    const value = values[i] ?? 0;
    const row = (features[i] ?? 0) * classes;
    for (let c = 0; c < classes; c++) weights[row + c] = (weights[row + c] ?? 0) + value * (step[c] ?? 0);
  }
}
