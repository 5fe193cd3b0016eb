// The machine's clock with a date that a test moves: stores on one database wait for each other in real time.
import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/system-clock.ts';

export interface DatedClock extends Clock {
  /** Moves the date forward. No timer runs earlier because of it. */
  move(ms: number): void;
}

/** @param start in ms since 1970 */
export function createDatedClock(start: number): DatedClock {
  let time = start;
  return {
    ...systemClock,
    now: () => time,
    move(ms) {
      time += ms;
    },
  };
}
