// A cool-down: how often something may happen for one key, such as a person or a channel.

/**
 * Lets a key pass a number of times within a time; what is over waits for its turn by being refused.
 * @param times how often within `withinMs`
 * @param now the time in ms, such as `Clock.monotonic`
 */
export function createCooldown(times: number, withinMs: number, now: () => number): (key: string) => boolean {
  const passed = new Map<string, number[]>();
  return (key) => {
    const at = now();
    forget(passed, at - withinMs);
    const recent = (passed.get(key) ?? []).filter((time) => time > at - withinMs);
    if (recent.length >= times) return false;
    passed.delete(key);
    passed.set(key, [...recent, at]);
    return true;
  };
}

/** Keys are in the order of their last passing: the first that is recent ends the search. */
function forget(passed: Map<string, number[]>, before: number): void {
  for (const [key, times] of passed) {
    if ((times.at(-1) ?? Number.NEGATIVE_INFINITY) > before) return;
    passed.delete(key);
  }
}
