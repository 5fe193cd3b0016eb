// Rate limits: for all requests, and per bucket where a test sets one (Discord docs, Rate Limits).
import { createHash } from 'node:crypto';

/** The limit of a bucket. Each channel, server and webhook has its own bucket. */
export interface RateLimit {
  /** Matched against `METHOD /path`, as for a fault. */
  readonly match: RegExp;
  readonly limit: number;
  readonly windowMs: number;
}

/** The limit that a request exceeds, and the time to wait in seconds. */
export interface Wait {
  readonly retryAfter: number;
  readonly scope: 'user' | 'global' | 'shared';
}

/** Counts requests (Discord docs, Rate Limits). */
export interface RateLimiter {
  add(limit: RateLimit): void;
  /** Limits all requests together, except those with a token in the path. */
  limitAll(perSecond: number): void;
  /** Counts a request. @param needsNoToken whether its path has a token: those are exempt from the global limit */
  take(method: string, path: string, needsNoToken: boolean): { headers: Readonly<Record<string, string>>; wait?: Wait };
}

/** Headers for routes without a limit: discord.js reads them on every response, and must not wait. */
const UNLIMITED_HEADERS = {
  'x-ratelimit-limit': '1000',
  'x-ratelimit-remaining': '999',
  'x-ratelimit-reset-after': '1',
  'x-ratelimit-bucket': 'fake-discord',
};
const MAJOR_PARAMETERS = /^\/(?:channels|guilds)\/\d+|^\/(?:webhooks|interactions)\/\d+\/[^/]+/;

/**
 * @param now milliseconds
 * @param globalLimit all requests per second, until `limitAll` changes it; Infinity for no limit
 */
export function createRateLimits(now: () => number, globalLimit: number): RateLimiter {
  const limits: RateLimit[] = [];
  const windows = new Map<string, { endsAt: number; taken: number }>();
  let perSecond = globalLimit;

  /** Counts a request. Returns the requests left, negative above the limit, and the seconds until the window ends. */
  const count = (key: string, limit: number, windowMs: number) => {
    const current = windows.get(key);
    const window = current && current.endsAt > now() ? current : { endsAt: now() + windowMs, taken: 0 };
    windows.set(key, window);
    window.taken += 1;
    return { left: limit - window.taken, resetAfter: (window.endsAt - now()) / 1000 };
  };

  return {
    add: (limit) => limits.push(limit),
    limitAll(count) {
      perSecond = count;
    },
    take(method, path, needsNoToken) {
      if (!needsNoToken && Number.isFinite(perSecond)) {
        const { left, resetAfter } = count('all', perSecond, 1000);
        if (left < 0) return { headers: {}, wait: { retryAfter: resetAfter, scope: 'global' } };
      }
      const at = limits.findIndex(({ match }) => match.test(`${method} ${path}`));
      const limit = limits[at];
      if (!limit) return { headers: UNLIMITED_HEADERS };
      const key = `${at} ${MAJOR_PARAMETERS.exec(path)?.[0] ?? ''}`;
      const { left, resetAfter } = count(key, limit.limit, limit.windowMs);
      const headers = {
        'x-ratelimit-limit': String(limit.limit),
        'x-ratelimit-remaining': String(Math.max(left, 0)),
        'x-ratelimit-reset': String(Date.now() / 1000 + resetAfter),
        'x-ratelimit-reset-after': String(resetAfter),
        'x-ratelimit-bucket': createHash('md5').update(key).digest('hex'),
      };
      return left < 0 ? { headers, wait: { retryAfter: resetAfter, scope: 'user' } } : { headers };
    },
  };
}
