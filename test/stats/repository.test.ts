import { describe, expect, test } from 'vitest';
import { openStatsRecorder } from '../../src/stats/recorder.ts';
import { dayOf, daysBefore, deleteExpired, saveCounts } from '../../src/stats/repository.ts';
import { databases, log, openForAll } from '../store/databases.ts';
import { readersOf, TODAY } from './counters.ts';

describe.each(databases)('counters on $name', async ({ create }) => {
  const { store } = await openForAll(create);
  const { rowsOf, questionsOf, totalOf } = readersOf(store);

  test('are written by few different statements, because SQLite keeps each prepared', async () => {
    const rows = Array.from({ length: 130 }, (_, i) => {
      return { guild_id: 'many', day: TODAY, kind: 'seen' as const, subject: `page#${i}`, n: 1 };
    });
    const statements = new Set<string>();
    await store.transact(async (trx) => {
      const watched = trx.withPlugin({
        transformQuery({ node, queryId }) {
          statements.add(trx.getExecutor().compileQuery(node, queryId).sql);
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      for (let count = 1; count <= rows.length; count++) await saveCounts(watched, rows.slice(0, count));
    });
    expect(statements.size).toBe(8);
    expect(await totalOf('many')).toBe((rows.length * (rows.length + 1)) / 2);
  });

  test('are deleted after 400 days, and questions after 30', async () => {
    for (const age of [0, 30, 31, 400, 401, 900]) {
      const stats = openStatsRecorder(store, { log, now: () => Date.parse(daysBefore(TODAY, age)) });
      stats.count(`old${age % 2}`, 'seen', `age#${age}`);
      stats.question('old', `is this ${age} days old`);
      await stats.close();
    }
    await deleteExpired(store, TODAY);
    const left = [...(await rowsOf('old0')), ...(await rowsOf('old1'))].map(({ subject }) => subject);
    expect(left.sort()).toEqual(['age#0', 'age#30', 'age#31', 'age#400']);
    expect((await questionsOf('old')).map(({ text }) => text).sort()).toEqual([
      'is this 0 days old',
      'is this 30 days old',
    ]);
  });
});

test('days are in UTC', () => {
  expect(dayOf(Date.UTC(2024, 1, 29, 23, 59))).toBe('2024-02-29');
  expect(daysBefore('2024-03-01', 1)).toBe('2024-02-29');
  expect(daysBefore('2026-01-01', -1)).toBe('2026-01-02');
});
