// Insights from a server's counts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insightsOf } from '../../src/stats/insights.ts';
import { recordStep, type StatsRecorder } from '../../src/stats/recorder.ts';
import { saveCounts } from '../../src/stats/repository.ts';
import { saveQuestions } from '../../src/stats/unanswered.ts';
import type { CountRow } from '../../src/store/schema.ts';
import { daysBefore } from '../../src/time.ts';
import { newId } from '../new-id.ts';
import { databases, openForAll } from '../store/databases.ts';

const TODAY = '2026-05-17';
const PAGES = ['a#1', 'a#2', 'b#1', 'b#2', 'c#out'];
const isOutcome = (page: string) => page === 'c#out';

/** A count of some days ago. */
type Counted = readonly [kind: CountRow['kind'], subject: string, n?: number, daysAgo?: number];

describe.each(databases)('insights on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  /** Stores counts, and adds up those that are the same. */
  async function record(guildId: string, counts: readonly Counted[]) {
    const sums = new Map<string, CountRow>();
    for (const [kind, subject, n = 1, daysAgo = 0] of counts) {
      const row = { guild_id: guildId, day: daysBefore(TODAY, daysAgo), kind, subject, n };
      const key = [row.day, kind, subject].join(' ');
      sums.set(key, { ...row, n: n + (sums.get(key)?.n ?? 0) });
    }
    await store.transact((trx) => saveCounts(trx, [...sums.values()]));
  }
  const of = (guildId: string, days = 30) => insightsOf(store, guildId, { days, today: TODAY, isOutcome });
  const numbered = (count: number, kind: CountRow['kind'], first = 1): Counted[] =>
    Array.from({ length: count }, (_, i) => [kind, `p#${String(i).padStart(2, '0')}`, first + i] as const);

  test('of a server without counts are zeros and empty lists', async () => {
    const { series, now, before, ...rest } = await of('nothing');
    const reading = ['seen', 'shown', 'followed', 'walks', 'helped', 'notHelped'];
    const asking = ['answered', 'unsure', 'declined', 'refused', 'none'];
    const posts = ['posts', 'postsAnswered', 'postsRefused', 'postsSilent', 'postsOvertaken'];
    const zeros = Object.fromEntries([...reading, ...asking, ...posts].map((name) => [name, 0]));
    expect([now, before]).toEqual([zeros, zeros]);
    expect(rest).toEqual({
      days: 30,
      from: '2026-04-18',
      to: TODAY,
      read: [],
      stops: [],
      outcomes: [],
      unhelpful: [],
      refused: [],
      questions: [],
    });
    const nothing = Array.from({ length: 30 }, () => 0);
    expect(series).toEqual({ now: nothing, before: nothing });
  });

  test('compare the period with the previous one, without other days and servers', async () => {
    await record('period', [
      ['seen', 'a#1', 1, 0],
      ['shown', 'a#1', 2, 6],
      ['seen', 'a#1', 8, 6],
      ['seen', 'b#1', 100, 7],
      ['seen', 'a#1', 1000, 13],
      ['seen', 'a#1', 5, 14],
      ['seen', 'a#1', 7, -1],
    ]);
    await record('elsewhere', [['seen', 'b#1', 50]]);
    const { now, before, series, read, from } = await of('period', 7);
    expect(from).toBe('2026-05-11');
    expect([now.seen, now.shown, now.walks]).toEqual([9, 2, 9]);
    expect([before.seen, before.shown, before.walks]).toEqual([1100, 0, 1100]);
    expect(series).toEqual({ now: [10, 0, 0, 0, 0, 0, 1], before: [1000, 0, 0, 0, 0, 0, 100] });
    expect(read).toEqual([{ topic: 'a#1', count: 11 }]);
    expect(await of('period', 1)).toMatchObject({ from: TODAY, series: { now: [1], before: [0] } });
  });

  test('contain what was read, what helped, and how questions were answered', async () => {
    await record('split', [
      ['shown', 'a#1', 2],
      ['shown', 'r:abcd1234', 1],
      ['seen', 'a#1'],
      ['seen', 'b#1'],
      ['followed', 'b', 3],
      ['helped', 'b#1', 4],
      ['not-helped', 'a#1', 1],
      ['not-helped', 'b#1', 2],
      ['not-helped', 'a#2', 1],
      ['asked', 'answered', 5],
      ['asked', 'unsure', 6],
      ['asked', 'declined', 7],
    ]);
    expect(await of('split')).toMatchObject({
      now: { seen: 2, shown: 3, followed: 3, helped: 4, notHelped: 4, answered: 5, unsure: 6, declined: 7 },
      read: [
        { topic: 'a#1', count: 3 },
        { topic: 'b#1', count: 1 },
        { topic: 'r:abcd1234', count: 1 },
      ],
      unhelpful: [
        { page: 'b#1', helped: 4, notHelped: 2 },
        { page: 'a#1', helped: 0, notHelped: 1 },
        { page: 'a#2', helped: 0, notHelped: 1 },
      ],
      series: { now: expect.arrayContaining([5]) },
    });
  });

  test('contain which topics answered a question and were not meant, and how often nothing offered was', async () => {
    await record('meant', [
      ['refused', 'a#1', 2],
      ['refused', 'r:abcd1234', 3],
      ['refused', 'a#2', 2, 6],
      ['refused', 'b#1', 9, 7],
      ['none', 'a#1', 4],
      ['none', 'b#1', 1],
    ]);
    const { now, before, read, refused } = await of('meant', 7);
    expect([now.refused, now.none, before.refused, before.none]).toEqual([7, 5, 9, 0]);
    expect(refused).toEqual([
      { topic: 'r:abcd1234', count: 3 },
      { topic: 'a#1', count: 2 },
      { topic: 'a#2', count: 2 },
    ]);
    expect(read).toEqual([]);
  });

  test('contain where walks ended: what was seen and not left', async () => {
    await record('ends', [
      ['seen', 'a#1', 10],
      ['left', 'a#1', 7],
      ['seen', 'a#2', 5],
      ['left', 'a#2', 5],
      ['seen', 'b#1', 2],
      ['left', 'b#1', 9],
      ['seen', 'b#2', 3],
      ['seen', 'c#out', 6],
    ]);
    const { now, stops, outcomes } = await of('ends');
    expect(now.walks).toBe(12);
    expect(stops).toEqual([
      { page: 'a#1', seen: 10, ended: 3, share: 25 },
      { page: 'b#2', seen: 3, ended: 3, share: 25 },
    ]);
    expect(outcomes).toEqual([{ page: 'c#out', seen: 6, ended: 6, share: 50 }]);
  });

  test('have the first ten of each list', async () => {
    const all = (['seen', 'not-helped', 'refused'] as const).flatMap((kind) => numbered(11, kind));
    await record('long', [...all, ['seen', 'c#out', 100]]);
    const { read, stops, unhelpful, refused } = await of('long');
    expect(read.map(({ count }) => count)).toEqual([100, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(stops.map(({ ended }) => ended)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    expect(unhelpful.map(({ notHelped }) => notHelped)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    expect(refused.map(({ count }) => count)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    const outcomes = (await insightsOf(store, 'long', { days: 1, today: TODAY, isOutcome: () => true })).outcomes;
    expect(outcomes).toHaveLength(10);
  });

  test('have the first ten questions of the period, and of 30 days at most', async () => {
    const ask = (daysAgo: number, text: string) => ({
      guild_id: 'asks',
      asked_on: daysBefore(TODAY, daysAgo),
      id: `${daysAgo}-${text}`,
      text,
    });
    await store.transact((trx) =>
      saveQuestions(trx, [ask(6, 'six'), ask(7, 'seven'), ask(30, 'thirty'), ask(31, 'older')]),
    );
    const asked = async (days: number) => (await of('asks', days)).questions.map(({ text }) => text);
    expect(await asked(7)).toEqual(['six']);
    expect(await asked(8)).toEqual(['six', 'seven']);
    expect(await asked(90)).toEqual(['six', 'seven', 'thirty']);
    const isAnswered = (name: string) => name === 'six';
    const options = { days: 90, today: TODAY, isOutcome, isAnswered };
    expect((await insightsOf(store, 'asks', options)).questions.map(({ text }) => text)).toEqual(['seven', 'thirty']);
    await store.transact((trx) =>
      saveQuestions(
        trx,
        Array.from({ length: 11 }, (_, i) => ask(1, `number ${i}`)),
      ),
    );
    expect((await of('asks', 90)).questions).toHaveLength(10);
  });

  test('contain where walks ended, for any walks', async () => {
    const page = fc.constantFrom(...PAGES);
    const walk = fc.array(page, { minLength: 1, maxLength: 8, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.array(walk, { minLength: 1, maxLength: 12, size: 'max' }), async (walks) => {
        const guildId = newId();
        const ended = new Map<string, number>();
        const counts: Counted[] = [];
        const recorder: Pick<StatsRecorder, 'count'> = {
          count: (_, kind, subject) => void counts.push([kind, subject]),
        };
        for (const pages of walks) {
          pages.forEach((to, i) => {
            // Only `count` is used.
            recordStep(recorder as StatsRecorder, guildId, { from: pages[i - 1], to, isLink: i > 0 });
          });
          const last = pages.at(-1) ?? '';
          ended.set(last, (ended.get(last) ?? 0) + 1);
        }
        await record(guildId, counts);
        const { now, stops, outcomes } = await of(guildId);
        const ends = [...stops, ...outcomes];
        expect(now.walks).toBe(walks.length);
        expect(new Map(ends.map((end) => [end.page, end.ended]))).toEqual(ended);
        expect(ends.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100);
        expect(stops.map((end) => end.page)).not.toContain('c#out');
        expect(outcomes.every((end) => end.page === 'c#out')).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  test('have shares from 0 to 100 % and consistent sums, for any counts', async () => {
    const count = fc.tuple(
      fc.constantFrom<CountRow['kind']>('seen', 'left', 'followed', 'shown', 'helped', 'not-helped', 'refused'),
      fc.constantFrom(...PAGES),
      fc.constant(1),
      fc.nat(40),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(count, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 90 }),
        async (counts, days) => {
          const guildId = newId();
          await record(guildId, counts);
          const insights = await of(guildId, days);
          const ends = [...insights.stops, ...insights.outcomes];
          for (const { share, ended, seen } of ends) {
            expect(share).toBeGreaterThan(0);
            expect(share).toBeLessThanOrEqual(100);
            expect(ended).toBeLessThanOrEqual(seen);
          }
          if (ends.length > 0) expect(ends.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100);
          const total = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0);
          expect(total(insights.series.now)).toBe(insights.now.seen + insights.now.shown);
          expect(total(insights.series.before)).toBe(insights.before.seen + insights.before.shown);
          expect(total(insights.read.map((one) => one.count))).toBe(insights.now.seen + insights.now.shown);
          expect([insights.series.now.length, insights.series.before.length]).toEqual([days, days]);
        },
      ),
      { numRuns: 8 },
    );
  });
});
