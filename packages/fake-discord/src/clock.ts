// The fake Discord's clock, which tests can move forward, and snowflake ids from it.

const DISCORD_EPOCH = 1_420_070_400_000n;

/** The time of one fake Discord. Everything that ages asks it: tokens, limits, open interactions. */
export interface FakeClock {
  /** Milliseconds since 1970, including every advance(). */
  now(): number;
  /** Moves the clock forward. */
  advance(ms: number): void;
  /** A new id, larger than all earlier ones (Discord docs, API Reference, Snowflakes). */
  nextId(): string;
}

/** A clock that shows the real time until a test moves it forward. */
export function createClock(): FakeClock {
  let offset = 0;
  let last = 0n;
  const now = () => Date.now() + offset;
  return {
    now,
    advance(ms) {
      offset += ms;
    },
    nextId() {
      const id = (BigInt(now()) - DISCORD_EPOCH) << 22n;
      last = id > last ? id : last + 1n;
      return String(last);
    },
  };
}

/** A time in Discord's ISO 8601 form: with microseconds and an explicit offset. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
