// The table of counts: adding to it, and deleting from it.
import { describe, expect, test } from 'vitest';
import { deleteExpired, deleteGuildStats, saveCounts } from '../../src/stats/repository.ts';
import { saveQuestions } from '../../src/stats/unanswered.ts';
import type { CountRow } from '../../src/store/schema.ts';
import { daysBefore } from '../../src/time.ts';
import { databases, openForAll } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { readersOf, TODAY } from './counters.ts';
import { countsIn, createStatementStore } from './statements.ts';

const count = (more: Partial<CountRow> = {}): CountRow => ({
  guild_id: 'g',
  day: TODAY,
  kind: 'seen',
  subject: 'a#a',
  n: 1,
  ...more,
});

describe.each(databases)('counters on $name', async ({ create }) => {
  const { store } = await openForAll(create);
  const { rowsOf, questionsOf } = readersOf(store);

  test('are added to those with the same guild, day, kind and subject', async () => {
    const others = [count({ day: '2026-05-18' }), count({ kind: 'left' }), count({ subject: 'b#b' })];
    await store.transact((trx) => saveCounts(trx, [count({ n: 2 }), ...others, count({ guild_id: 'h' })]));
    await store.transact((trx) => saveCounts(trx, [count({ n: 3 })]));
    expect((await rowsOf('g')).map(({ day, kind, subject, n }) => [day, kind, subject, n])).toEqual([
      [TODAY, 'left', 'a#a', 1],
      [TODAY, 'seen', 'a#a', 5],
      [TODAY, 'seen', 'b#b', 1],
      ['2026-05-18', 'seen', 'a#a', 1],
    ]);
    expect(await rowsOf('h')).toMatchObject([{ n: 1 }]);
  });

  test('are deleted after 400 days, and questions after 30, of every server', async () => {
    const ages = [0, 30, 31, 400, 401, 900];
    await store.transact(async (trx) => {
      for (const guild_id of ['old1', 'old2', 'old3']) {
        await saveCounts(
          trx,
          ages.map((age) => count({ guild_id, day: daysBefore(TODAY, age), subject: `age#${age}` })),
        );
        await saveQuestions(
          trx,
          ages.map((age) => ({ guild_id, asked_on: daysBefore(TODAY, age), id: `${guild_id}-${age}`, text: `${age}` })),
        );
      }
    });
    await deleteExpired(store, TODAY, new AbortController().signal);
    for (const guildId of ['old1', 'old2', 'old3']) {
      const left = (await rowsOf(guildId)).map(({ subject }) => subject);
      expect(left.sort()).toEqual(['age#0', 'age#30', 'age#31', 'age#400']);
      expect((await questionsOf(guildId)).map(({ text }) => text).sort()).toEqual(['0', '30']);
    }
  });

  test('and questions of one server are deleted without those of others', async () => {
    await store.transact(async (trx) => {
      for (const guild_id of ['left', 'stays']) {
        await saveCounts(trx, [count({ guild_id })]);
        await saveQuestions(trx, [{ guild_id, asked_on: TODAY, id: guild_id, text: 'why' }]);
      }
    });
    await deleteGuildStats(store, 'left');
    expect([await rowsOf('left'), await questionsOf('left')]).toEqual([[], []]);
    expect([(await rowsOf('stays')).length, (await questionsOf('stays')).length]).toEqual([1, 1]);
  });
});

describe('the statements that write counts', () => {
  const db = createStatementStore(createVirtualClock(0));
  const statementsFor = async (rows: readonly CountRow[]) => {
    await db.store.transact((trx) => saveCounts(trx, rows));
    return db.transactions.at(-1) ?? expect.fail();
  };

  test.each([
    [0, []],
    [1, [1]],
    [3, [2, 1]],
    [7, [4, 2, 1]],
    [128, [128]],
    [130, [128, 2]],
    [255, [128, 64, 32, 16, 8, 4, 2, 1]],
    [256, [128, 128]],
  ])('of %i rows have %j rows, because SQLite keeps each statement', async (size, sizes) => {
    const rows = Array.from({ length: size }, (_, i) => count({ subject: `p${String(i).padStart(3, '0')}` }));
    const statements = await statementsFor(rows);
    expect(statements.map((one) => countsIn([one]).length)).toEqual(sizes);
    expect(countsIn(statements)).toEqual(rows);
  });

  test('write the rows of every process in the same order, so that they don’t wait for each other', async () => {
    const sorted = [
      count({ guild_id: 'a', subject: 'z' }),
      count({ guild_id: 'b', day: '2026-01-01', kind: 'shown' }),
      count({ guild_id: 'b', day: '2026-01-02', kind: 'left', subject: 'z' }),
      count({ guild_id: 'b', day: '2026-01-02', kind: 'seen', subject: 'a' }),
      count({ guild_id: 'b', day: '2026-01-02', kind: 'seen', subject: 'b' }),
    ];
    const mixed = [4, 2, 0, 3, 1].flatMap((at) => sorted[at] ?? []);
    expect(countsIn(await statementsFor(mixed))).toEqual(sorted);
    expect(mixed[0]).toBe(sorted[4]);
  });
});
