// Multinomial logistic regression on sparse vectors: which of many classes a text belongs to.
import { createShuffler } from './shuffle.ts';
import type { Vector } from './vector-space.ts';

export interface LabeledVector {
  readonly vector: Vector;
  /** The number of its class. */
  readonly label: number;
  /** How far the example is to be trusted; 1 is a question that a member asks. */
  readonly weight: number;
}

/** Each class starts from the sum of its examples, times this: it saves two rounds. */
const INITIAL_STEP = 0.5;
const EPOCHS = 2;
/** The first step's size; steps shrink to nothing, evenly. */
const LEARNING_RATE = 3;
/** What the other classes share of an example: its author may have been wrong, and a class that is sure learns less. */
const LABEL_SMOOTHING = 0.1;
/** A class that is wrong by less is left alone: after the first round that is nearly all of them. */
const SMALLEST_ERROR = 0.02;

/**
 * The weights of every feature for every class, row by row of features, by stochastic gradient descent. Two rounds
 * are few on purpose: stopping early does what a penalty on the weights would do.
 * Yields after each round, so that a caller can let others work in between.
 * @param size how many features there are
 * @param classes how many classes there are
 */
export function* trainSoftmax(
  examples: readonly LabeledVector[],
  size: number,
  classes: number,
): Generator<undefined, Float32Array> {
  const weights = new Float32Array(size * classes);
  const scores = new Float64Array(classes);
  const wrong = new Int32Array(classes);
  const steps = new Float64Array(classes);
  const total = EPOCHS * examples.length;
  const mix = createShuffler(examples);
  for (const { vector, label: kind, weight } of examples) {
    wrong[0] = kind;
    steps[0] = INITIAL_STEP * weight;
    move(vector, weights, classes, wrong.subarray(0, 1), steps);
  }
  let step = 0;
  for (let round = 0; round < EPOCHS; round++) {
    for (const { vector, label: kind, weight } of mix()) {
      const rate = LEARNING_RATE * weight * (1 - step++ / total);
      scoreClasses(vector, weights, scores);
      softmaxInPlace(scores);
      let count = 0;
      for (let c = 0; c < classes; c++) {
        const error = (scores[c] ?? 0) - (c === kind ? 1 - LABEL_SMOOTHING : 0) - LABEL_SMOOTHING / classes;
        if (Math.abs(error) < SMALLEST_ERROR) continue;
        wrong[count] = c;
        steps[count++] = -rate * error;
      }
      move(vector, weights, classes, wrong.subarray(0, count), steps);
    }
    yield undefined;
  }
  return weights;
}

/** The scores of a vector for every class, written into `scores`. */
export function scoreClasses({ features, values }: Vector, weights: Float32Array, scores: Float64Array): void {
  scores.fill(0);
  const classes = scores.length;
  for (let i = 0; i < features.length; i++) {
    const value = values[i] ?? 0;
    const row = (features[i] ?? 0) * classes;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + value * (weights[row + c] ?? 0);
  }
}

/** Scores → shares that sum to 1, in place. */
export function softmaxInPlace(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < scores.length; c++) highest = Math.max(highest, scores[c] ?? 0);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const share = Math.exp((scores[c] ?? 0) - highest);
    scores[c] = share;
    sum += share;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
}

/** Moves the weights of a vector's features for the classes that were wrong; features outside, as rows lie together. */
function move(vector: Vector, weights: Float32Array, classes: number, wrong: Int32Array, steps: Float64Array): void {
  const { features, values } = vector;
  for (let i = 0; i < features.length; i++) {
    const value = values[i] ?? 0;
    const row = (features[i] ?? 0) * classes;
    for (let k = 0; k < wrong.length; k++) {
      const at = row + (wrong[k] ?? 0);
      weights[at] = (weights[at] ?? 0) + value * (steps[k] ?? 0);
    }
  }
}
