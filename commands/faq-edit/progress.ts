// How far long work is, shown in its deferred answer now and then.

import type { Clock } from '../../src/clock.ts';
import { messageBody, type Progress } from '../../src/discord/answer.ts';

/** Before the first message and between two, in ms: most work is done sooner, and Discord takes few edits a second. */
const PAUSE_MS = 2000;

export interface Report {
  /** Says how much is done. Returns at once, whatever becomes of the message. */
  tell(done: number, total: number): void;
  /** Resolves once nothing is on its way to Discord, so that the last word comes last. */
  shown(): Promise<void>;
}

/** @param messages the sentence for so much done */
export function createReport(
  clock: Clock,
  progress: Progress,
  messages: (done: number, total: number) => string,
): Report {
  let nextAt = clock.monotonic() + PAUSE_MS;
  let sending: Promise<void> | undefined;
  return {
    tell(done, total) {
      if (done >= total || sending || clock.monotonic() < nextAt) return;
      nextAt = clock.monotonic() + PAUSE_MS;
      sending = progress(messageBody({ content: messages(done, total) })).finally(() => {
        sending = undefined;
      });
    },
    shown: async () => sending,
  };
}
