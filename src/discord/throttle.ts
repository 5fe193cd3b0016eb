// A gate that lets requests through one by one, no faster than a given number a second.
import type { Clock } from '../clock.ts';

/** @param perSecond how many may pass in a second; they are spread evenly */
export function createThrottle(clock: Clock, perSecond: number): () => Promise<void> {
  const gap = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = clock.monotonic();
    next = Math.max(next + gap, now);
    if (next > now) await clock.sleep(next - now);
  };
}
