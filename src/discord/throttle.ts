// A throttle: limits how many requests start in a second.
import type { Clock } from '../clock.ts';

/** @param perSecond spread evenly @returns resolves when the next request may start */
export function createThrottle(clock: Clock, perSecond: number): () => Promise<void> {
  const interval = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = clock.monotonic();
    next = Math.max(next + interval, now);
    if (next > now) await clock.sleep(next - now);
  };
}
