// The chart of /insights: a real PNG, within its frame for any numbers, with labels that can be read.
import { type BBox, Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartFont, chartSvg, drawChart } from '../../../src/discord/views/chart.ts';

const FROM = '2026-08-30';
const chart = (now: readonly number[], before: readonly number[], language = 'en') => ({
  series: { now, before },
  from: FROM,
  language,
});
const svgOf = (...given: Parameters<typeof chart>) => chartSvg(chart(...given));
const days = (count: number, value: (i: number) => number) => Array.from({ length: count }, (_, i) => value(i));
const zeros = (count: number) => days(count, () => 0);
const month = [days(30, (i) => i * 3), days(30, (i) => 40 - i)] as const;

const heightsOf = (svg: string) =>
  [...svg.matchAll(/<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([^"]+)"/g)].map(([, h]) => Number(h));
const labelsOf = (svg: string, anchor: 'middle' | 'end') =>
  [...svg.matchAll(/<text [^>]*text-anchor="(\w+)"[^>]*>([^<]*)</g)].filter((one) => one[1] === anchor);
const daysOf = (svg: string) => labelsOf(svg, 'middle').map(([, , text]) => text);
const countsOf = (svg: string) => labelsOf(svg, 'end').map(([, , text]) => text);

/** Where each label is drawn with the real font. */
function boxesOf(svg: string): BBox[] {
  const [head] = /^<svg[^>]*>/.exec(svg) ?? [''];
  return [...svg.matchAll(/<text .*?<\/text>/g)].map(
    ([text]) => new Resvg(`${head}${text}</svg>`, { font: chartFont() }).getBBox() ?? expect.fail(`not drawn: ${text}`),
  );
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the chart', () => {
  it('is a PNG of 800 × 400 and small', async () => {
    const png = await drawChart(chart(...month));
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([800, 400]);
    expect(png.length).toBeLessThan(60_000);
  });

  it('is drawn for a single day, even if nothing was read', async () => {
    expect((await drawChart(chart([0], [0]))).length).toBeGreaterThan(100);
  });

  it('has a bar for each day, as high as its share of the highest grid line', () => {
    // The bottom line is 324 below the top one, which is 20.
    expect(heightsOf(svgOf([0, 5, 10], [20, 0, 0]))).toEqual([0, 81, 162]);
  });

  it('has a line only if something was read in the period before', () => {
    expect(svgOf(...month)).toMatch(/stroke-width="3"/);
    expect(svgOf([1, 2], [0, 0])).not.toMatch(/stroke-width="3"/);
  });

  it('has its bars and its line at the middle of each day', () => {
    const svg = svgOf([0, 5, 10, 20], [20, 10, 0, 5]);
    const rects = [...svg.matchAll(/<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"/g)];
    // The days begin at 60.8. Each is 179.8 wide, and its bar takes 70 % of that.
    expect(rects.map((rect) => rect.slice(1).map(Number))).toEqual([
      [87.8, 344, 125.9, 0],
      [267.6, 263, 125.9, 81],
      [447.4, 182, 125.9, 162],
      [627.2, 20, 125.9, 324],
    ]);
    expect(svg).toContain('d="M150.7 20.0L330.5 182.0L510.3 344.0L690.1 263.0"');
  });

  it('has lines behind the bars, from the bottom to the top', () => {
    const svg = svgOf(...month);
    const lines = [...svg.matchAll(/<path d="M\S+ (\S+)H780.0"/g)].map(([, y]) => Number(y));
    expect(lines).toEqual([344, 182, 20]);
    expect(svg.lastIndexOf('H780.0')).toBeLessThan(svg.indexOf('<rect x='));
  });

  it('draws a single day before as a line of its width', () => {
    expect(svgOf([1], [2])).toContain('d="M46.4 20.0h733.6"');
    expect(svgOf([4], [2])).toContain('d="M46.4 182.0h733.6"');
  });

  it('is flat if nothing was read, and empty without days', () => {
    expect(heightsOf(svgOf([0, 0], [0, 0]))).toEqual([0, 0]);
    expect(svgOf([], [])).not.toMatch(/NaN|Infinity/);
  });

  it('fills its size with its own background, below everything else', () => {
    expect(svgOf(...month)).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="800" height="400"[^>]*><rect width="800" height="400" fill="#\w{6}"\/>/,
    );
    const colors = new Set(svgOf(...month).match(/#\w{6}/g));
    expect(colors.size, 'background, grid, text, bars and line differ').toBe(5);
  });

  it('stays within its frame for any numbers', () => {
    const count = fc.integer({ min: 0, max: 2 ** 31 });
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 90 }), (both) => {
        const svg = svgOf(
          both.map(([now]) => now),
          both.map(([, before]) => before),
        );
        const numbers = [...svg.matchAll(/-?\d+(?:\.\d+)?(?=[^\w#])/g)].map(([number]) => Number(number));
        expect(svg).not.toMatch(/NaN|Infinity/);
        expect(Math.max(...heightsOf(svg))).toBeLessThanOrEqual(324);
        for (const number of numbers) expect(number).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the labels of the chart', () => {
  it('are the counts at the grid lines, from 0', () => {
    expect(countsOf(svgOf(...month))).toEqual(['0', '50', '100']);
    expect(countsOf(svgOf([4300], [0]))).toEqual(['0', '2K', '4K', '6K']);
    expect(countsOf(svgOf([4300], [0], 'uk'))).toEqual(['0', '2\u00a0тис.', '4\u00a0тис.', '6\u00a0тис.']);
  });

  it.each([
    [1, ['30 Aug']],
    [7, ['30 Aug', '31 Aug', '1 Sept', '2 Sept', '3 Sept', '4 Sept', '5 Sept']],
    [30, ['30 Aug', '6 Sept', '13 Sept', '20 Sept', '27 Sept']],
    [90, ['30 Aug', '13 Sept', '27 Sept', '11 Oct', '25 Oct', '8 Nov', '22 Nov']],
  ])('name as many of %d days as there is room for', (count, names) => {
    expect(
      daysOf(
        svgOf(
          days(count, () => 70),
          zeros(count),
        ),
      ),
    ).toEqual(names);
  });

  const highest = [1, 12, 999, 1_234, 123_456, 5_000_000, 10_000_000, 999_999_999, 2 ** 53];
  it.each(['en', 'es', 'pt-BR', 'uk', 'ru', 'hi', 'bn', 'de', 'fr', 'ar', 'zh-CN'])(
    'are drawn in %s without overlaps and within the frame, whatever the numbers',
    (language) => {
      for (const [i, top] of highest.entries()) {
        const count = [1, 7, 30, 90][i % 4] ?? 1;
        const svg = svgOf([top, ...zeros(count - 1)], zeros(count), language);
        const boxes = boxesOf(svg);
        for (const box of boxes) {
          expect(box.x).toBeGreaterThan(4);
          expect(box.y).toBeGreaterThan(4);
          expect(box.x + box.width).toBeLessThan(796);
          expect(box.y + box.height).toBeLessThan(396);
        }
        const overlap = (a: BBox, b: BBox) =>
          a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
        for (const [at, box] of boxes.entries())
          expect(boxes.slice(at + 1).some((other) => overlap(box, other))).toBe(false);
        const [, left = ''] = /<path d="M(\S+) /.exec(svg) ?? [];
        for (const box of boxes.slice(0, countsOf(svg).length))
          expect(box.x + box.width, 'left of the grid').toBeLessThan(Number(left));
      }
    },
  );

  it('contrast with the background by at least 4.5 to 1', () => {
    const svg = svgOf(...month);
    const [, background = ''] = /<rect width="800" height="400" fill="(#\w{6})"/.exec(svg) ?? [];
    const colors = [...svg.matchAll(/<text [^>]*fill="(#\w{6})"/g)].map(([, color = '']) => color);
    expect(colors.length).toBeGreaterThan(4);
    for (const color of colors)
      expect((luminance(color) + 0.05) / (luminance(background) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });
});
