// Back-off, retries, and waiting with a timeout.
import { describe, expect, it } from 'vitest';
import { backoffMs, retry, untilAborted, withinTimeout } from '../src/jobs.ts';
import { createVirtualClock } from './virtual-clock.ts';

const options = { firstMs: 100, longestMs: 1000 };
/** A clock whose jitter is in the middle, so that the pauses are exact. */
const evenClock = () => ({ ...createVirtualClock(0), random: () => 0.5 });
/** Resolves once everything has run that waits for nothing else. */
const settled = () => new Promise(setImmediate);
/** Whether a promise is settled by now. */
function watch(promise: Promise<unknown>): { isSettled: boolean } {
  const state = { isSettled: false };
  const settle = () => {
    state.isSettled = true;
  };
  promise.then(settle, settle);
  return state;
}

describe('the pause between tries', () => {
  it('doubles with each failure and stays under the longest', () => {
    const middle = (failures: number) => backoffMs(failures, options, () => 0.5);
    expect([1, 2, 3, 4, 5, 50, 2000].map(middle)).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
  });

  it('doubles 30 times at most', () => {
    const unlimited = { firstMs: 1, longestMs: Number.POSITIVE_INFINITY };
    expect([30, 31, 32].map((failures) => backoffMs(failures, unlimited, () => 0.5))).toEqual([
      2 ** 29,
      2 ** 30,
      2 ** 30,
    ]);
  });

  it('varies by a tenth, so that processes do not retry at the same moment', () => {
    expect(backoffMs(1, options, () => 0)).toBe(90);
    expect(backoffMs(1, options, () => 1)).toBe(110);
    expect(backoffMs(9, options, () => 1)).toBe(1100);
    expect(backoffMs(1, { firstMs: 1, longestMs: 10 }, () => 0.25)).toBe(1);
  });
});

describe('retrying', () => {
  it('ends with the first success, after the pauses that it reports', async () => {
    const clock = evenClock();
    const failures: string[] = [];
    const began: number[] = [];
    const work = (tries: number) => {
      began.push(clock.now());
      return tries < 3 ? Promise.reject(new Error(String(tries))) : Promise.resolve('done');
    };
    const { signal } = new AbortController();
    const onFailure = (error: unknown, pauseMs: number) => failures.push(`${error} ${pauseMs}`);
    const result = retry(work, { ...options, clock, signal, onFailure });
    await settled();
    await clock.advance(1000);
    expect(await result).toBe('done');
    expect(failures).toEqual(['Error: 1 100', 'Error: 2 200']);
    expect(began).toEqual([0, 100, 300]);
  });

  it('needs nobody who hears of the failures', async () => {
    const clock = evenClock();
    const work = (tries: number) => (tries < 2 ? Promise.reject(new Error('x')) : Promise.resolve(tries));
    const result = retry(work, { ...options, clock, signal: new AbortController().signal });
    await settled();
    await clock.advance(100);
    expect(await result).toBe(2);
  });

  it('ends with what onFailure throws', async () => {
    const final = new Error('final');
    const clock = evenClock();
    let tries = 0;
    const work = () => {
      tries += 1;
      return Promise.reject(new Error('x'));
    };
    const onFailure = () => {
      throw final;
    };
    const { signal } = new AbortController();
    await expect(retry(work, { ...options, clock, signal, onFailure })).rejects.toBe(final);
    expect([tries, clock.pending()]).toEqual([1, 0]);
  });

  it('ends when the signal aborts, also during a long pause', async () => {
    const reason = new Error('stopping');
    const clock = evenClock();
    const stopping = new AbortController();
    const trying = retry(() => Promise.reject(new Error('x')), { ...options, clock, signal: stopping.signal });
    const state = watch(trying);
    await settled();
    await clock.advance(50);
    expect([state.isSettled, clock.pending()]).toEqual([false, 1]);
    stopping.abort(reason);
    await expect(trying).rejects.toBe(reason);
    expect(clock.pending()).toBe(0);
  });

  it('does not begin if the signal was aborted before', async () => {
    const reason = new Error('stopping');
    const work = () => expect.fail('it must not begin');
    const retrying = retry(work, { ...options, clock: evenClock(), signal: AbortSignal.abort(reason) });
    await expect(retrying).rejects.toBe(reason);
  });

  it('reports no failure of a try that the signal ended', async () => {
    const reason = new Error('stopping');
    const stopping = new AbortController();
    const work = () => {
      stopping.abort(reason);
      return Promise.reject(new Error('cancelled'));
    };
    const onFailure = () => expect.fail('it is not a failure');
    const retrying = retry(work, { ...options, clock: evenClock(), signal: stopping.signal, onFailure });
    await expect(retrying).rejects.toBe(reason);
  });
});

describe('waiting', () => {
  it('ends with the work, and cancels the timer', async () => {
    const clock = createVirtualClock(0);
    let finish: () => void = () => undefined;
    const work = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const waiting = withinTimeout(clock, work, 1000);
    const state = watch(waiting);
    await clock.advance(999);
    expect(state.isSettled).toBe(false);
    finish();
    await waiting;
    expect(clock.pending()).toBe(0);
  });

  it('ends with the timeout', async () => {
    const clock = createVirtualClock(0);
    const state = watch(withinTimeout(clock, new Promise(() => undefined), 1000));
    await clock.advance(999);
    expect(state.isSettled).toBe(false);
    await clock.advance(1);
    expect(state.isSettled).toBe(true);
  });

  it('ends when the work fails, without failing', async () => {
    const clock = createVirtualClock(0);
    expect(await withinTimeout(clock, Promise.reject(new Error('x')), 60_000)).toBeUndefined();
    expect(clock.pending()).toBe(0);
  });

  it('for nothing sets no timer', async () => {
    const clock = { ...createVirtualClock(0), sleep: () => expect.fail('there is nothing to wait for') };
    await withinTimeout(clock, undefined, 60_000);
  });

  it('for a signal rejects with its reason, also if it was aborted before', async () => {
    const reason = new Error('enough');
    await expect(untilAborted(AbortSignal.abort(reason))).rejects.toBe(reason);
    const later = new AbortController();
    const waiting = untilAborted(later.signal);
    const state = watch(waiting);
    await settled();
    expect(state.isSettled).toBe(false);
    later.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
