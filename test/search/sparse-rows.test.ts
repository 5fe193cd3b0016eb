// Weights in one byte each, without zeros.
import { describe, expect, it } from 'vitest';
import { compressRows, rowOf, scoreColumns } from '../../src/search/sparse-rows.ts';

const ROWS = [
  [1.01, -3, 0.01],
  [0, 0, 0],
  [127, 50.4, -25.6],
];
const compressed = compressRows(new Float32Array(ROWS.flat()), 3);

describe('compressed weights', () => {
  it('are rounded to the nearest of 127 steps up to the largest weight of their row, and are left out at 0', () => {
    expect([...compressed.values]).toEqual([43, -127, 127, 50, -26]);
    expect([...compressed.columns]).toEqual([0, 1, 0, 1, 2]);
    expect([...compressed.starts]).toEqual([0, 2, 2, 5]);
    expect(compressed.scales).toHaveLength(3);
    [3 / 127, 0, 1].forEach((scale, row) => {
      expect(compressed.scales[row]).toBeCloseTo(scale, 6);
    });
  });

  it('are read row by row', () => {
    [
      [(43 * 3) / 127, -3, 0],
      [0, 0, 0],
      [127, 50, -26],
    ].forEach((expected, row) => {
      const weights = rowOf(compressed, row, 3);
      expect(weights).toHaveLength(3);
      weights.forEach((weight, i) => {
        expect(weight).toBeCloseTo(expected[i] ?? 0, 5);
      });
    });
  });

  it('score a vector in each column', () => {
    const scores = new Float64Array([5, 5, 5]);
    const vector = { features: new Int32Array([0, 2]), values: new Float32Array([2, 0.5]), squaredLength: 4.25 };
    scoreColumns(vector, compressed, scores);
    expect(scores[0]).toBeCloseTo((2 * 43 * 3) / 127 + 63.5, 4);
    expect(scores[1]).toBeCloseTo(2 * -3 + 25, 4);
    expect(scores[2]).toBeCloseTo(-13, 4);
  });

  it('have as many columns as they need', () => {
    const wide = new Float32Array(600);
    wide.set([1, -1], 298);
    const rows = compressRows(wide, 300);
    expect([...rows.columns]).toEqual([298, 299]);
    expect(rowOf(rows, 0, 300).slice(297)).toEqual([0, expect.closeTo(1), expect.closeTo(-1)]);
    expect(rowOf(rows, 1, 300).every((weight) => weight === 0)).toBe(true);
  });
});
