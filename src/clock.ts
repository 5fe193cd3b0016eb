// Time and randomness as a dependency, so that the whole bot can run on a virtual clock.

/** Ends a timer. Does nothing where the timer has ended already. */
export type CancelTimer = () => void;

export interface SleepOptions {
  /** Aborting it ends the sleep: the promise rejects. */
  readonly signal?: AbortSignal;
  /** False: the sleep alone does not keep the process alive. True by default. */
  readonly ref?: boolean;
}

/** Its functions may be passed on without the object. */
export interface Clock {
  /** Milliseconds since 1970. The machine's time may be set back. */
  readonly now: () => number;
  /** Milliseconds since some moment, on a clock that never goes back. */
  readonly monotonic: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number, options?: SleepOptions) => Promise<void>;
  /** Calls a function once, after so many milliseconds. Does not keep the process alive. */
  readonly after: (ms: number, act: () => void) => CancelTimer;
  /** Calls a function every so many milliseconds. Does not keep the process alive. */
  readonly every: (ms: number, act: () => void) => CancelTimer;
  /** A number from 0 up to, but not including, 1, that nobody can predict. */
  readonly random: () => number;
}

/** The result of some work; undefined where it takes longer than `timeoutMs`. Rejects where the work does so in time. */
export function resultWithin<T>(clock: Clock, work: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(timeoutMs, () => resolve(undefined));
    work.then(resolve, reject).finally(cancel);
  });
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** So many random small letters and digits. */
export function randomLetters({ random }: Pick<Clock, 'random'>, length: number): string {
  return Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
}
