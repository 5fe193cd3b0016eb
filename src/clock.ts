// Time and randomness as a dependency, so that the whole bot can run on a virtual clock.

/** Cancels a timer. Does nothing if the timer has ended already. */
export type CancelTimer = () => void;

interface SleepOptions {
  /** Aborting it rejects the promise. */
  readonly signal?: AbortSignal;
  /** Whether the sleep keeps the process alive. True by default. */
  readonly ref?: boolean;
}

/** Its functions do not use `this`, so each can be passed on alone. */
export interface Clock {
  /** Milliseconds since 1970. May go back if somebody sets the machine's time. */
  readonly now: () => number;
  /** Milliseconds since an unspecified moment, on a clock that never goes back. */
  readonly monotonic: () => number;
  /** Resolves after `ms` milliseconds. */
  readonly sleep: (ms: number, options?: SleepOptions) => Promise<void>;
  /** Calls a function once, after `ms` milliseconds. Does not keep the process alive. */
  readonly after: (ms: number, act: () => void) => CancelTimer;
  /** Calls a function every `ms` milliseconds. Does not keep the process alive. */
  readonly every: (ms: number, act: () => void) => CancelTimer;
  /** An unpredictable number from 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

/** The result of some work; undefined if it takes longer than `timeoutMs`. Rejects if the work rejects before that. */
export function resultWithin<T>(clock: Clock, work: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(timeoutMs, () => resolve(undefined));
    work.then(resolve, reject).finally(cancel);
  });
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Random lower-case letters and digits. */
export function randomId({ random }: Pick<Clock, 'random'>, length: number): string {
  return Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
}
