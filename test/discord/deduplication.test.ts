// Recent ids: how long and how many of them are remembered.
import { describe, expect, it } from 'vitest';
import { createRecentIds } from '../../src/discord/deduplication.ts';

describe('a recent id', () => {
  it('is not new a second time', () => {
    const recent = createRecentIds({ count: 10 }, () => 0);
    expect([recent.isNew('a'), recent.isNew('a'), recent.isNew('b'), recent.isNew('a')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('is remembered over at least the given number of others, and not for ever', () => {
    const recent = createRecentIds({ count: 100 }, () => 0);
    recent.isNew('first');
    for (let i = 0; i < 99; i++) recent.isNew(`other ${i}`);
    expect(recent.isNew('first')).toBe(false);
    for (let i = 0; i < 200; i++) recent.isNew(`more ${i}`);
    expect(recent.isNew('first')).toBe(true);
  });

  it('is remembered for at least the given time, and not for ever', () => {
    let now = 1000;
    const recent = createRecentIds({ ms: 60_000 }, () => now);
    recent.isNew('early');
    now += 59_999;
    recent.isNew('late');
    now += 59_999;
    expect(recent.isNew('late')).toBe(false);
    now += 120_000;
    expect(recent.isNew('early')).toBe(true);
    expect(recent.isNew('late')).toBe(true);
  });

  it('is remembered up to exactly the given number of others, and twice that at most', () => {
    const recent = createRecentIds({ count: 2 }, () => 0);
    const news = ['a', 'b', 'c', 'a', 'd', 'a', 'b'].map((id) => recent.isNew(id));
    expect(news).toEqual([true, true, true, false, true, true, true]);
  });

  it('is remembered up to exactly the given time, and twice that at most', () => {
    let now = 0;
    const recent = createRecentIds({ ms: 100 }, () => now);
    const isNewAt = (at: number, id: string) => {
      now = at;
      return recent.isNew(id);
    };
    expect(isNewAt(0, 'a')).toBe(true);
    expect(isNewAt(99, 'a')).toBe(false);
    expect(isNewAt(100, 'a')).toBe(false);
    expect(isNewAt(199, 'a')).toBe(false);
    expect(isNewAt(200, 'a')).toBe(true);
    expect(isNewAt(399, 'a')).toBe(false);
    expect(isNewAt(600, 'a')).toBe(true);
  });

  it('may be a number', () => {
    const recent = createRecentIds({}, () => 0);
    expect([recent.isNew(1), recent.isNew(1), recent.isNew('1')]).toEqual([true, false, true]);
  });
});
