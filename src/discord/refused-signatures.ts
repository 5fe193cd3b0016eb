// Warns the operator about refused signatures: without it a wrong DISCORD_PUBLIC_KEY would go unnoticed.
import type { Logger } from 'pino';

const WARN_INTERVAL_MS = 60_000;

/**
 * Returns a function to call for each refused request. It logs at most one warning a minute. Discord itself sends a few
 * wrong signatures on purpose (Discord docs, Interactions, "Security and Authorization").
 * @param now the time in ms, such as `Clock.monotonic`
 */
export function createRefusedSignatures(log: Logger, now: () => number): () => void {
  let count = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;
  return () => {
    count += 1;
    if (now() - warnedAt < WARN_INTERVAL_MS) return;
    log.warn(
      { refused: count },
      'signature refused: if interactions fail in Discord, copy DISCORD_PUBLIC_KEY again from the developer portal',
    );
    warnedAt = now();
    count = 0;
  };
}
