// The interface of background jobs, and helpers for retries and timeouts.
import type { Clock } from './clock.ts';

/**
 * What is wrong now.
 * - `degraded`: the bot answers, but something does not work
 * - `down`: interactions cannot be answered
 */
export interface JobProblem {
  readonly status: 'degraded' | 'down';
  /** A few words for an operator's monitor, such as `commands not registered`. */
  readonly problem: string;
}

/** What an operator sees of background work. It is exported by `GET /metrics`. */
export interface JobProgress {
  /** The value of the label `name`. */
  readonly name: string;
  /**
   * How much work waits; 0 if none does. Undefined if nothing can wait, or if it is not known now: then it has no value in
   * the metrics. Never throws or rejects.
   */
  backlog(): number | undefined | Promise<number | undefined>;
  /** When it last did all that was to do, in s since 1970. Undefined before the first time. */
  readonly lastSuccess: number | undefined;
}

/** Work that runs in the background until it is closed. */
export interface Job extends JobProgress {
  /** Starts, without waiting for anything. Aborting the signal stops the work immediately. */
  start(signal: AbortSignal): void;
  /** Lets running work finish. Resolves after `timeoutMs` at most, and never rejects. */
  close(timeoutMs: number): Promise<void>;
  /** Undefined if nothing is wrong. */
  health(): JobProblem | undefined;
}

/** How long to wait between tries. */
interface BackoffOptions {
  /** Before the second try, in ms. */
  readonly firstMs: number;
  /** The maximum, in ms, without the jitter. */
  readonly longestMs: number;
}

/**
 * The pause after failures in a row: doubled each time, with 10 % of jitter in both directions so that processes do not
 * retry at the same moment.
 * @param failures how many; 1 after the first
 * @param random 0 to 1, for the jitter
 * @returns ms
 */
export function backoffMs(failures: number, { firstMs, longestMs }: BackoffOptions, random: () => number): number {
  const pause = Math.min(firstMs * 2 ** Math.min(failures - 1, 30), longestMs);
  return Math.round(pause * (0.9 + 0.2 * random()));
}

interface RetryOptions extends BackoffOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called after each failure, with the pause before the next try in ms. If it throws, the tries end. */
  onFailure?(error: unknown, pauseMs: number): void;
}

/**
 * Tries until it succeeds or the signal aborts.
 * @param attempt gets the number of the try, from 1
 * @throws the signal's reason, or what `onFailure` throws
 */
export async function retry<T>(attempt: (tries: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, signal } = options;
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    try {
      return await attempt(tries);
    } catch (error) {
      signal.throwIfAborted();
      const pauseMs = backoffMs(tries, options, clock.random);
      options.onFailure?.(error, pauseMs);
      await clock.sleep(pauseMs, { signal });
    }
  }
}

/** Rejects with the signal's reason once it aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Waits for work, but no longer than `timeoutMs`, and keeps the process alive meanwhile. Never rejects. */
export async function withinTimeout(
  clock: Clock,
  work: Promise<unknown> | undefined,
  timeoutMs: number,
): Promise<void> {
  if (!work) return;
  const timer = new AbortController();
  const timeout = clock.sleep(timeoutMs, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), timeout]);
  timer.abort();
}
