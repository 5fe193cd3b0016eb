// Ridge regression on sparse vectors, against solutions that can be computed by hand.
import { describe, expect, it } from 'vitest';
import { trainRidge } from '../../src/search/ridge-regression.ts';
import type { Vector } from '../../src/search/vector-space.ts';
import { toEnd } from '../../src/slices.ts';

/** A text with one feature. */
const only = (feature: number, value = 1): Vector => ({
  features: new Int32Array([feature]),
  values: new Float32Array([value]),
  squaredLength: value * value,
});

const train = (...given: Parameters<typeof trainRidge>): Float32Array => toEnd(trainRidge(...given));

describe('ridge regression', () => {
  it('shrinks the weight of a single example by the penalty of 0.3: w = x · y / (x² + 0.3)', () => {
    const weights = train(
      [
        { vector: only(0), target: 1, weight: 1 },
        { vector: only(1, 2), target: -1, weight: 1 },
      ],
      3,
    );
    expect(weights).toHaveLength(3);
    expect(weights[0]).toBeCloseTo(1 / 1.3, 6);
    expect(weights[1]).toBeCloseTo(-2 / 4.3, 6);
    expect(weights[2]).toBe(0);
  });

  it('shrinks less reliable examples more: a weight of 0.5 doubles the penalty', () => {
    const weights = train([{ vector: only(0), target: 1, weight: 0.5 }], 1);
    expect(weights[0]).toBeCloseTo(1 / 1.6, 6);
  });

  it('is near the exact solution for examples with a common feature after six epochs', () => {
    const examples = [
      { vector: only(0), target: 1, weight: 1 },
      { vector: only(0), target: -0.5, weight: 0.5 },
    ];
    // Weighted least squares: Σ weight · target / (Σ weight + 0.3).
    const exact = 0.75 / 1.8;
    const weight = train(examples, 1)[0] ?? 0;
    expect(Math.abs(weight - exact)).toBeLessThan(0.05);
    expect(weight).toBeCloseTo(0.37771, 5);
  });

  it('pauses after each of six epochs', () => {
    expect([...trainRidge([{ vector: only(0), target: 1, weight: 1 }], 1)]).toHaveLength(6);
  });

  it('is zero without examples', () => {
    expect([...train([], 2)]).toEqual([0, 0]);
  });
});
