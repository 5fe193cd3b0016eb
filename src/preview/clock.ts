// The fake Discord's own time, which tests may move forward, and the ids that carry it.

const DISCORD_EPOCH = 1_420_070_400_000n;

export interface Clock {
  /** Milliseconds since 1970, moved by every advance(). */
  now(): number;
  /** Moves the clock forward by so many milliseconds. */
  advance(ms: number): void;
  /** A new id, larger than every one before it (Discord docs, API Reference, Snowflakes). */
  nextId(): string;
}

export function createClock(): Clock {
  let ahead = 0;
  let last = 0n;
  const now = () => Date.now() + ahead;
  return {
    now,
    advance(ms) {
      ahead += ms;
    },
    nextId() {
      const id = (BigInt(now()) - DISCORD_EPOCH) << 22n;
      last = id > last ? id : last + 1n;
      return String(last);
    },
  };
}

/** Discord's ISO 8601 form of a time: microseconds and an explicit offset. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
