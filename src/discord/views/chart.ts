// The chart of /insights: bars and a line as a PNG, drawn in process. No text in it: the numbers stand beside it.
import type { Insights } from '../../stats/insights.ts';

const SIZE = { width: 800, height: 300, margin: 24 } as const;
/** Light on a ground of its own: the same on Discord's light and dark themes. Shapes tell the periods apart, too. */
const COLOR = { ground: '#1e2130', grid: '#4b5063', bar: '#60a5fa', line: '#fbbf24' } as const;
const GRID_LINES = 4;
/** The part of a day's room that its bar takes. */
const BAR = 0.7;

/**
 * Draws what was read on each day: bars for the period, a line for the one before. The top is the highest of all days.
 * @param series as many days in both, oldest first
 * @returns a PNG of 800 × 300
 * @throws where the drawing library has no binary for this machine
 */
export async function drawChart(series: Insights['series']): Promise<Buffer> {
  // Some megabytes that a bot whose moderators never ask for them does not need.
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(chartSvg(series), { font: { loadSystemFonts: false } });
  return image.asPng();
}

/** The same chart as SVG. */
export function chartSvg({ now, before }: Insights['series']): string {
  const { width, height, margin } = SIZE;
  const top = Math.max(1, ...now, ...before);
  const room = (width - 2 * margin) / Math.max(1, now.length);
  const tall = height - 2 * margin;
  const x = (day: number) => margin + room * day;
  const y = (count: number) => height - margin - (tall * count) / top;
  const grid = Array.from({ length: GRID_LINES + 1 }, (_, i) => y((top * i) / GRID_LINES)).map(
    (at) => `<path d="M${margin} ${round(at)}H${width - margin}" stroke="${COLOR.grid}"/>`,
  );
  const bars = now.map(
    (count, day) =>
      `<rect x="${round(x(day) + (room * (1 - BAR)) / 2)}" y="${round(y(count))}" width="${round(room * BAR)}" height="${round((tall * count) / top)}" fill="${COLOR.bar}"/>`,
  );
  const points = before.map((count, day) => `${round(x(day) + room / 2)} ${round(y(count))}`);
  // One day makes no line: it is drawn as wide as its bar.
  const path =
    points.length === 1 ? `M${round(x(0))} ${round(y(before[0] ?? 0))}h${round(room)}` : `M${points.join('L')}`;
  const line = before.some((count) => count > 0)
    ? `<path d="${path}" fill="none" stroke="${COLOR.line}" stroke-width="3" stroke-linejoin="round"/>`
    : '';
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  return `${head}<rect width="${width}" height="${height}" fill="${COLOR.ground}"/>${grid.join('')}${bars.join('')}${line}</svg>`;
}

function round(value: number): string {
  return value.toFixed(1);
}
