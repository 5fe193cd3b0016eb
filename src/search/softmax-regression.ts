// Softmax regression (multinomial logistic regression) on sparse vectors: which class a text belongs to.
import { createShuffler } from './shuffle.ts';
import type { Vector } from './vector-space.ts';

interface LabeledVector {
  readonly vector: Vector;
  /** The index of its class. */
  readonly label: number;
  /** How reliable the example is; 1 for an example question. */
  readonly weight: number;
}

/** Each class starts from the sum of its examples, times this: it saves two epochs. */
const INITIAL_STEP = 0.5;
/** Few on purpose: stopping early does what a penalty on the weights would do. */
const EPOCHS = 4;
/** The size of the first step; it falls to zero linearly. */
const LEARNING_RATE = 3;
/** The part of an example's target that is spread over all classes: the author may have been wrong. */
const LABEL_SMOOTHING = 0.2;
/** How many examples one step handles. */
const STEP_SIZE = 200;
/** A class with a smaller error is skipped: after the first epoch that is nearly all of them. */
const MIN_ERROR = 0.02;

/**
 * Trains a weight for every feature and class, one row for each feature, by stochastic gradient descent. Yields every few
 * hundred examples, so that a caller can let other work run.
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
  const changed = new Int32Array(classes);
  const steps = new Float64Array(classes);
  const total = EPOCHS * examples.length;
  const shuffle = createShuffler(examples);
  for (const { vector, label, weight } of examples) {
    changed[0] = label;
    steps[0] = INITIAL_STEP * weight;
    update(vector, weights, classes, changed.subarray(0, 1), steps);
  }
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { vector, label, weight } of shuffle()) {
      const rate = LEARNING_RATE * weight * (1 - step++ / total);
      scoreClasses(vector, weights, scores);
      softmaxInPlace(scores);
      let count = 0;
      for (let c = 0; c < classes; c++) {
        const target = (c === label ? 1 - LABEL_SMOOTHING : 0) + LABEL_SMOOTHING / classes;
        const error = (scores[c] ?? 0) - target;
        if (Math.abs(error) < MIN_ERROR) continue;
        changed[count] = c;
        steps[count++] = -rate * error;
      }
      update(vector, weights, classes, changed.subarray(0, count), steps);
      if (step % STEP_SIZE === 0) yield undefined;
    }
  }
  return weights;
}

/** Computes the score of a vector for every class. @param scores receives them */
export function scoreClasses({ features, values }: Vector, weights: Float32Array, scores: Float64Array): void {
  scores.fill(0);
  const classes = scores.length;
  for (let i = 0; i < features.length; i++) {
    const feature = features[i] ?? 0;
    const value = values[i] ?? 0;
    const row = feature * classes;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + value * (weights[row + c] ?? 0);
  }
}

/** Turns scores into probabilities, which sum to 1, in place. */
export function softmaxInPlace(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < scores.length; c++) highest = Math.max(highest, scores[c] ?? 0);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const exponential = Math.exp((scores[c] ?? 0) - highest);
    scores[c] = exponential;
    sum += exponential;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
}

/** Changes the weights of a vector's features for some classes. Features are the outer loop, because each has a row. */
function update(
  vector: Vector,
  weights: Float32Array,
  classes: number,
  changed: Int32Array,
  steps: Float64Array,
): void {
  const { features, values } = vector;
  for (let i = 0; i < features.length; i++) {
    const value = values[i] ?? 0;
    const row = (features[i] ?? 0) * classes;
    for (let k = 0; k < changed.length; k++) {
      const at = row + (changed[k] ?? 0);
      weights[at] = (weights[at] ?? 0) + value * (steps[k] ?? 0);
    }
  }
}
