// The sections of /insights as fields of an embed.
import type { APIEmbedField } from 'discord-api-types/v10';
import { codePoints, EMBED_LIMITS } from '../../src/discord/limits.ts';
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import type { End, Insights } from '../../src/stats/insights.ts';
import { daysBefore } from '../../src/stats/repository.ts';
import type { Showing } from './showing.ts';

/** Lines of a section: all sections together stay under an embed's 6,000 characters. */
const LINES = { read: 8, stops: 5, outcomes: 3, unhelpful: 3, questions: 10 } as const;
const IN_LIST = 80;
const WEEK = 7;

/** Every section that has something to say. */
export function fieldsOf(insights: Insights, showing: Showing): APIEmbedField[] {
  const { words: messages, count, title } = showing;
  const { read, stops, outcomes, questions, series, from, days } = insights;
  const sections: [name: string, lines: string[]][] = [
    [messages.read, read.slice(0, LINES.read).map((one) => messages.count(title(one.topic), count(one.count)))],
    [messages.stops, stops.length > 0 ? [messages.stopsHint, ...endLines(stops.slice(0, LINES.stops), showing)] : []],
    [messages.outcomes, endLines(outcomes.slice(0, LINES.outcomes), showing)],
    [messages.helped, judgedLines(insights, showing)],
    [messages.asked, askedLines(insights, showing)],
    [
      messages.questions,
      questions
        .slice(0, LINES.questions)
        .map((one) => messages.question(plainTextWithin(one.text, IN_LIST), count(one.count))),
    ],
    [messages.series, weekLines(series.now, from, showing)],
    [messages.seriesBefore, weekLines(series.before, daysBefore(from, days), showing)],
  ];
  return sections.flatMap(([name, lines]) => (lines.length > 0 ? [{ name, value: whole(lines) }] : []));
}

function endLines(ends: readonly End[], { words: messages, percent, title, count }: Showing): string[] {
  return ends.map(({ page, share, ended, seen }) =>
    messages.end(title(page), percent(share), count(ended), count(seen)),
  );
}

function judgedLines({ now: { helped, notHelped }, unhelpful }: Insights, showing: Showing): string[] {
  const { words: messages, count, percent, title } = showing;
  if (helped + notHelped === 0) return [];
  const pages = unhelpful.slice(0, LINES.unhelpful);
  return [
    messages.judged(count(helped), count(notHelped), percent((100 * helped) / (helped + notHelped))),
    ...pages.map((one) => messages.notHelped(title(one.page), count(one.notHelped), count(one.helped))),
  ];
}

function askedLines({ now: { answered, unsure, declined } }: Insights, { words: messages, count }: Showing): string[] {
  return answered + unsure + declined > 0 ? [messages.answers(count(answered), count(unsure), count(declined))] : [];
}

/** The numbers of the chart, a week a line. Without separators in them, 90 numbers of seven digits fit into a field. */
function weekLines(series: readonly number[], from: string, { words: messages, day }: Showing): string[] {
  if (series.every((n) => n === 0)) return [];
  const weeks = Array.from({ length: Math.ceil(series.length / WEEK) }, (_, i) => i * WEEK);
  return weeks.map((at) => messages.week(day(daysBefore(from, -at)), series.slice(at, at + WEEK).join(', ')));
}

/** As many lines as a field takes. */
function whole(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`;
    if (codePoints(longer) > EMBED_LIMITS.fieldValue) break;
    text = longer;
  }
  return text;
}
