// Counters on real databases: of several processes, while a database fails, and when a server is deleted.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStatsRecorder } from '../../src/stats/recorder.ts';
import { newId } from '../new-id.ts';
import { databases, log, openForAll } from '../store/databases.ts';
import { NOON, readersOf, TODAY, unreliable } from './counters.ts';

describe.each(databases)('counters on $name', async ({ create }) => {
  const { database, store } = await openForAll(create);
  const { rowsOf, questionsOf } = readersOf(store);

  test('add up per day, kind and subject, over several writes and processes', async () => {
    const replicas = [1, 2, 3].map(() => openStatsRecorder(database.open(), { log, now: () => NOON }));
    for (let round = 0; round < 2; round++) {
      for (const stats of replicas) {
        for (let i = 0; i < 60; i++) stats.count('sum', 'seen', `page#${i % 20}`);
        stats.count('sum', 'helped', 'page#1');
      }
      await Promise.all(replicas.map((stats) => stats.flush()));
    }
    await Promise.all(replicas.map((stats) => stats.close()));
    const rows = await rowsOf('sum');
    expect(rows).toHaveLength(21);
    expect(rows[0]).toEqual({ day: TODAY, kind: 'helped', subject: 'page#1', n: 6 });
    expect(rows.slice(1).every(({ n, kind }) => n === 18 && kind === 'seen')).toBe(true);
  });

  test('are neither lost nor doubled if the database fails and recovers', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('seen', 'left', 'shown'), page: fc.nat(4) }) },
      { weight: 3, arbitrary: fc.constantFrom('no', 'before', 'midway') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25, size: 'max' }), async (steps) => {
        const guildId = newId();
        const model = new Map<string, number>();
        const { state, store: failing } = unreliable(store);
        const stats = openStatsRecorder(failing, { log, now: () => NOON });
        for (const one of steps) {
          if (typeof one === 'string') {
            state.fails = one;
            await stats.flush();
            continue;
          }
          const subject = `page#${one.page}`;
          stats.count(guildId, one.kind, subject);
          model.set(`${one.kind} ${subject}`, (model.get(`${one.kind} ${subject}`) ?? 0) + 1);
        }
        state.fails = 'no';
        await stats.close();
        const rows = await rowsOf(guildId);
        expect(new Map(rows.map(({ kind, subject, n }) => [`${kind} ${subject}`, n]))).toEqual(model);
      }),
      { numRuns: 6 },
    );
  });

  test('of a server that the bot left are deleted, including unwritten ones', async () => {
    const stats = openStatsRecorder(store, { log, now: () => NOON });
    for (const guildId of ['left', 'stays']) {
      stats.count(guildId, 'seen', 'a#a');
      stats.question(guildId, 'how do i close my account');
    }
    await stats.flush();
    for (const guildId of ['left', 'stays']) stats.count(guildId, 'seen', 'b#b');
    const writing = stats.flush();
    stats.count('left', 'seen', 'c#c');
    stats.question('left', 'where is my money');
    await stats.forget('left');
    await writing;
    await stats.close();
    expect(await rowsOf('left')).toEqual([]);
    expect(await questionsOf('left')).toEqual([]);
    expect(await rowsOf('stays')).toHaveLength(2);
    expect(await questionsOf('stays')).toHaveLength(1);
  });

  test('of a server that the bot left are not restored by a failed write', async () => {
    const { state, store: failing } = unreliable(store);
    const stats = openStatsRecorder(failing, { log, now: () => NOON });
    stats.count('back', 'seen', 'a#a');
    stats.question('back', 'where is my money');
    state.fails = 'midway';
    const writing = stats.flush();
    await Promise.resolve(); // the write has begun
    const forgetting = stats.forget('back').catch(() => undefined);
    await writing;
    state.fails = 'no';
    await forgetting;
    await stats.close();
    expect(await rowsOf('back')).toEqual([]);
    expect(await questionsOf('back')).toEqual([]);
  });
});
