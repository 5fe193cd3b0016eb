// The limit of gateway session starts (Discord docs, Gateway, Session Start Limit object).
import type { FakeClock } from './clock.ts';
import { SESSION_STARTS } from './limits.ts';

/** The variable part of `GET /gateway/bot` (Discord docs, Gateway). */
export interface GatewayInfo {
  /** The recommended number of shards. */
  shards: number;
  /** Session starts left. Each IDENTIFY uses one. */
  remaining: number;
  /** Milliseconds until the limit resets. */
  resetAfter: number;
}

/** One shard, 999 session starts left, and a reset in a day. */
export function createGatewayInfo({ now }: FakeClock): GatewayInfo {
  let remaining: number = SESSION_STARTS.total - 1;
  let resetAt = now() + SESSION_STARTS.withinMs;
  const resetIfDue = () => {
    if (now() < resetAt) return;
    remaining = SESSION_STARTS.total;
    resetAt = now() + SESSION_STARTS.withinMs;
  };
  return {
    shards: 1,
    get remaining() {
      resetIfDue();
      return remaining;
    },
    set remaining(count) {
      remaining = count;
    },
    get resetAfter() {
      resetIfDue();
      return resetAt - now();
    },
    set resetAfter(ms) {
      resetAt = now() + ms;
    },
  };
}
