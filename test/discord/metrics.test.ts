// Metrics are correct, or missing.
import { expect, it } from 'vitest';
import { openMetrics } from '../../src/discord/metrics.ts';

it('gives no number of pins while the database does not answer', async () => {
  let behind: number | undefined;
  const state = { contentVersion: () => '', pinsBehind: async () => behind, problems: () => [] };
  const metrics = openMetrics(() => new Set(), state);
  const shown = async () => /^guidepost_pins_behind .*$/m.exec((await metrics.show()).text)?.[0];
  expect(await shown()).toBeUndefined();
  behind = 3;
  expect(await shown()).toBe('guidepost_pins_behind 3');
  behind = undefined;
  expect(await shown()).toBeUndefined();
});
