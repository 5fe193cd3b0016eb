// The machine's clock for a bot whose rare jobs run when a test says so, and whose time a test can move forward.
import type { Clock } from '../../src/clock.ts';
import { systemClock } from '../../src/system-clock.ts';

/** Timers that are longer wait for the test, in ms. Reminders, the check for left servers and the like. */
const LONG_MS = 45_000;

export interface HeldClock {
  readonly clock: Clock;
  /** Runs what waits for a long timer. */
  runRareJobs(): void;
  /** Moves the bot's time forward. Sleeps and short timers take as long as before. */
  advance(ms: number): void;
}

export function createHeldClock(): HeldClock {
  const held = new Set<() => void>();
  let aheadMs = 0;
  const hold = (act: () => void) => {
    held.add(act);
    return () => void held.delete(act);
  };
  return {
    clock: {
      ...systemClock,
      now: () => systemClock.now() + aheadMs,
      monotonic: () => systemClock.monotonic() + aheadMs,
      after: (ms, act) => (ms > LONG_MS ? hold(act) : systemClock.after(ms, act)),
      every: (ms, act) => (ms > LONG_MS ? hold(act) : systemClock.every(ms, act)),
    },
    runRareJobs() {
      for (const act of held) act();
    },
    advance(ms) {
      aheadMs += ms;
    },
  };
}
