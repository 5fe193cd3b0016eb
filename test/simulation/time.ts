// Virtual time for the whole process: timers fire when the simulation moves its clock, not when the machine's clock does.
import { install } from '@sinonjs/fake-timers';

/** 1 January 2026, 12:00 UTC: far from the end of a day. */
const START_MS = Date.UTC(2026, 0, 1, 12);
/** What waits for a promise, or for the end of a slice of work, goes on within so many turns of the event loop. */
const TURNS = 3;
/** A query that takes more of them waits for a timer. */
const QUERY_TURNS = 30;

const nextTurn = setImmediate;

export interface VirtualTime {
  /** Whether something works that is not a timer: then the clock waits for it. */
  isBusy: () => boolean;
  /** Whether a query runs: the clock waits for it for a while. One that waits for a lock needs the clock. */
  isQuerying: () => boolean;
  /** Moves the clock forward, and runs the timers that are due, in the order of their times. */
  advance(ms: number): Promise<void>;
  /** Resolves after a time of the virtual clock, in ms. */
  sleep(ms: number): Promise<void>;
  /** How many timers wait, of whatever part. */
  pending(): number;
  /** Sets the clock to its start, without any timers: a history is the same whatever was before it. */
  reset(): void;
  uninstall(): void;
}

/** Takes the place of the timers, `Date` and `performance` of this process. */
export function installVirtualTime(): VirtualTime {
  const timers = install({
    now: START_MS,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    loopLimit: Number.POSITIVE_INFINITY,
  });
  const time: VirtualTime = {
    isBusy: () => false,
    isQuerying: () => false,
    async advance(ms) {
      let isOver = false;
      setTimeout(() => {
        isOver = true;
      }, ms);
      for (;;) {
        await settle(time);
        if (isOver) return;
        timers.next();
      }
    },
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    pending: () => timers.countTimers(),
    reset: () => timers.reset(),
    uninstall: () => timers.uninstall(),
  };
  return time;
}

async function settle({ isBusy, isQuerying }: VirtualTime): Promise<void> {
  for (let quiet = 0, turns = 0; quiet < TURNS; turns++) {
    await new Promise((done) => nextTurn(done));
    quiet = isBusy() || (isQuerying() && turns < QUERY_TURNS) ? 0 : quiet + 1;
  }
}
