// Pseudo-random orders that are the same in every run.
import { describe, expect, it } from 'vitest';
import { createShuffler } from '../../src/search/shuffle.ts';

describe('a shuffler', () => {
  it('returns the same sequence of orders in every run, each of them another one', () => {
    for (let run = 0; run < 2; run++) {
      const shuffle = createShuffler(['a', 'b', 'c', 'd', 'e', 'f']);
      expect(shuffle().join('')).toBe('eadcfb');
      expect(shuffle().join('')).toBe('faebcd');
      expect(shuffle().join('')).toBe('dfbcea');
    }
  });

  it('does not change the items that it gets', () => {
    const items = [1, 2, 3, 4, 5];
    createShuffler(items)();
    expect(items).toEqual([1, 2, 3, 4, 5]);
  });

  it('puts every item at every place, about equally often', () => {
    const shuffle = createShuffler([0, 1, 2, 3]);
    const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
    for (let i = 0; i < 4000; i++) {
      shuffle().forEach((item, place) => {
        const row = counts[item] ?? [];
        row[place] = (row[place] ?? 0) + 1;
      });
    }
    for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });

  it.each([[[]], [['only']]])('returns %j as it is', (items) => {
    expect(createShuffler(items)()).toEqual(items);
  });
});
