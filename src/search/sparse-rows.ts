// Weights in one byte each, without those that are 0, which are five in six: a tenth of the memory, and the same answers.
import type { Vector } from './vector-space.ts';

/** A matrix of weights, row by row. A weight is its value times the scale of its row; one that is left out is 0. */
export interface SparseRows {
  /** For each row the place of its first value, and at last the number of all values. */
  readonly starts: Uint32Array;
  /** The column of each value. */
  readonly columns: Uint8Array | Uint16Array;
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

const MAX_VALUE = 127;

/** Rounds each weight to one of 255 steps between the largest weight of its row and minus that. */
export function compressRows(weights: Float32Array, columnCount: number): SparseRows {
  const scales = new Float32Array(weights.length / columnCount);
  for (let row = 0; row < scales.length; row++) {
    let largest = 0;
    for (const weight of weights.subarray(row * columnCount, (row + 1) * columnCount)) {
      largest = Math.max(largest, Math.abs(weight));
    }
    scales[row] = largest / MAX_VALUE;
  }
  const rounded = (i: number) => Math.round((weights[i] ?? 0) / (scales[Math.floor(i / columnCount)] || 1));
  let count = 0;
  for (let i = 0; i < weights.length; i++) if (rounded(i) !== 0) count += 1;
  const starts = new Uint32Array(scales.length + 1);
  const columns = columnCount <= 256 ? new Uint8Array(count) : new Uint16Array(count);
  const values = new Int8Array(count);
  let end = 0;
  for (let i = 0; i < weights.length; i++) {
    const value = rounded(i);
    if (value !== 0) {
      columns[end] = i % columnCount;
      values[end++] = value;
    }
    starts[Math.floor(i / columnCount) + 1] = end;
  }
  return { starts, columns, values, scales };
}

/** The weights of one row. */
export function rowOf({ starts, columns, values, scales }: SparseRows, row: number, columnCount: number): number[] {
  const weights = Array.from({ length: columnCount }, () => 0);
  for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
    weights[columns[i] ?? 0] = (values[i] ?? 0) * (scales[row] ?? 0);
  }
  return weights;
}

/** The score of a vector for every column: the sum of the rows of its features. @param scores receives them */
export function scoreColumns(vector: Vector, rows: SparseRows, scores: Float64Array): void {
  const { starts, columns, values, scales } = rows;
  scores.fill(0);
  for (let i = 0; i < vector.features.length; i++) {
    const row = vector.features[i] ?? 0;
    const factor = (vector.values[i] ?? 0) * (scales[row] ?? 0);
    const end = starts[row + 1] ?? 0;
    for (let k = starts[row] ?? 0; k < end; k++) {
      const column = columns[k] ?? 0;
      scores[column] = (scores[column] ?? 0) + factor * (values[k] ?? 0);
    }
  }
}
