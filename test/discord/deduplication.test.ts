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
});
