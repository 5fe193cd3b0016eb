// Caches what a function returns for a word.
import QuickLRU from 'quick-lru';

/** The same function with a cache of the latest results. @param maxSize `QuickLRU` keeps up to twice as many */
export function memoize<T>(compute: (word: string) => T, maxSize: number): (word: string) => T {
  const results = new QuickLRU<string, T>({ maxSize });
  return (word) => {
    const known = results.get(word);
    if (known !== undefined) return known;
    const result = compute(word);
    results.set(word, result);
    return result;
  };
}
