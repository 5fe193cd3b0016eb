// Remembers recent ids, so that nothing is handled twice. In two generations: the older one is dropped as a whole.

export interface RecentIds {
  /** Returns whether an id was not seen recently, and remembers it. */
  isNew(id: string | number): boolean;
}

/**
 * Remembers ids for at least `ms`, or until `count` others were seen, whichever comes first, and for twice as long at
 * most.
 * @param now the time in ms, such as `Clock.monotonic`
 */
export function createRecentIds(
  { ms = Number.POSITIVE_INFINITY, count = Number.POSITIVE_INFINITY },
  now: () => number,
): RecentIds {
  let current = new Set<string | number>();
  let previous = new Set<string | number>();
  let since = now();
  return {
    isNew(id) {
      const at = now();
      if (current.size >= count || at - since >= ms) {
        // After a long silence both generations are old.
        previous = at - since >= 2 * ms ? new Set() : current;
        current = new Set();
        since = at;
      }
      if (current.has(id) || previous.has(id)) return false;
      current.add(id);
      return true;
    },
  };
}
