// The sections of /insights as fields of an embed.
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import { codePoints, EMBED_LIMITS } from '../../src/discord/limits.ts';
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import type { Insights, WalkEnd } from '../../src/stats/insights.ts';
import { daysBefore } from '../../src/time.ts';
import type { InsightsFormat } from './format.ts';

/** Lines of a section: all sections together stay under an embed's 6,000 characters. */
const LINES = { read: 8, stops: 5, outcomes: 3, unhelpful: 3, refused: 3, questions: 10 } as const;
const MAX_QUESTION_TEXT = 80;
const WEEK = 7;

/** Lines about what waits for people. */
interface WaitingLines {
  readonly asked: readonly string[];
  readonly silent: readonly string[];
}

/** Every section that is not empty, what waits for people first. */
export function fieldsOf(insights: Insights, { asked, silent }: WaitingLines, format: InsightsFormat): APIEmbedField[] {
  const { messages, count, title } = format;
  const { read, stops, outcomes, questions, series, from, days } = insights;
  const sections: [name: string, lines: readonly string[]][] = [
    [messages.waiting, asked],
    [messages.posts, [...postCounts(insights, format), ...silent]],
    [messages.read, read.slice(0, LINES.read).map((one) => messages.count(title(one.topic), count(one.count)))],
    [messages.stops, stops.length > 0 ? [messages.stopsHint, ...endLines(stops.slice(0, LINES.stops), format)] : []],
    [messages.outcomes, endLines(outcomes.slice(0, LINES.outcomes), format)],
    [messages.helped, judgedLines(insights, format)],
    [messages.asked, askedLines(insights, format)],
    [
      messages.questions,
      questions
        .slice(0, LINES.questions)
        .map((one) => messages.question(plainTextWithin(one.text, MAX_QUESTION_TEXT), count(one.count))),
    ],
    [messages.series, weekLines(series.now, from, format)],
    [messages.seriesBefore, weekLines(series.before, daysBefore(from, days), format)],
  ];
  return sections.flatMap(([name, lines]) => (lines.length > 0 ? [{ name, value: fittingLines(lines) }] : []));
}

/** The fields that fit into an embed, which holds 6,000 characters; the last ones are left out. */
export function fittingFields({ title, description, footer }: APIEmbed, fields: APIEmbedField[]): APIEmbedField[] {
  const texts = [title, description, footer?.text];
  let left = EMBED_LIMITS.total - texts.reduce((sum, text) => sum + codePoints(text ?? ''), 0);
  return fields.filter(({ name, value }) => {
    left -= codePoints(name) + codePoints(value);
    return left >= 0;
  });
}

function postCounts({ now }: Insights, { messages, count }: InsightsFormat): string[] {
  if (now.posts + now.postsRefused === 0) return [];
  const [answered, silent, refused] = [count(now.postsAnswered), count(now.postsSilent), count(now.postsRefused)];
  return [
    messages.postCounts(count(now.posts), answered, silent, refused),
    ...(now.postsOvertaken > 0 ? [messages.overtaken(count(now.postsOvertaken))] : []),
  ];
}

function endLines(ends: readonly WalkEnd[], { messages, percent, title, count }: InsightsFormat): string[] {
  return ends.map(({ page, share, ended, seen }) =>
    messages.end(title(page), count(ended), percent(share), count(seen)),
  );
}

function judgedLines({ now: { helped, notHelped }, unhelpful }: Insights, format: InsightsFormat): string[] {
  const { messages, count, percent, title } = format;
  if (helped + notHelped === 0) return [];
  const pages = unhelpful.slice(0, LINES.unhelpful);
  return [
    messages.judged(count(helped), count(notHelped), percent((100 * helped) / (helped + notHelped))),
    ...pages.map((one) => messages.notHelped(title(one.page), count(one.notHelped), count(one.helped))),
  ];
}

function askedLines({ now, refused }: Insights, { messages, count, title }: InsightsFormat): string[] {
  const { answered, unsure, declined } = now;
  if (answered + unsure + declined + now.refused + now.none === 0) return [];
  return [
    ...(answered + unsure + declined > 0 ? [messages.answers(count(answered), count(unsure), count(declined))] : []),
    ...(now.refused + now.none > 0 ? [messages.refused(count(now.refused), count(now.none))] : []),
    ...refused.slice(0, LINES.refused).map((one) => messages.notThis(title(one.topic), count(one.count))),
  ];
}

/** Days in a row, from the `first` of the period, counted from 0. */
interface Span {
  readonly first: number;
  readonly counts: readonly number[];
}

/**
 * The numbers of the chart, one line a week, and one line for all weeks in a row in which nothing was read. Without
 * thousands separators, 90 numbers of six digits fit into a field in every language.
 */
function weekLines(series: readonly number[], from: string, { messages, days }: InsightsFormat): string[] {
  if (isUnread(series)) return [];
  return joinUnread(weeksOf(series)).map(({ first, counts }) => {
    const start = daysBefore(from, -first);
    const shown = days(start, daysBefore(start, 1 - counts.length));
    return isUnread(counts) ? messages.unread(shown) : messages.week(shown, counts.join(', '));
  });
}

function weeksOf(series: readonly number[]): Span[] {
  const starts = Array.from({ length: Math.ceil(series.length / WEEK) }, (_, i) => i * WEEK);
  return starts.map((first) => ({ first, counts: series.slice(first, first + WEEK) }));
}

function joinUnread(weeks: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const week of weeks) {
    const last = joined.at(-1);
    if (last && isUnread(last.counts) && isUnread(week.counts))
      joined[joined.length - 1] = { ...last, counts: [...last.counts, ...week.counts] };
    else joined.push(week);
  }
  return joined;
}

function isUnread(counts: readonly number[]): boolean {
  return counts.every((n) => n === 0);
}

/** As many lines as fit into a field. */
function fittingLines(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`;
    if (codePoints(longer) > EMBED_LIMITS.fieldValue) break;
    text = longer;
  }
  return text;
}
