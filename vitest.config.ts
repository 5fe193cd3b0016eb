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
/** Files that run in one process share what they import: loading it for each takes a quarter of the time. */
const shared = { ...limits, isolate: false };

/** It watches the timers of the whole process, so it has one to itself. */
const CLOCK = 'test/app.test.ts';
/** They start processes, need a server, or wait for real time to pass. */
const PROGRAMS = ['deploy', 'e2e', 'fuzz'].map((name) => `test/${name}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ['test/build-setup.ts', 'test/store/postgres-setup.ts'],
    // One less is the default; these tests wait for other processes more than they compute.
    // Files that have not changed are not compiled again.
    experimental: { fsModuleCache: true },
    maxWorkers: availableParallelism() + 2,
    coverage: {
      include: ['src/**', 'commands/**'],
      // The fake Discord has tests of its own; code of pages runs in a browser.
      exclude: ['packages/**', 'test/**', 'src/preview/map-page/**'],
      // What runs in processes of its own (main.ts, tools) is not counted.
      thresholds: {
        'src/**': { statements: 94, branches: 92, functions: 95 },
        'commands/**': { statements: 99, branches: 97, functions: 99 },
      },
    },
    projects: [
      { ...base, test: { ...limits, name: 'clock', include: [CLOCK] } },
      { ...base, test: { ...shared, name: 'unit', include: ['test/**/*.test.ts'], exclude: [CLOCK, ...PROGRAMS] } },
      { ...base, test: { ...shared, name: 'program', include: PROGRAMS } },
    ],
  },
});
