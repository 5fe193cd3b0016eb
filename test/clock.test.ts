// Waiting for work with a time limit, and random ids.
import { describe, expect, it } from 'vitest';
import { randomId, resultWithin } from '../src/clock.ts';
import { createVirtualClock } from './virtual-clock.ts';

const settled = () => new Promise(setImmediate);
const never = new Promise<never>(() => undefined);

describe('the result of work within a time', () => {
  it('is the work’s own, and the timer is cancelled', async () => {
    const clock = createVirtualClock(0);
    expect(await resultWithin(clock, Promise.resolve('done'), 100)).toBe('done');
    await settled();
    expect(clock.pending()).toBe(0);
  });

  it('is undefined once the time is over, and not before', async () => {
    const clock = createVirtualClock(0);
    let result: unknown = 'waiting';
    void resultWithin(clock, never, 100).then((value) => {
      result = value;
    });
    await clock.advance(99);
    expect(result).toBe('waiting');
    await clock.advance(1);
    expect(result).toBeUndefined();
  });

  it('is the work’s failure if it fails in time', async () => {
    const clock = createVirtualClock(0);
    const failure = new Error('failed');
    await expect(resultWithin(clock, Promise.reject(failure), 100)).rejects.toBe(failure);
    await settled();
    expect(clock.pending()).toBe(0);
  });

  it('ignores a failure after the time', async () => {
    const clock = createVirtualClock(0);
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<string>((_, reject) => {
      fail = reject;
    });
    const result = resultWithin(clock, work, 100);
    await clock.advance(100);
    fail(new Error('late'));
    expect(await result).toBeUndefined();
  });
});

describe('a random id', () => {
  it('has the asked length, and only lower-case letters and digits', () => {
    const { random } = createVirtualClock(0);
    const ids = Array.from({ length: 200 }, () => randomId({ random }, 12));
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{12}$/);
    expect(new Set(ids).size).toBe(200);
    expect(randomId({ random }, 0)).toBe('');
  });

  it('uses every character, from the lowest random number to the highest', () => {
    expect(randomId({ random: () => 0 }, 2)).toBe('aa');
    expect(randomId({ random: () => 1 - 2 ** -53 }, 2)).toBe('99');
    let at = 0;
    expect(randomId({ random: () => at++ / 36 + 1e-9 }, 36)).toBe('abcdefghijklmnopqrstuvwxyz0123456789');
  });
});
