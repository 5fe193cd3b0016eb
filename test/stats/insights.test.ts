import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insightsOf } from '../../src/stats/insights.ts';
import { openStatsRecorder, recordStep, type StatsRecorder } from '../../src/stats/recorder.ts';
import { daysBefore } from '../../src/stats/repository.ts';
import type { CountRow } from '../../src/store/schema.ts';
import { databases, log, openForAll } from '../store/databases.ts';

const TODAY = '2026-05-17';
const PAGES = ['a#1', 'a#2', 'b#1', 'b#2', 'c#out'];
const isOutcome = (page: string) => page === 'c#out';
let guilds = 0;

describe.each(databases)('insights on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  async function on(daysAgo: number, work: (stats: StatsRecorder) => void) {
    const stats = openStatsRecorder(store, { log, now: () => Date.parse(daysBefore(TODAY, daysAgo)) });
    work(stats);
    await stats.close();
  }
  const of = (guildId: string, days = 30) => insightsOf(store, guildId, { days, today: TODAY, isOutcome });

  test('of a server without counts are zeros and empty lists', async () => {
    const insights = await of('nothing');
    expect([...Object.values(insights.now), ...Object.values(insights.before)].every((n) => n === 0)).toBe(true);
    expect(insights).toMatchObject({ from: '2026-04-18', to: TODAY, read: [], stops: [], outcomes: [], questions: [] });
    expect(insights.series.now).toEqual(Array.from({ length: 30 }, () => 0));
  });

  test('compare the period with the previous one, without other days and servers', async () => {
    for (const [daysAgo, times] of [
      [0, 1],
      [6, 10],
      [7, 100],
      [13, 1000],
      [14, 5],
    ] as const) {
      await on(daysAgo, (stats) => {
        for (let i = 0; i < times; i++) stats.count('period', 'seen', 'a#1');
        stats.count('elsewhere', 'seen', 'b#1');
      });
    }
    const { now, before, series, read } = await of('period', 7);
    expect([now.seen, before.seen]).toEqual([11, 1100]);
    expect(series).toEqual({ now: [10, 0, 0, 0, 0, 0, 1], before: [1000, 0, 0, 0, 0, 0, 100] });
    expect(read).toEqual([{ topic: 'a#1', count: 11 }]);
  });

  test('contain what was read, what helped, and how questions were answered', async () => {
    await on(1, (stats) => {
      for (const topic of ['a#1', 'a#1', 'r:abcd1234']) stats.count('split', 'shown', topic);
      for (const page of ['a#1', 'b#1']) stats.count('split', 'seen', page);
      for (const page of ['a#1', 'b#1', 'b#1']) stats.count('split', 'not-helped', page);
      stats.count('split', 'helped', 'b#1');
      for (const how of ['answered', 'answered', 'unsure', 'declined']) stats.count('split', 'asked', how);
      stats.question('split', 'where is my money');
    });
    expect(await of('split')).toMatchObject({
      now: { seen: 2, shown: 3, helped: 1, notHelped: 3, answered: 2, unsure: 1, declined: 1 },
      read: [
        { topic: 'a#1', count: 3 },
        { topic: 'b#1', count: 1 },
        { topic: 'r:abcd1234', count: 1 },
      ],
      unhelpful: [
        { page: 'b#1', helped: 1, notHelped: 2 },
        { page: 'a#1', helped: 0, notHelped: 1 },
      ],
      questions: [{ text: 'where is my money', count: 1 }],
    });
  });

  test('contain where walks ended, for any walks', async () => {
    const page = fc.constantFrom(...PAGES);
    const walk = fc.array(page, { minLength: 1, maxLength: 8, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.array(walk, { minLength: 1, maxLength: 12, size: 'max' }), async (walks) => {
        const guildId = `walks${++guilds}`;
        const ended = new Map<string, number>();
        await on(0, (stats) => {
          for (const pages of walks) {
            pages.forEach((to, i) => {
              recordStep(stats, guildId, { from: pages[i - 1], to, isLink: i > 0 });
            });
            const last = pages.at(-1) ?? '';
            ended.set(last, (ended.get(last) ?? 0) + 1);
          }
        });
        const { now, stops, outcomes } = await of(guildId);
        const ends = [...stops, ...outcomes];
        expect(now.walks).toBe(walks.length);
        expect(new Map(ends.map((end) => [end.page, end.ended]))).toEqual(ended);
        expect(ends.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100);
        expect(stops.map((end) => end.page)).not.toContain('c#out');
        expect(outcomes.every((end) => end.page === 'c#out')).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('have shares from 0 to 100 % and consistent sums, for any counts', async () => {
    const count = fc.record({
      kind: fc.constantFrom<CountRow['kind']>('seen', 'left', 'followed', 'shown', 'helped', 'not-helped'),
      page: fc.constantFrom(...PAGES),
      daysAgo: fc.nat(40),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(count, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 90 }),
        async (counts, days) => {
          const guildId = `any${++guilds}`;
          let now = 0;
          const stats = openStatsRecorder(store, { log, now: () => now });
          for (const { kind, page, daysAgo } of counts) {
            now = Date.parse(daysBefore(TODAY, daysAgo));
            stats.count(guildId, kind, page);
          }
          await stats.close();
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
      { numRuns: 40 },
    );
  });
});
