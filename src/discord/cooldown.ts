// A cool-down: how often something may happen for one key, such as a person or a channel.

/**
 * Lets each key pass `times` times within `withinMs`, and refuses it after that until the time is over.
 * @param now the time in ms, such as `Clock.monotonic`
 * @returns whether the key may pass now
 */
export function createCooldown(times: number, withinMs: number, now: () => number): (key: string) => boolean {
  const passed = new Map<string, number[]>();
  return (key) => {
    const at = now();
    forgetBefore(passed, at - withinMs);
    const recent = (passed.get(key) ?? []).filter((time) => time > at - withinMs);
    if (recent.length >= times) return false;
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
