import { describe, expect, it } from 'vitest';
import { quantizeRows, rowOf } from '../../src/search/quantized-rows.ts';

describe('quantized weights', () => {
  it('differ from the original by less than half a hundredth of the largest of their row', () => {
    const rows = [
      [0.5, -3, 0.01],
      [0, 0, 0],
      [100, 50, -25],
    ];
    const quantized = quantizeRows(new Float32Array(rows.flat()), 3);
    rows.forEach((row, r) => {
      const largest = Math.max(...row.map(Math.abs));
      rowOf(quantized, r, 3).forEach((weight, i) => {
        expect(Math.abs(weight - (row[i] ?? 0))).toBeLessThanOrEqual(largest / 200);
      });
    });
  });
});
