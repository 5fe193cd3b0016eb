// Back-off, retries, and waiting with a timeout.
import { describe, expect, it } from 'vitest';
import { backoffMs, retry, untilAborted, withinTimeout } from '../src/jobs.ts';
import { systemClock } from '../src/system-clock.ts';

const options = { firstMs: 100, longestMs: 1000 };

describe('the pause between tries', () => {
  it('doubles with each failure and stays under the longest', () => {
    const middle = (failures: number) => backoffMs(failures, options, () => 0.5);
    expect([1, 2, 3, 4, 5, 50].map(middle)).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('varies by a tenth, so that processes do not retry at the same moment', () => {
    expect(backoffMs(1, options, () => 0)).toBe(90);
    expect(backoffMs(1, options, () => 1)).toBe(110);
  });
});

describe('retrying', () => {
  const quick = { firstMs: 1, longestMs: 2, clock: systemClock };

  it('ends with the first success, and reports each failure', async () => {
    const failures: unknown[] = [];
    const work = (tries: number) => (tries < 3 ? Promise.reject(new Error(String(tries))) : Promise.resolve('done'));
    const { signal } = new AbortController();
    const result = await retry(work, { ...quick, signal, onFailure: (error) => failures.push(error) });
    expect(result).toBe('done');
    expect(failures.map(String)).toEqual(['Error: 1', 'Error: 2']);
  });

  it('ends with what onFailure throws', async () => {
    const final = new Error('final');
    const { signal } = new AbortController();
    const onFailure = () => {
      throw final;
    };
    await expect(retry(() => Promise.reject(new Error('x')), { ...quick, signal, onFailure })).rejects.toBe(final);
  });

  it('ends when the signal aborts, also during a long pause', async () => {
    const stopping = new AbortController();
    const trying = retry(() => Promise.reject(new Error('x')), {
      clock: systemClock,
      firstMs: 60_000,
      longestMs: 60_000,
      signal: stopping.signal,
    });
    setTimeout(() => stopping.abort(), 20);
    await expect(trying).rejects.toThrow();
    expect(stopping.signal.aborted).toBe(true);
  });
});

describe('waiting', () => {
  it('ends with the work, or with the timeout', async () => {
    const from = performance.now();
    await withinTimeout(systemClock, new Promise(() => undefined), 30);
    expect(performance.now() - from).toBeGreaterThanOrEqual(25);
    await withinTimeout(systemClock, Promise.reject(new Error('x')), 60_000);
    await withinTimeout(systemClock, undefined, 60_000);
    expect(performance.now() - from).toBeLessThan(30_000);
  });

  it('for a signal rejects with its reason, also if it was aborted before', async () => {
    const reason = new Error('enough');
    await expect(untilAborted(AbortSignal.abort(reason))).rejects.toBe(reason);
    const later = new AbortController();
    const waiting = untilAborted(later.signal);
    later.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
