// What was seen lately, so that nothing is taken twice. Two generations: no entry is looked for to be forgotten.

export interface RecentIds {
  /** Whether something was not seen lately; from now on it was. */
  isNew(id: string | number): boolean;
}

/**
 * Opens a memory. What was seen is known for at least `ms` or until `count` others
 * were seen, whichever comes first, and for twice as long at most.
 * @param now the time in ms, such as `Clock.monotonic`
 */
export function createRecentIds(
  { ms = Number.POSITIVE_INFINITY, count = Number.POSITIVE_INFINITY },
  now: () => number,
): RecentIds {
  let current = new Set<string | number>();
  let before = new Set<string | number>();
  let since = now();
  return {
    isNew(id) {
      const at = now();
      if (current.size >= count || at - since >= ms) {
        // After a long silence what is in either is old.
        before = at - since >= 2 * ms ? new Set() : current;
        current = new Set();
        since = at;
      }
      if (current.has(id) || before.has(id)) return false;
      current.add(id);
      return true;
    },
  };
}
