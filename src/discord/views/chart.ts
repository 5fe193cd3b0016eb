// The chart of /insights: bars and a line as a PNG, drawn in process. It has no text; the message has the numbers.
import type { Insights } from '../../stats/insights.ts';

const SIZE = { width: 800, height: 300, margin: 24 } as const;
/** Its own background, so it looks the same in Discord's light and dark themes. Shapes tell the periods apart too. */
const COLOR = { background: '#1e2130', grid: '#4b5063', bar: '#60a5fa', line: '#fbbf24' } as const;
const GRID_LINES = 4;
/** The part of a day's width that its bar takes. */
const BAR_WIDTH = 0.7;

/**
 * Draws the pages read on each day: bars for the period, a line for the one before. The highest day reaches the top.
 * @param series the same number of days in both, oldest first
 * @returns a PNG of 800 × 300
 * @throws {Error} if the drawing library has no binary for this machine
 */
export async function drawChart(series: Insights['series']): Promise<Buffer> {
  // Loaded on first use: it takes a few megabytes, and many bots are never asked for insights.
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(chartSvg(series), { font: { loadSystemFonts: false } });
  return image.asPng();
}

/** The same chart as SVG. */
export function chartSvg({ now, before }: Insights['series']): string {
  const { width, height, margin } = SIZE;
  const top = Math.max(1, ...now, ...before);
  const dayWidth = (width - 2 * margin) / Math.max(1, now.length);
  const fullHeight = height - 2 * margin;
  const x = (day: number) => margin + dayWidth * day;
  const y = (count: number) => height - margin - (fullHeight * count) / top;
  const grid = Array.from({ length: GRID_LINES + 1 }, (_, i) => y((top * i) / GRID_LINES)).map(
    (gridY) => `<path d="M${margin} ${round(gridY)}H${width - margin}" stroke="${COLOR.grid}"/>`,
  );
  const bars = now.map(
    (count, day) =>
      `<rect x="${round(x(day) + (dayWidth * (1 - BAR_WIDTH)) / 2)}" y="${round(y(count))}" width="${round(dayWidth * BAR_WIDTH)}" height="${round((fullHeight * count) / top)}" fill="${COLOR.bar}"/>`,
  );
  const points = before.map((count, day) => `${round(x(day) + dayWidth / 2)} ${round(y(count))}`);
  // A line needs two points: a single day is drawn as a line of that day's width.
  const path =
    points.length === 1 ? `M${round(x(0))} ${round(y(before[0] ?? 0))}h${round(dayWidth)}` : `M${points.join('L')}`;
  const line = before.some((count) => count > 0)
    ? `<path d="${path}" fill="none" stroke="${COLOR.line}" stroke-width="3" stroke-linejoin="round"/>`
    : '';
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  return `${head}<rect width="${width}" height="${height}" fill="${COLOR.background}"/>${grid.join('')}${bars.join('')}${line}</svg>`;
}

function round(value: number): string {
  return value.toFixed(1);
}
