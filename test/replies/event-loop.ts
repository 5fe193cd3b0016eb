// Whether long work lets other work run in between.
import { vi } from 'vitest';

/**
 * Runs some work on a machine where every look at its clock takes some time, and counts how often other work could run.
 * @param stepMs more than 10 ms end a time slice
 */
export async function turnsDuring(stepMs: number, work: () => Promise<unknown>): Promise<number> {
  let time = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    time += stepMs;
    return time;
  });
  let turns = 0;
  let isRunning = true;
  const count = () => {
    if (!isRunning) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  try {
    await work();
    return turns;
  } finally {
    isRunning = false;
    clock.mockRestore();
  }
}
