// Long work in slices, and large work one after the other, so that other work is not held up.
import { setImmediate } from 'node:timers/promises';

/** How long one slice holds up everything else, in ms. */
const SLICE_MS = 10;

interface TimeSlices {
  /** Whether the slice has lasted long enough. */
  isOver(): boolean;
  /** Lets other work run, and begins the next slice. */
  next(): Promise<void>;
}

/** Lets timers, requests and other waiting work run. */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate();
}

/**
 * Slices of about 10 ms. Ask `isOver` often: at least every millisecond or so. They measure how long the event loop is
 * held up, so they use the machine's own clock, not `Clock`.
 */
export function createTimeSlices(): TimeSlices {
  let end = performance.now() + SLICE_MS;
  return {
    isOver: () => performance.now() >= end,
    async next() {
      await yieldToEventLoop();
      end = performance.now() + SLICE_MS;
    },
  };
}

/** Runs steps without a pause. @returns what they end with */
export function toEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Runs steps, each of which may take about 50 ms, and lets other work run between them. @returns what they end with */
export async function runInSlices<T>(steps: Generator<unknown, T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await yieldToEventLoop();
  }
}

/** Runs one piece of work after the other, for work that takes much memory. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/** Creates a queue. A failure of one piece of work rejects only its own promise. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
