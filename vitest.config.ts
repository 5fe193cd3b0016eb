import { availableParallelism } from 'node:os';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The fake Discord's sources, not its build. */
const resolve = { conditions: ['source'] };
const base: ViteUserConfig = { resolve, ssr: { resolve } };
const limits = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // The default of one second is too short on a busy machine.
  expect: { poll: { timeout: 10_000 } },
};

export default defineConfig({
  test: {
    globalSetup: ['test/build-setup.ts', 'test/store/postgres-setup.ts'],
    // One less is the default; these tests wait for other processes more than they compute.
    maxWorkers: availableParallelism() + 1,
    projects: [
      // It watches timers of the whole process, so it has one to itself.
      { ...base, test: { ...limits, name: 'clock', include: ['test/app.test.ts'] } },
      {
        ...base,
        test: {
          ...limits,
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: ['test/app.test.ts'],
          // Files that run in one process share what they import: loading it for each took a quarter of the time.
          isolate: false,
        },
      },
    ],
  },
});
