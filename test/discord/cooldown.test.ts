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
    now = 101;
    expect(mayPass('a')).toBe(true);
  });

  it('does not last longer when the clock is set back by an hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const mayPass = createCooldown(1, 30, systemClock.monotonic);
    expect(mayPass('a')).toBe(true);
    vi.setSystemTime(Date.now() - 3_600_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(mayPass('a')).toBe(true);
  });
});
