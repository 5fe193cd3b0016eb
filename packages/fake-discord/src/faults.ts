// Faults that a test injects: error responses, delays, broken connections.

/**
 * What goes wrong with requests. `delayMs` can be combined with the others; with neither a status nor `reset`, the
 * request is only slow.
 */
export interface Fault {
  /** Matched against `METHOD /path`, such as `PUT /channels/1/messages/pins/2`. */
  readonly match: RegExp;
  /** How many requests it affects. */
  readonly times: number;
  /** The HTTP status of the response, such as 429, 500, 403. */
  readonly status?: number;
  /** The JSON error code of the response. */
  readonly code?: number;
  readonly delayMs?: number;
  /** Breaks the connection before or after the request takes effect, without a response. */
  readonly reset?: 'before' | 'after';
  /** Seconds, for status 429. */
  readonly retryAfter?: number;
  /** Which limit was reached, for status 429: the bot's on this route, the bot's global one, or the resource's. */
  readonly scope?: 'user' | 'global' | 'shared';
}

/** The faults that are still to happen. */
export interface FaultQueue {
  add(fault: Fault): void;
  /** The fault for this request, if any. Uses it up by one. */
  take(method: string, path: string): Fault | undefined;
}

/** An empty queue. The oldest fault that matches a request takes effect. */
export function createFaults(): FaultQueue {
  const pending: { fault: Fault; remaining: number }[] = [];
  return {
    add: (fault) => pending.push({ fault, remaining: fault.times }),
    take(method, path) {
      const entry = pending.find(({ fault, remaining }) => remaining > 0 && fault.match.test(`${method} ${path}`));
      if (entry) entry.remaining -= 1;
      return entry?.fault;
    },
  };
}
