// A gate that lets requests through one by one, no faster than a given number a second.
import { setTimeout as sleep } from 'node:timers/promises';

/** @param perSecond how many may pass in a second; they are spread evenly */
export function createThrottle(perSecond: number): () => Promise<void> {
  const gap = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    next = Math.max(next + gap, now);
    if (next > now) await sleep(next - now);
  };
}
