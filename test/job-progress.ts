// What a stand-in for a background job says of its progress.
import type { JobProgress } from '../src/jobs.ts';

/** A job that never did anything, and has nothing to do. */
export function noProgress(name: string): JobProgress {
  return { name, backlog: () => 0, lastSuccess: undefined };
}
