// Weights in one byte each.
import { describe, expect, it } from 'vitest';
import { quantizeRows, rowOf } from '../../src/search/quantized-rows.ts';

const ROWS = [
  [1.01, -3, 0.01],
  [0, 0, 0],
  [127, 50.4, -25.6],
];
const quantized = quantizeRows(new Float32Array(ROWS.flat()), 3);

describe('quantized weights', () => {
  it('are rounded to the nearest of 127 steps up to the largest weight of their row', () => {
    expect([...quantized.values]).toEqual([43, -127, 0, 0, 0, 0, 127, 50, -26]);
    expect(quantized.scales).toHaveLength(3);
    [3 / 127, 0, 1].forEach((scale, row) => {
      expect(quantized.scales[row]).toBeCloseTo(scale, 6);
    });
  });

  it('are read row by row', () => {
    [
      [(43 * 3) / 127, -3, 0],
      [0, 0, 0],
      [127, 50, -26],
    ].forEach((expected, row) => {
      const weights = rowOf(quantized, row, 3);
      expect(weights).toHaveLength(3);
      weights.forEach((weight, i) => {
        expect(weight).toBeCloseTo(expected[i] ?? 0, 5);
      });
    });
  });
});
