// The labels of a chart's axes: round counts, days with space between them, in the reader's language and in the font.
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartFont } from '../../../src/discord/views/chart.ts';
import { countName, countTicks, dayLabels, dayName, textWidth } from '../../../src/discord/views/chart-axes.ts';
import { daysBefore } from '../../../src/time.ts';

const LANGUAGES = ['en', 'en-US', 'es', 'pt-BR', 'uk', 'ru', 'hi', 'bn', 'de', 'fr', 'ar', 'zh-CN', 'fil'];
/** How wide the real font draws a text of size 100. */
function drawnWidth(text: string): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="200"><text x="9" y="100" font-size="100">${text}</text></svg>`;
  return new Resvg(svg, { font: chartFont() }).getBBox()?.width ?? expect.fail('not drawn');
}

describe('the counts at the grid lines', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [4, [0, 1, 2, 3, 4]],
    [5, [0, 2, 4, 6]],
    [20, [0, 5, 10, 15, 20]],
    [21, [0, 10, 20, 30]],
    [90, [0, 50, 100]],
    [1234, [0, 500, 1000, 1500]],
  ])('up to %d are %j', (highest, ticks) => {
    expect(countTicks(highest)).toEqual(ticks);
  });

  it('are two to five whole numbers up to the highest, and exact when they are shortened', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (highest) => {
        const ticks = countTicks(highest);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(5);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
        expect(ticks.at(-2)).toBeLessThan(Math.max(1, highest));
        for (const tick of ticks) expect(String(tick)).toMatch(/^\d{1,2}0*$/);
      }),
    );
  });
});

describe('the days', () => {
  const labelsAt = (names: readonly string[], dayWidth: number) =>
    dayLabels({ names, x: (day) => (day + 0.5) * dayWidth, left: 0, right: names.length * dayWidth, fontSize: 10 });
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => `${i}`.padStart(2, '0'));

  it.each([
    [17, 1],
    [16.9, 2],
    [9.2, 2],
    [9.1, 3],
    [6.6, 3],
    [6.5, 7],
    [3.1, 7],
    [3, 14],
  ])('%d wide are labelled every %d days, with half the font’s size between labels', (dayWidth, step) => {
    const shown = labelsAt(numbered(60), dayWidth).map(({ text }) => text);
    expect(shown).toEqual(numbered(60).filter((_, i) => i % step === 0));
  });

  it('are labelled in the middle, or as far left or right as there is room', () => {
    expect(labelsAt(['00'], 100)).toEqual([{ text: '00', x: 50 }]);
    expect(labelsAt(numbered(8), 7).map(({ x }) => x)).toEqual([6, 24.5, 45.5]);
    expect(labelsAt(numbered(7), 3).map(({ x }) => x)).toEqual([6]);
  });

  it('are named in the reader’s language', () => {
    expect(dayName('2026-11-03', 'en')).toBe('3 Nov');
    expect(dayName('2026-11-03', 'uk')).toBe('3 лист.');
    expect(dayName('2026-11-03', 'pt-BR')).toBe('3 de nov.');
  });

  it.each(['hi', 'bn', 'ar'])('are named in figures in %s, whose script is not in the font', (language) => {
    expect(dayName('2026-11-03', language)).toBe('3/11');
    expect(countName(1200, language)).toBe('1.2K');
  });
});

it('shortens counts in the reader’s language', () => {
  expect(countName(1200, 'en')).toBe('1.2K');
  expect(countName(2_500_000, 'uk')).toBe('2,5\u00a0млн');
});

it.each(LANGUAGES)('takes the labels in %s as at least as wide as they are drawn', (language) => {
  const names = [
    ...Array.from({ length: 24 }, (_, i) => dayName(daysBefore('2026-12-28', i * 16), language)),
    ...[0, 20, 400, 1500, 6000, 10_000, 150_000, 2_500_000, 10_000_000, 2e9, 1e12].map((n) => countName(n, language)),
  ];
  for (const name of names) expect(textWidth(name, 100), name).toBeGreaterThanOrEqual(drawnWidth(name));
});
