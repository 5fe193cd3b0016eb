// Numbers, trends, titles and days of /insights, as a reader sees them.
import { describe, expect, it } from 'vitest';
import { createInsightsFormat } from '../../../commands/insights/format.ts';
import { en } from '../../../src/i18n/en.ts';

const { insights: words } = en;
const titles = new Map([
  ['a', 'A *title*'],
  ['long', 'x'.repeat(61)],
]);
const format = createInsightsFormat(en, 'en', (topic) => titles.get(topic));

it('shows numbers in the reader’s language', () => {
  expect(format.count(12_345)).toBe('12,345');
  expect(createInsightsFormat(en, 'de', () => undefined).count(12_345)).toBe('12.345');
  expect(format.messages).toBe(words);
});

it.each([
  [0, '0'],
  [0.01, '<1'],
  [0.99, '<1'],
  [1, '1'],
  [33.4, '33'],
  [100, '100'],
])('shows a share of %d as %s', (share, shown) => {
  expect(format.percent(share)).toBe(shown);
});

describe('compares with the period before', () => {
  it.each([
    ['the same', 5, 5, words.same],
    ['nothing in both', 0, 0, words.same],
    ['the first of all', 5, 0, words.new],
    ['twice as much', 10, 5, words.more('100')],
    ['half', 5, 10, words.less('50')],
    ['nothing any more', 0, 10, words.less('100')],
    ['less than a hundredth more', 1009, 1000, words.alike],
    ['less than a hundredth less', 991, 1000, words.alike],
    ['a hundredth more', 101, 100, words.more('1')],
    ['a hundredth less', 99, 100, words.less('1')],
  ])('%s', (_, now, before, shown) => {
    expect(format.trend(now, before)).toBe(shown);
  });
});

it('shows titles as plain text within 60 characters, and names a topic that is gone', () => {
  expect(format.title('a')).toBe('A \\*title\\*');
  expect(format.title('long')).toBe(`${'x'.repeat(59)}…`);
  expect(format.title('none')).toBe(words.goneTopic);
});

it('shows days, and ranges of days, without their year', () => {
  expect(format.days('2026-11-03', '2026-11-03')).toBe('3 Nov');
  expect(format.days('2026-10-28', '2026-11-03').replaceAll('\u2009', ' ')).toBe('28 Oct – 3 Nov');
});
