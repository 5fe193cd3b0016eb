// What the tests need beside `node:test`: the same test for several values, and waiting for an assertion.
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const EVENTUALLY_MS = 10_000;

/** Runs a test once for each case. `%s` in the title is replaced with the case's parts, one after the other. */
export function each<T extends [unknown, ...unknown[]]>(
  cases: readonly T[],
): (title: string, run: (...parts: T) => void | Promise<void>) => void {
  return (title, run) => {
    for (const parts of cases) {
      const left = parts.map(String);
      test(
        title.replace(/%s/g, () => left.shift() ?? ''),
        () => run(...parts),
      );
    }
  };
}

/** Tries an assertion until it holds. @throws its last error after ten seconds */
export async function eventually(assertion: () => void): Promise<void> {
  const end = Date.now() + EVENTUALLY_MS;
  for (;;) {
    try {
      return assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(20);
    }
  }
}
