// The machine's clock, with timers that do not keep the process alive.
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../src/system-clock.ts';

describe('the clock of the machine', () => {
  it('tells the time since 1970, and a time that never goes back', () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_234_567 });
    try {
      const began = systemClock.monotonic();
      expect(systemClock.now()).toBe(1_234_567);
      vi.advanceTimersByTime(10);
      vi.setSystemTime(5);
      expect(systemClock.now()).toBe(5);
      expect(systemClock.monotonic() - began).toBe(10);
    } finally {
      vi.useRealTimers();
    }
  });

  it('sleeps until the time is over, or the signal aborts', async () => {
    await systemClock.sleep(1);
    await expect(systemClock.sleep(60_000, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  describe('timers', () => {
    const counted = (start: (act: () => void) => () => void) => {
      vi.useFakeTimers();
      try {
        let calls = 0;
        const cancel = start(() => {
          calls += 1;
        });
        const after = [99, 1, 100, 100].map((ms) => {
          vi.advanceTimersByTime(ms);
          return calls;
        });
        cancel();
        vi.advanceTimersByTime(500);
        return { after, calls };
      } finally {
        vi.useRealTimers();
      }
    };

    it('run once, or again and again until they are cancelled', () => {
      expect(counted((act) => systemClock.after(100, act))).toEqual({ after: [0, 1, 1, 1], calls: 1 });
      expect(counted((act) => systemClock.every(100, act))).toEqual({ after: [0, 1, 2, 3], calls: 3 });
    });

    it('do not run once they are cancelled', () => {
      const cancelled = (act: () => void) => {
        systemClock.after(100, act)();
        return () => undefined;
      };
      expect(counted(cancelled).calls).toBe(0);
    });

    it('do not keep the process alive', () => {
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
      const before = timers();
      const cancels = [systemClock.after(60_000, () => expect.fail()), systemClock.every(60_000, () => expect.fail())];
      expect(timers()).toBe(before);
      for (const cancel of cancels) cancel();
    });
  });

  it('gives random numbers from 0 to below 1', () => {
    const numbers = Array.from({ length: 200 }, () => systemClock.random());
    for (const number of numbers) {
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
    }
    expect(Math.max(...numbers)).toBeGreaterThan(0.8);
    expect(Math.min(...numbers)).toBeLessThan(0.2);
    expect(new Set(numbers).size).toBe(200);
  });
});
