// Drives a bot: so many interactions at once, or so many a second; and what came of it.
import { setTimeout as sleep } from 'node:timers/promises';

/** How interactions reach a bot, whatever the transport. */
export interface Line {
  /** Sends one. Resolves when its answer has come. */
  send(): Promise<void>;
}

export interface Driven {
  readonly count: number;
  readonly seconds: number;
  /** Milliseconds from sending to the answer, sorted. */
  readonly times: readonly number[];
}

const ENDLESS = Number.POSITIVE_INFINITY;

/** Keeps a number of interactions under way, for so long or for so many of them. */
export async function drive(
  { send }: Line,
  atOnce: number,
  { ms = ENDLESS, count = ENDLESS }: { ms?: number; count?: number },
): Promise<Driven> {
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

/** Sends at a steady rate, whether answers come or not. A late timer sends what is due and counts from when it was due. */
export async function pace({ send }: Line, perSecond: number, ms: number): Promise<Driven> {
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

function result(times: number[], from: number): Driven {
  return { count: times.length, seconds: (performance.now() - from) / 1000, times: times.sort((a, b) => a - b) };
}

/** The value below which this share of the times lies, in ms. */
export function quantile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

export function median(list: readonly number[]): number {
  return quantile(
    [...list].sort((a, b) => a - b),
    0.5,
  );
}
