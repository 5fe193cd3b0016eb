// Caching what a function returns for a word.
import { describe, expect, it } from 'vitest';
import { memoize } from '../../src/search/memoize.ts';

function counted(maxSize: number) {
  const computed: string[] = [];
  const memoized = memoize((word) => {
    computed.push(word);
    return word.toUpperCase();
  }, maxSize);
  return { computed, memoized };
}

describe('a memoized function', () => {
  it('computes the result for a word once', () => {
    const { computed, memoized } = counted(10);
    expect(['a', 'b', 'a', 'a'].map(memoized)).toEqual(['A', 'B', 'A', 'A']);
    expect(computed).toEqual(['a', 'b']);
  });

  it('forgets the words that were asked longest ago when there are more than it may keep', () => {
    const { computed, memoized } = counted(2);
    for (const word of ['a', 'b', 'c', 'd', 'd', 'c', 'a']) expect(memoized(word)).toBe(word.toUpperCase());
    expect(computed).toEqual(['a', 'b', 'c', 'd', 'a']);
  });

  it('keeps results that count as false', () => {
    let calls = 0;
    const memoized = memoize(() => {
      calls++;
      return 0;
    }, 10);
    expect([memoized('a'), memoized('a')]).toEqual([0, 0]);
    expect(calls).toBe(1);
  });
});
