// Failures that a test asks for: answers of an error, slow answers, broken connections.

export interface Fault {
  /** Tried on `METHOD /path`, such as `PUT /channels/1/messages/pins/2`. */
  readonly match: RegExp;
  /** How many requests it strikes. */
  readonly times: number;
  /** The answer's HTTP status, such as 429, 500, 403. */
  readonly status?: number;
  /** The answer's JSON error code. */
  readonly code?: number;
  readonly delayMs?: number;
  /** Breaks the connection before the request is carried out, or after, without an answer. */
  readonly reset?: 'before' | 'after';
  /** Seconds, for status 429. */
  readonly retryAfter?: number;
  /** Whose limit was reached, for status 429: the bot's own on this route, its global one, or one of the resource. */
  readonly scope?: 'user' | 'global' | 'shared';
}

export interface FaultQueue {
  add(fault: Fault): void;
  /** The fault that strikes this request, if any; counts it. */
  take(method: string, path: string): Fault | undefined;
}

export function createFaults(): FaultQueue {
  const pending: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => pending.push({ fault, left: fault.times }),
    take(method, path) {
      const entry = pending.find(({ fault, left }) => left > 0 && fault.match.test(`${method} ${path}`));
      if (entry) entry.left -= 1;
      return entry?.fault;
    },
  };
}
