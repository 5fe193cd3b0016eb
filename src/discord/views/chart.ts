// The chart of /insights as a PNG, drawn in process: bars, a line, and labels. The text has the same numbers.
import { createRequire } from 'node:module';
import type { Insights } from '../../stats/insights.ts';
import { daysBefore } from '../../time.ts';
import { countName, countTicks, dayLabels, dayName, textWidth } from './chart-axes.ts';

const SIZE = { width: 800, height: 400 } as const;
/** Around everything, and between the labels and what they belong to. */
const MARGIN = 20;
const LABEL_GAP = 12;
/** Discord shows the chart at half its size or less. */
const FONT = { family: 'Play', size: 24, file: '@expo-google-fonts/play/400Regular/Play_400Regular.ttf' } as const;
/** From the middle of a figure to its baseline, as a part of the font's size. */
const HALF_FIGURE = 0.36;
/** Its own background, so it looks the same in Discord's light and dark themes. Shapes tell the periods apart too. */
const COLOR = { background: '#1e2130', grid: '#4b5063', text: '#d6d9e6', bar: '#60a5fa', line: '#fbbf24' } as const;
/** The part of a day's width that its bar takes. */
const BAR_WIDTH = 0.7;

interface Chart {
  /** The same number of days in both periods, oldest first. */
  readonly series: Insights['series'];
  /** The first day of the period, `YYYY-MM-DD`. */
  readonly from: string;
  /** Of the labels. */
  readonly language: string;
}

/** Where the bars and the line are, and what a day and a count are in pixels. */
interface Plot {
  readonly left: number;
  readonly right: number;
  readonly dayWidth: number;
  /** The left side of a day. */
  readonly x: (day: number) => number;
  readonly y: (count: number) => number;
}

/**
 * Draws the pages read on each day: bars for the period, a line for the one before.
 * @returns a PNG of 800 × 400
 * @throws {Error} if the drawing library has no binary for this machine, or the font is not installed
 */
export async function drawChart(chart: Chart): Promise<Buffer> {
  // Loaded on first use: it takes a few megabytes, and many bots are never asked for insights.
  const { renderAsync } = await import('@resvg/resvg-js');
  const image = await renderAsync(chartSvg(chart), { font: chartFont() });
  return image.asPng();
}

/** The font of the labels, for the drawing library. @throws {Error} if it is not installed */
export function chartFont() {
  const file = createRequire(import.meta.url).resolve(FONT.file);
  return { loadSystemFonts: false, fontFiles: [file], defaultFontFamily: FONT.family };
}

/** The same chart as SVG. */
export function chartSvg({ series: { now, before }, from, language }: Chart): string {
  const { width, height } = SIZE;
  const ticks = countTicks(Math.max(0, ...now, ...before));
  const counts = ticks.map((count) => countName(count, language));
  const plot = plotOf(now.length, ticks, counts);
  const names = now.map((_, day) => dayName(daysBefore(from, -day), language));
  const parts = [
    `<rect width="${width}" height="${height}" fill="${COLOR.background}"/>`,
    ...ticks.map((count) => gridLine(plot, count)),
    ...now.map((count, day) => bar(plot, day, count)),
    ...(before.some((count) => count > 0) ? [line(plot, before)] : []),
    ...ticks.map((count, i) => countLabel(plot, count, counts[i] ?? '')),
    ...dayTexts(plot, names),
  ];
  const font = `font-family="${FONT.family}" font-size="${FONT.size}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ${font}>${parts.join('')}</svg>`;
}

function plotOf(days: number, ticks: readonly number[], counts: readonly string[]): Plot {
  const left = MARGIN + Math.max(...counts.map((count) => textWidth(count, FONT.size))) + LABEL_GAP;
  const right = SIZE.width - MARGIN;
  const bottom = SIZE.height - MARGIN - FONT.size - LABEL_GAP;
  const dayWidth = (right - left) / Math.max(1, days);
  const top = Math.max(...ticks);
  return {
    left,
    right,
    dayWidth,
    x: (day) => left + dayWidth * day,
    y: (count) => bottom - ((bottom - MARGIN) * count) / top,
  };
}

function gridLine({ left, right, y }: Plot, count: number): string {
  return `<path d="M${round(left)} ${round(y(count))}H${round(right)}" stroke="${COLOR.grid}"/>`;
}

function bar({ dayWidth, x, y }: Plot, day: number, count: number): string {
  const left = x(day) + (dayWidth * (1 - BAR_WIDTH)) / 2;
  const size = `width="${round(dayWidth * BAR_WIDTH)}" height="${round(y(0) - y(count))}"`;
  return `<rect x="${round(left)}" y="${round(y(count))}" ${size} fill="${COLOR.bar}"/>`;
}

/** A line needs two points: a single day is drawn as a line of that day's width. */
function line({ dayWidth, x, y }: Plot, counts: readonly number[]): string {
  const points = counts.map((count, day) => `${round(x(day) + dayWidth / 2)} ${round(y(count))}`);
  const path =
    points.length === 1 ? `M${round(x(0))} ${round(y(counts[0] ?? 0))}h${round(dayWidth)}` : `M${points.join('L')}`;
  return `<path d="${path}" fill="none" stroke="${COLOR.line}" stroke-width="3" stroke-linejoin="round"/>`;
}

function countLabel({ left, y }: Plot, count: number, name: string): string {
  return textAt(left - LABEL_GAP, y(count) + HALF_FIGURE * FONT.size, 'end', name);
}

function dayTexts({ dayWidth, x }: Plot, names: readonly string[]): string[] {
  const sides = { left: MARGIN / 2, right: SIZE.width - MARGIN / 2 };
  const labels = dayLabels({ names, x: (day) => x(day) + dayWidth / 2, ...sides, fontSize: FONT.size });
  return labels.map((label) => textAt(label.x, SIZE.height - MARGIN, 'middle', label.text));
}

function textAt(x: number, baseline: number, anchor: 'middle' | 'end', text: string): string {
  return `<text x="${round(x)}" y="${round(baseline)}" text-anchor="${anchor}" fill="${COLOR.text}">${text}</text>`;
}

function round(value: number): string {
  return value.toFixed(1);
}
