// How many gateway sessions may still be started (Discord docs, Gateway, Session Start Limit object).
import type { Clock } from './clock.ts';
import { SESSION_STARTS } from './limits.ts';

/** What `GET /gateway/bot` tells of the bot (Discord docs, Gateway). */
export interface GatewayInfo {
  /** How many Discord recommends. */
  shards: number;
  /** Sessions that may still be started. Each IDENTIFY takes one. */
  remaining: number;
  /** Milliseconds until all may be started again. */
  resetAfter: number;
}

export function createGatewayInfo({ now }: Clock): GatewayInfo {
  let remaining: number = SESSION_STARTS.total - 1;
  let resetAt = now() + SESSION_STARTS.withinMs;
  const renew = () => {
    if (now() < resetAt) return;
    remaining = SESSION_STARTS.total;
    resetAt = now() + SESSION_STARTS.withinMs;
  };
  return {
    shards: 1,
    get remaining() {
      renew();
      return remaining;
    },
    set remaining(count) {
      remaining = count;
    },
    get resetAfter() {
      renew();
      return resetAt - now();
    },
    set resetAfter(ms) {
      resetAt = now() + ms;
    },
  };
}
