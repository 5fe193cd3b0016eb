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

  it('is drawn for a single day, even if nothing was read', async () => {
    expect((await drawChart({ now: [0], before: [0] })).length).toBeGreaterThan(100);
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

  it('has its bars and its line at the middle of each day, between the margins', () => {
    const svg = chartSvg({ now: [0, 5, 10, 20], before: [20, 10, 0, 5] });
    const rects = [...svg.matchAll(/<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)];
    // Each day is 188 wide, its bar takes 70 % of that, and 20 pages are 252 high.
    expect(rects.map((rect) => rect.slice(1).map(Number))).toEqual([
      [52.2, 276, 131.6, 0],
      [240.2, 213, 131.6, 63],
      [428.2, 150, 131.6, 126],
      [616.2, 24, 131.6, 252],
    ]);
    expect(svg).toContain('d="M118.0 24.0L306.0 150.0L494.0 276.0L682.0 213.0"');
  });

  it('has five lines behind the bars, from the bottom to the top', () => {
    const lines = [...chartSvg(month).matchAll(/<path d="M24 (\S+)H776"/g)].map(([, y]) => Number(y));
    expect(lines).toEqual([276, 213, 150, 87, 24]);
  });

  it('draws a single day before as a line of its width', () => {
    expect(chartSvg({ now: [1], before: [2] })).toContain('d="M24.0 24.0h752.0"');
    expect(chartSvg({ now: [4], before: [2] })).toContain('d="M24.0 150.0h752.0"');
  });

  it('is flat if nothing was read, and empty without days', () => {
    expect(heightsOf(chartSvg({ now: [0, 0], before: [0, 0] }))).toEqual([0, 0]);
    expect(chartSvg({ now: [], before: [] })).not.toMatch(/NaN|Infinity/);
  });

  it('fills its size with its own background, below everything else', () => {
    expect(chartSvg(month)).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="800" height="300"><rect width="800" height="300" fill="#\w{6}"\/>/,
    );
    const colors = new Set(chartSvg(month).match(/#\w{6}/g));
    expect(colors.size, 'background, grid, bars and line differ').toBe(4);
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
      { numRuns: 20 },
    );
  });
});
