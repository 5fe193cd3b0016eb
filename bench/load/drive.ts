// Sends interactions to a bot, concurrently or at a fixed rate, and measures the answers.
import { setTimeout as sleep } from 'node:timers/promises';

/** Sends interactions to a bot over one of the transports. */
export interface InteractionSender {
  /** Sends an interaction. Resolves when it is answered. */
  send(): Promise<void>;
}

export interface LoadResult {
  readonly count: number;
  readonly seconds: number;
  /** Milliseconds until the answer, sorted. */
  readonly times: readonly number[];
}

const ENDLESS = Number.POSITIVE_INFINITY;

/** Keeps a number of interactions in flight, for a time or for a total number of them. */
export async function sendConcurrently(
  { send }: InteractionSender,
  atOnce: number,
  { ms = ENDLESS, count = ENDLESS }: { ms?: number; count?: number },
): Promise<LoadResult> {
  const times: number[] = [];
  const from = performance.now();
  let sent = 0;
  const worker = async () => {
    while (performance.now() - from < ms && sent < count) {
      sent += 1;
      const sentAt = performance.now();
      await send();
      times.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return result(times, from);
}

/** Sends at a fixed rate, regardless of answers. After a late timer all due interactions are sent. */
export async function sendAtRate({ send }: InteractionSender, perSecond: number, ms: number): Promise<LoadResult> {
  const times: number[] = [];
  const open: Promise<void>[] = [];
  const from = performance.now();
  const total = Math.floor((ms / 1000) * perSecond);
  for (let sent = 0; sent < total; ) {
    const due = from + (sent * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0.5) {
      await sleep(wait);
      continue;
    }
    sent += 1;
    const sentAt = performance.now();
    open.push(send().then(() => void times.push(performance.now() - sentAt)));
  }
  await Promise.all(open);
  return result(times, from);
}

function result(times: number[], from: number): LoadResult {
  return { count: times.length, seconds: (performance.now() - from) / 1000, times: times.sort((a, b) => a - b) };
}

/** The value in milliseconds that this share of the sorted times is below. */
export function quantile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

export function median(list: readonly number[]): number {
  return quantile(
    [...list].sort((a, b) => a - b),
    0.5,
  );
}
