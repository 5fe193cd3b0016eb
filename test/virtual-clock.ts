// A clock that a test moves forward, with random numbers that are the same in every run.
import type { CancelTimer, Clock } from '../src/clock.ts';

interface Timer {
  readonly at: number;
  readonly everyMs: number | undefined;
  readonly act: () => void;
}

export interface VirtualClock extends Clock {
  /** Moves the clock forward, and runs the timers that are due in the order of their times. */
  advance(ms: number): Promise<void>;
  /** How many timers wait. */
  readonly pending: () => number;
}

/** @param start in ms since 1970 */
export function createVirtualClock(start: number): VirtualClock {
  let time = start;
  let seed = 1;
  const timers = new Set<Timer>();
  const add = (ms: number, everyMs: number | undefined, act: () => void): CancelTimer => {
    let timer: Timer = { at: time + ms, everyMs, act };
    const run = () => {
      timers.delete(timer);
      if (everyMs !== undefined) {
        timer = { at: timer.at + everyMs, everyMs, act: run };
        timers.add(timer);
      }
      act();
    };
    timer = { ...timer, act: run };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  return {
    now: () => time,
    monotonic: () => time - start,
    sleep: (ms, { signal } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const cancel = add(ms, undefined, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        const onAbort = () => {
          cancel();
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    after: (ms, act) => add(ms, undefined, act),
    every: (ms, act) => add(ms, ms, act),
    random() {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
    async advance(ms) {
      const end = time + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        time = Math.max(time, next.at);
        next.act();
        // What waits for the timer goes on before the next one.
        await new Promise(setImmediate);
      }
      time = end;
    },
    pending: () => timers.size,
  };
}
