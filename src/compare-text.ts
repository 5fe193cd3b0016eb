// The order of texts in everything that is sorted.

/** Compares by code units: the same order on every machine, whatever its language. For `Array.sort`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
