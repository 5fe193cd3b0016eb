// The chart of /insights: a real PNG, within its frame for any numbers, and without text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartSvg, drawChart } from '../../../src/discord/views/chart.ts';

const month = {
  now: Array.from({ length: 30 }, (_, i) => i * 3),
  before: Array.from({ length: 30 }, (_, i) => 40 - i),
};
const heightsOf = (svg: string) =>
  [...svg.matchAll(/<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([^"]+)"/g)].map(([, h]) => Number(h));

describe('the chart', () => {
  it('is a PNG of 800 × 300 and small', async () => {
    const png = await drawChart(month);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([800, 300]);
    expect(png.length).toBeLessThan(50_000);
  });

  it.each([1, 2, 90])('is drawn for %i days, even if nothing was read', async (days) => {
    const zeros = Array.from({ length: days }, () => 0);
    for (const series of [
      { now: zeros, before: zeros },
      { now: zeros.fill(7), before: zeros },
    ])
      expect((await drawChart(series)).length).toBeGreaterThan(100);
  });

  it('has a bar for each day, as high as its share of the highest day of both periods', () => {
    const heights = heightsOf(chartSvg({ now: [0, 5, 10], before: [20, 0, 0] }));
    expect(heights).toEqual([0, 63, 126]);
  });

  it('has no text, and a line only if something was read in the period before', () => {
    expect(chartSvg(month)).not.toMatch(/<text|font/);
    expect(chartSvg(month)).toMatch(/stroke-width="3"/);
    expect(chartSvg({ now: [1, 2], before: [0, 0] })).not.toMatch(/stroke-width="3"/);
  });

  it('stays within its frame for any numbers', () => {
    const count = fc.integer({ min: 0, max: 2 ** 31 });
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 90 }), (days) => {
        const svg = chartSvg({ now: days.map(([now]) => now), before: days.map(([, before]) => before) });
        const numbers = [...svg.matchAll(/-?\d+(?:\.\d+)?(?=[^\w#])/g)].map(([number]) => Number(number));
        expect(svg).not.toMatch(/NaN|Infinity/);
        expect(Math.max(...heightsOf(svg))).toBeLessThanOrEqual(252);
        for (const number of numbers) expect(number).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
