// The cool-down: a number of times within a time, whatever happens to the machine's clock.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCooldown } from '../../src/discord/cooldown.ts';
import { systemClock } from '../../src/system-clock.ts';

afterEach(() => vi.useRealTimers());

describe('a cool-down', () => {
  it('lets each key pass a number of times within the time, and again after it', () => {
    let now = 0;
    const mayPass = createCooldown(2, 100, () => now);
    expect([mayPass('a'), mayPass('a'), mayPass('a'), mayPass('b')]).toEqual([true, true, false, true]);
    now = 99;
    expect(mayPass('a')).toBe(false);
    now = 100;
    expect(mayPass('a')).toBe(true);
  });

  it('counts each time for as long as it lasts', () => {
    let now = 0;
    const mayPass = createCooldown(2, 100, () => now);
    const passes = (at: number) => {
      now = at;
      return mayPass('a');
    };
    expect([passes(0), passes(60), passes(99), passes(100), passes(159), passes(160)]).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('is not made longer by what it refuses, or by other keys', () => {
    let now = 0;
    const mayPass = createCooldown(1, 100, () => now);
    mayPass('a');
    for (now = 10; now < 100; now += 10) {
      expect(mayPass('a')).toBe(false);
      mayPass(`other ${now}`);
    }
    expect(mayPass('a')).toBe(true);
  });

  it('does not last longer when the clock is set back by an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const mayPass = createCooldown(1, 5, systemClock.monotonic);
    expect(mayPass('a')).toBe(true);
    vi.setSystemTime(Date.now() - 3_600_000);
    await new Promise((resolve) => setTimeout(resolve, 8));
    expect(mayPass('a')).toBe(true);
  });
});
