// The clock of the running bot: the machine's time, Node's timers, and the operating system's random numbers.
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** The largest range of `randomInt` (Node docs, crypto, "crypto.randomInt"). */
const RANGE = 2 ** 48 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, options) => sleep(ms, undefined, options),
  after(ms, act) {
    const timer = setTimeout(act, ms).unref();
    return () => clearTimeout(timer);
  },
  every(ms, act) {
    const timer = setInterval(act, ms).unref();
    return () => clearInterval(timer);
  },
  random: () => randomInt(RANGE) / RANGE,
};
