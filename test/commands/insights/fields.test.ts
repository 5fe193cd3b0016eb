// The sections of /insights: their lines, their order, and what is left out.
import { expect, it } from 'vitest';
import { fieldsOf } from '../../../commands/insights/fields.ts';
import { createInsightsFormat } from '../../../commands/insights/format.ts';
import { EMBED_LIMITS } from '../../../src/discord/limits.ts';
import { en } from '../../../src/i18n/en.ts';
import { languages } from '../../../src/i18n/index.ts';
import type { Insights } from '../../../src/stats/insights.ts';

const { insights: words } = en;
const format = createInsightsFormat(en, 'en', (topic) => `Title ${topic}`);
const NONE = {
  seen: 0,
  shown: 0,
  followed: 0,
  walks: 0,
  helped: 0,
  notHelped: 0,
  answered: 0,
  unsure: 0,
  declined: 0,
  refused: 0,
  none: 0,
  posts: 0,
  postsAnswered: 0,
  postsRefused: 0,
  postsSilent: 0,
  postsOvertaken: 0,
};
const EMPTY: Insights = {
  days: 7,
  from: '2026-11-18',
  to: '2026-11-24',
  now: NONE,
  before: NONE,
  read: [],
  stops: [],
  outcomes: [],
  unhelpful: [],
  refused: [],
  series: { now: [0, 0, 0, 0, 0, 0, 0], before: [0, 0, 0, 0, 0, 0, 0] },
  questions: [],
};
const fields = (more: Partial<Insights>, waiting = { asked: [], silent: [] }) =>
  fieldsOf({ ...EMPTY, ...more }, waiting, format);
/** The only section, by its lines. */
const linesOf = (more: Partial<Insights>, name: string) => {
  const [field, ...others] = fields(more);
  expect([field?.name, others]).toEqual([name, []]);
  return field?.value.split('\n');
};
/** A range of days with the thin spaces that are shown. */
const days = (range: string) => range.replace(' – ', '\u2009–\u2009');
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));

it('has no section without numbers', () => {
  expect(fields({})).toEqual([]);
});

it('has all sections in their order', () => {
  const end = { page: 'a', ended: 1, seen: 2, share: 50 };
  const series = { now: [1, 0, 0, 0, 0, 0, 0], before: [2, 0, 0, 0, 0, 0, 0] };
  const all = fields({
    now: { ...NONE, helped: 1, answered: 1 },
    read: [{ topic: 'a', count: 1 }],
    stops: [end],
    outcomes: [end],
    series,
    questions: [{ id: '1', text: 'why', count: 1 }],
  });
  expect(all.map(({ name }) => name)).toEqual([
    words.read,
    words.stops,
    words.outcomes,
    words.helped,
    words.asked,
    words.questions,
    words.series,
    words.seriesBefore,
  ]);
});

it('lists the eight topics that are read most', () => {
  const read = many(9, (i) => ({ topic: `${i}`, count: 1008 - i }));
  expect(linesOf({ read }, words.read)).toEqual(many(8, (i) => words.count(`Title ${i}`, `1,00${8 - i}`)));
});

it('lists five pages on which walks stop, and three on which they end well', () => {
  const ends = many(6, (i) => ({ page: `${i}`, ended: 2008 - i, seen: 3000, share: 10 - i }));
  const lines = ends.map(({ page, share }, i) => words.end(`Title ${page}`, `2,00${8 - i}`, `${share}`, '3,000'));
  expect(linesOf({ stops: ends }, words.stops)).toEqual([words.stopsHint, ...lines.slice(0, 5)]);
  expect(linesOf({ outcomes: ends }, words.outcomes)).toEqual(lines.slice(0, 3));
});

it('shows what helped, and three pages that did not', () => {
  const unhelpful = many(4, (i) => ({ page: `${i}`, helped: 1000 + i, notHelped: 2000 + i }));
  const now = { ...NONE, helped: 3000, notHelped: 1000 };
  expect(linesOf({ now, unhelpful }, words.helped)).toEqual([
    words.judged('3,000', '1,000', '75'),
    ...many(3, (i) => words.notHelped(`Title ${i}`, `2,00${i}`, `1,00${i}`)),
  ]);
  expect(linesOf({ now: { ...NONE, notHelped: 1 } }, words.helped)).toEqual([words.judged('0', '1', '0')]);
  expect(linesOf({ now: { ...NONE, helped: 1 } }, words.helped)).toEqual([words.judged('1', '0', '100')]);
  expect(fields({ unhelpful })).toEqual([]);
});

it.each([
  ['answered', '1', '0', '0'],
  ['unsure', '0', '1', '0'],
  ['declined', '0', '0', '1'],
])('shows how questions ended: %s', (kind, ...counts) => {
  const [answered, unsure, declined] = counts;
  const line = words.answers(answered ?? '', unsure ?? '', declined ?? '');
  expect(linesOf({ now: { ...NONE, [kind]: 1 } }, words.asked)).toEqual([line]);
});

it.each([
  ['refused', '1,000', '0'],
  ['none', '0', '1,000'],
])('shows how often no answer was meant, even if no question was asked in the period: %s', (kind, notThis, none) => {
  expect(linesOf({ now: { ...NONE, [kind]: 1000 } }, words.asked)).toEqual([words.refused(notThis, none)]);
});

