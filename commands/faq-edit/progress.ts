// Progress of long work, shown in its deferred answer from time to time.

import type { Clock } from '../../src/clock.ts';
import { messageBody, type Progress } from '../../src/discord/answer.ts';

/** Before the first message and between two, in ms: most work ends sooner, and Discord limits edits. */
const INTERVAL_MS = 2000;

interface ProgressReport {
  /** Reports how much is done. Returns immediately. */
  update(done: number, total: number): void;
  /** Resolves once no message is being sent, so that the final answer comes last. */
  settled(): Promise<void>;
}

/** @param textFor returns the text for this progress */
export function createProgressReport(
  clock: Clock,
  progress: Progress,
  textFor: (done: number, total: number) => string,
): ProgressReport {
  let nextAt = clock.monotonic() + INTERVAL_MS;
  let sending: Promise<void> | undefined;
  return {
    update(done, total) {
      if (done >= total || sending || clock.monotonic() < nextAt) return;
      nextAt = clock.monotonic() + INTERVAL_MS;
      sending = progress(messageBody({ content: textFor(done, total) })).finally(() => {
        sending = undefined;
      });
    },
    settled: async () => sending,
  };
}
