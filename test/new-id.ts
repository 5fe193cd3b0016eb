// Ids of servers, channels, people and messages for tests.

let count = 0;

/** An id that no other test of this process has. */
export function newId(): string {
  return String(910_000_000_000_000_000n + BigInt(++count));
}
