// Remembering what a function returned for a word.
import QuickLRU from 'quick-lru';

/** The same function, which keeps its results for the words used last. @param maxSize how many results it keeps */
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
