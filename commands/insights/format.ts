// Formats numbers, trends and titles in a reader's language.
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import { showDays } from '../../src/i18n/dates.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { showNumber } from '../../src/i18n/numbers.ts';

const MAX_TITLE = 60;

export interface InsightsFormat {
  readonly messages: Messages['insights'];
  count(n: number): string;
  /** A share of 0 to 100, without a percent sign. */
  percent(share: number): string;
  /** How a number compares with that of the period before. */
  trend(now: number, before: number): string;
  /** The title of a page or topic as plain text, at most 60 characters. */
  title(topic: string): string;
  /** A range of days, such as `28 Oct – 3 Nov`, or a single day. @param first `YYYY-MM-DD` @param last `YYYY-MM-DD` */
  days(first: string, last: string): string;
}

/** @param titleOf a topic's title; undefined if it no longer exists */
export function createInsightsFormat(
  { insights: messages }: Messages,
  language: string,
  titleOf: (topic: string) => string | undefined,
): InsightsFormat {
  const count = (n: number) => showNumber(n, language);
  const percent = (share: number) => (share > 0 && share < 1 ? '<1' : count(share));
  return {
    messages,
    count,
    percent,
    trend(now, before) {
      if (now === before) return messages.same;
      if (before === 0) return messages.new;
      const change = (100 * Math.abs(now - before)) / before;
      if (change < 1) return messages.alike;
      return now > before ? messages.more(percent(change)) : messages.less(percent(change));
    },
    title: (topic) => plainTextWithin(titleOf(topic) ?? messages.goneTopic, MAX_TITLE),
    days: (first, last) => showDays(first, last, language),
  };
}
