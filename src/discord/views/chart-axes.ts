// The labels of a chart's axes: round counts at its grid lines, and as many days as there is room for.
import { showDay, showDayInFigures } from '../../i18n/dates.ts';
import { showShortNumber } from '../../i18n/numbers.ts';

const MAX_STEPS = 4;
/** Days from one label to the next. Above three they are whole weeks, like the lines of the message's text. */
const DAY_STEPS = [1, 2, 3, 7, 14, 28, 56] as const;
/** Widths of characters in the font Play, and the least space between labels, as parts of the font's size. */
const WIDTH = { narrow: 0.3, wide: 0.9, other: 0.6 } as const;
const NARROW = /[\p{Punctuation}\p{Separator}]/u;
const WIDE = /[mwжмфшщюы]/iu;
const SPACE = 0.5;
/** Characters that the font has. */
const IN_FONT = /^[\p{Script=Latin}\p{Script=Cyrillic}\d\p{Punctuation}\p{Separator}]+$/u;

export interface DayLabel {
  /** The middle of the text. */
  readonly x: number;
  readonly text: string;
}

interface DayAxis {
  /** What each day is called, oldest first. */
  readonly names: readonly string[];
  /** The middle of a day. */
  readonly x: (day: number) => number;
  /** Labels stay between these. */
  readonly left: number;
  readonly right: number;
  readonly fontSize: number;
}

/** The counts at the grid lines: two to six round numbers in equal steps, from 0 to the highest count or above it. */
export function countTicks(highest: number): number[] {
  const top = Math.max(1, highest);
  const step = roundStep(top / MAX_STEPS);
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, i) => i * step);
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not below a number. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

/** Labels for every day, or for every second, third or seventh and so on, so that there is space between them. */
export function dayLabels(axis: DayAxis): DayLabel[] {
  for (const step of DAY_STEPS) {
    const labels = everyDayLabel(step, axis);
    if (haveSpace(labels, axis.fontSize)) return labels;
  }
  return everyDayLabel(Number.POSITIVE_INFINITY, axis);
}

function everyDayLabel(step: number, { names, x, left, right, fontSize }: DayAxis): DayLabel[] {
  return names.flatMap((text, day) => {
    if (day % step !== 0) return [];
    const half = textWidth(text, fontSize) / 2;
    return [{ text, x: Math.min(right - half, Math.max(left + half, x(day))) }];
  });
}

function haveSpace(labels: readonly DayLabel[], fontSize: number): boolean {
  const half = ({ text }: DayLabel) => textWidth(text, fontSize) / 2;
  return labels.every((label, i) => {
    const next = labels[i + 1];
    return !next || next.x - half(next) - (label.x + half(label)) >= SPACE * fontSize;
  });
}

/** The width of a label, or slightly more: the drawing library does not say how wide it draws a text. */
export function textWidth(text: string, fontSize: number): number {
  const widths = [...text].map((one) => (NARROW.test(one) ? WIDTH.narrow : WIDE.test(one) ? WIDTH.wide : WIDTH.other));
  return fontSize * widths.reduce((sum, width) => sum + width, 0);
}

/** A day such as `3 Nov`, or in figures if the chart's font lacks the script. @param day `YYYY-MM-DD` */
export function dayName(day: string, language: string): string {
  const name = showDay(day, language);
  return IN_FONT.test(name) ? name : showDayInFigures(day, language);
}

/** A count such as `1.2K`, in English if the chart's font lacks the script. */
export function countName(count: number, language: string): string {
  const name = showShortNumber(count, language);
  return IN_FONT.test(name) ? name : showShortNumber(count, 'en');
}