it('lists the three topics that were most often not meant', () => {
  const refused = many(4, (i) => ({ topic: `${i}`, count: 1008 - i }));
  expect(linesOf({ now: { ...NONE, answered: 2000, refused: 1008, none: 1 }, refused }, words.asked)).toEqual([
    words.answers('2,000', '0', '0'),
    words.refused('1,008', '1'),
    ...many(3, (i) => words.notThis(`Title ${i}`, `1,00${8 - i}`)),
  ]);
});

it('lists ten questions without an answer, as plain text of 80 characters', () => {
  const questions = many(11, (i) => ({ id: `${i}`, text: `*${'x'.repeat(i * 10)}`, count: 1000 + i }));
  const lines = linesOf({ questions }, words.questions) ?? [];
  expect(lines).toHaveLength(10);
  expect(lines[1]).toBe(words.question(`\\*${'x'.repeat(10)}`, '1,001'));
  expect(lines[9]).toBe(words.question(`\\*${'x'.repeat(77)}…`, '1,009'));
});

it('shows the days of both periods, a week to a line, from its first day to its last', () => {
  const now = many(9, (i) => (i === 8 ? 1000 : i));
  const before = many(9, () => 5);
  const shown = fields({ days: 9, from: '2026-11-16', series: { now, before } });
  expect(shown).toEqual([
    {
      name: words.series,
      value: [words.week(days('16 – 22 Nov'), '0, 1, 2, 3, 4, 5, 6'), words.week(days('23 – 24 Nov'), '7, 1000')].join(
        '\n',
      ),
    },
    {
      name: words.seriesBefore,
      value: [words.week(days('7 – 13 Nov'), '5, 5, 5, 5, 5, 5, 5'), words.week(days('14 – 15 Nov'), '5, 5')].join(
        '\n',
      ),
    },
  ]);
});

it('says in one line that nothing was read in weeks in a row', () => {
  /** Weeks of a period that begins on 16 November: read every day, or not at all. */
  const shownFor = (...weeks: (0 | 1)[]) => {
    const now = weeks.flatMap((week) => many(7, () => week));
    const lines = linesOf({ days: now.length, from: '2026-11-16', series: { now, before: [] } }, words.series);
    return lines;
  };
  const read = (range: string) => words.week(days(range), '1, 1, 1, 1, 1, 1, 1');
  const unread = (range: string) => words.unread(days(range));
  expect(shownFor(0, 1)).toEqual([unread('16 – 22 Nov'), read('23 – 29 Nov')]);
  expect(shownFor(0, 0, 0, 1)).toEqual([unread('16 Nov – 6 Dec'), read('7 – 13 Dec')]);
  expect(shownFor(1, 0, 1, 0, 0)).toEqual([
    read('16 – 22 Nov'),
    unread('23 – 29 Nov'),
    read('30 Nov – 6 Dec'),
    unread('7 – 20 Dec'),
  ]);
});

it('says that nothing was read on the last day, if it begins a week', () => {
  const now = many(8, (i) => (i === 7 ? 0 : 2));
  expect(linesOf({ days: 8, from: '2026-11-16', series: { now, before: [] } }, words.series)).toEqual([
    words.week(days('16 – 22 Nov'), '2, 2, 2, 2, 2, 2, 2'),
    words.unread('23 Nov'),
  ]);
});

it('names a single day that begins a week', () => {
  const now = many(8, () => 2);
  expect(linesOf({ days: 8, from: '2026-11-16', series: { now, before: [] } }, words.series)?.at(-1)).toBe(
    words.week('23 Nov', '2'),
  );
});

it.each([...languages])('shows 90 days with numbers of six digits in %s', (language, messages) => {
  const inLanguage = createInsightsFormat(messages, language, () => undefined);
  // Over the end of a year, whose range of days is the longest.
  const from = '2026-11-01';
  const series = { now: many(90, () => 999_999), before: [] };
  const [field] = fieldsOf({ ...EMPTY, days: 90, from, series }, { asked: [], silent: [] }, inLanguage);
  expect(field?.value.split('\n')).toHaveLength(13);
});

it('leaves out a period in which nothing was read', () => {
  const [now, before] = [[0, 0, 0, 0, 0, 0, 1], EMPTY.series.before];
  expect(linesOf({ series: { now, before } }, words.series)).toHaveLength(1);
  expect(linesOf({ series: { now: before, before: now } }, words.seriesBefore)).toHaveLength(1);
});

it('shows only whole lines that fit into an embed’s field', () => {
  /** Thirteen weeks of numbers of seven digits; the last ones have eight. */
  const shownWith = (longer: number) => {
    const now = many(90, (i) => (i < 90 - longer ? 1_000_000 : 10_000_000));
    return fields({ days: 90, from: '2026-09-02', series: { now, before: [] } })[0]?.value ?? '';
  };
  const room = EMBED_LIMITS.fieldValue - shownWith(0).length;
  expect(shownWith(room)).toHaveLength(EMBED_LIMITS.fieldValue);
  expect(shownWith(room).split('\n')).toHaveLength(13);
  expect(shownWith(room + 1).split('\n')).toHaveLength(12);
});
