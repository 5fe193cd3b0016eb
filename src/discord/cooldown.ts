// A cool-down: how often something may happen for one key, such as a person or a channel.

/** Returns whether a key may pass now, and counts it if it may; with `peek` it is not counted. */
export type Cooldown = (key: string, peek?: 'peek') => boolean;

/**
 * Lets each key pass `times` times within `withinMs`, and refuses it after that until the time is over.
 * @param now the time in ms, such as `Clock.monotonic`
 */
export function createCooldown(times: number, withinMs: number, now: () => number): Cooldown {
  const passed = new Map<string, number[]>();
  return (key, peek) => {
    const at = now();
    forgetBefore(passed, at - withinMs);
    const recent = (passed.get(key) ?? []).filter((time) => time > at - withinMs);
    if (recent.length >= times) return false;
    if (peek) return true;
    passed.delete(key);
    passed.set(key, [...recent, at]);
    return true;
  };
}

/** Keys are in the order in which they passed last: the first recent one ends the search. */
function forgetBefore(passed: Map<string, number[]>, time: number): void {
  for (const [key, times] of passed) {
    if ((times.at(-1) ?? Number.NEGATIVE_INFINITY) > time) return;
    passed.delete(key);
  }
}
