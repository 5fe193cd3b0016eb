// Softmax regression on sparse vectors, against steps that can be computed by hand.
import { describe, expect, it } from 'vitest';
import { scoreClasses, softmaxInPlace, trainSoftmax } from '../../src/search/softmax-regression.ts';
import type { Vector } from '../../src/search/vector-space.ts';

const only = (feature: number, value = 1): Vector => ({
  features: new Int32Array([feature]),
  values: new Float32Array([value]),
  squaredLength: value * value,
});

function train(...[examples, size, classes]: Parameters<typeof trainSoftmax>): { weights: number[]; pauses: number } {
  const steps = trainSoftmax(examples, size, classes);
  for (let pauses = 0; ; pauses++) {
    const { done, value } = steps.next();
    if (done) return { weights: [...value], pauses };
  }
}

/** Rates of the steps for one example: one in each of four epochs. */
const RATES = [3, 2.25, 1.5, 0.75];
/** Of the right one of two classes: a fifth is spread over both. */
const TARGET = 0.9;
/** The share of the first of two classes. */
const sigmoid = (difference: number) => 1 / (1 + Math.exp(-difference));

describe('training a softmax regression', () => {
  it.each([1, 0.5])('starts from the sum of the examples and takes four falling steps (weight %d)', (weight) => {
    // Two classes and one example of the first.
    let [first, second] = [0.5 * weight, 0];
    for (const rate of RATES) {
      const error = sigmoid(first - second) - TARGET;
      if (Math.abs(error) < 0.02) continue;
      first -= rate * weight * error;
      second += rate * weight * error;
    }
    const { weights } = train([{ vector: only(1), label: 0, weight }], 2, 2);
    expect(weights).toHaveLength(4);
    expect(weights.slice(0, 2)).toEqual([0, 0]);
    expect(weights[2]).toBeCloseTo(first, 5);
    expect(weights[3]).toBeCloseTo(second, 5);
  });

  it('multiplies each step by the value of the feature', () => {
    const value = 0.5;
    let [first, second] = [0, 0.5 * value];
    for (const rate of RATES) {
      const error = sigmoid(value * (second - first)) - TARGET;
      if (Math.abs(error) < 0.02) continue;
      first += rate * error * value;
      second -= rate * error * value;
    }
    const { weights } = train([{ vector: only(0, value), label: 1, weight: 1 }], 1, 2);
    expect(weights[0]).toBeCloseTo(first, 5);
    expect(weights[1]).toBeCloseTo(second, 5);
  });

  // After the start the score of the first class is 0.5 · value².
  const valueFor = (share: number) => Math.sqrt(2 * Math.log(share / (1 - share)));

  it('skips an error below 0.02', () => {
    const value = valueFor(0.882);
    const { weights } = train([{ vector: only(0, value), label: 0, weight: 1 }], 1, 2);
    expect(weights[0]).toBeCloseTo(0.5 * value, 5);
    expect(weights[1]).toBe(0);
  });

  it.each([0.878, 0.922])('corrects an error above 0.02 (a share of %d)', (share) => {
    const { weights } = train([{ vector: only(0, valueFor(share)), label: 0, weight: 1 }], 1, 2);
    expect(Math.sign(weights[1] ?? 0)).toBe(share < TARGET ? -1 : 1);
  });

  it('changes only the classes with an error above 0.02', () => {
    // Its target among twelve classes is 0.8167, and that of each other class a twelfth of a fifth.
    const share = 0.8377;
    const value = Math.sqrt(2 * Math.log((11 * share) / (1 - share)));
    const { weights } = train([{ vector: only(0, value), label: 0, weight: 1 }], 1, 12);
    expect(weights.slice(1)).toEqual(Array.from({ length: 11 }, () => 0));
    expect(Math.abs((weights[0] ?? 0) - 0.5 * value)).toBeGreaterThan(0.01);
  });

  it('learns the same from the same examples, in an order of its own', () => {
    const examples = [
      { vector: only(0), label: 0, weight: 1 },
      { vector: only(0), label: 1, weight: 0.5 },
      { vector: only(1), label: 2, weight: 1 },
    ];
    const { weights } = train(examples, 2, 3);
    expect(weights.map((weight) => Number(weight.toFixed(4)))).toEqual([
      1.3621, 0.1204, -0.6996, -0.611, -0.611, 1.7705,
    ]);
  });

  it('pauses after every 200 examples, counted over its four epochs', () => {
    const pauses = (count: number) => {
      const examples = Array.from({ length: count }, () => ({ vector: only(0), label: 0, weight: 1 }));
      return train(examples, 1, 2).pauses;
    };
    expect([0, 49, 50, 99, 100].map(pauses)).toEqual([0, 0, 1, 1, 2]);
  });

  it('learns nothing without examples', () => {
    expect(train([], 1, 2).weights).toEqual([0, 0]);
  });
});

describe('scoring classes', () => {
  const vector: Vector = { features: new Int32Array([0, 2]), values: new Float32Array([0.5, 2]), squaredLength: 4.25 };

  it('sums the weights of the features, and replaces what was in the scores', () => {
    const scores = new Float64Array([7, 7]);
    scoreClasses(vector, new Float32Array([2, 4, 100, 100, -1, 3]), scores);
    expect([...scores]).toEqual([-1, 8]);
  });
});

describe('softmax', () => {
  const softmax = (...scores: number[]) => {
    const array = new Float64Array(scores);
    softmaxInPlace(array);
    return [...array];
  };

  it('turns scores into probabilities in the ratio of their exponentials', () => {
    const [a = 0, b = 0, c = 0] = softmax(Math.log(1), Math.log(2), Math.log(5));
    expect(a).toBeCloseTo(0.125, 12);
    expect(b).toBeCloseTo(0.25, 12);
    expect(c).toBeCloseTo(0.625, 12);
  });

  it.each([
    [1000, 1000],
    [-1000, -1000],
  ])('takes scores of any size, such as %d', (...scores) => {
    expect(softmax(...scores)).toEqual([0.5, 0.5]);
  });
});
