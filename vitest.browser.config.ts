// Tests in a real browser: `npm run test:browser`; `npm run screenshots` takes the README's pictures instead.
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: [mode === 'screenshots' ? 'test/browser/pictures.ts' : 'test/browser/*.browser.ts'],
    globalSetup: ['test/browser/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    fileParallelism: false,
    // Each takes some minutes: a line for every test that ends.
    reporters: ['verbose'],
  },
}));
