// Counters while the database fails, is down, or deletes what is being written.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStatsRecorder } from '../../src/stats/recorder.ts';
import { deleteGuildStats } from '../../src/stats/repository.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, log, openForAll } from '../store/databases.ts';
import { NOON, readersOf, unreliable } from './counters.ts';

let guilds = 0;

describe.each(databases)('counters on $name', async ({ create }) => {
  const { store } = await openForAll(create);
  const { rowsOf, questionsOf } = readersOf(store);

  test('are neither lost nor doubled if the database fails and recovers', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('seen', 'left', 'shown'), page: fc.nat(4) }) },
      { weight: 3, arbitrary: fc.constantFrom('no', 'before', 'midway') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const guildId = `fails${++guilds}`;
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
      { numRuns: 40 },
    );
  });

  test('are limited while the database is down', { timeout: 60_000 }, async () => {
    const { state, store: failing } = unreliable(store);
    const stats = openStatsRecorder(failing, { log, now: () => NOON });
    state.fails = 'before';
    for (let i = 0; i < 60_000; i++) stats.count('bound', 'seen', `page#${i}`);
    await stats.flush();
    stats.count('bound', 'seen', 'page#0');
    state.fails = 'no';
    await stats.flush();
    const rows = await rowsOf('bound');
    expect(rows).toHaveLength(50_000);
    expect(rows.find(({ subject }) => subject === 'page#0')?.n).toBe(2);
    await stats.close();
    await deleteGuildStats(store, 'bound');
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

test('counting never throws or waits, and closing ends, without a database', async () => {
  const store = openStore('postgres://nobody@127.0.0.1:1/none', { log, clock: systemClock });
  const stats = openStatsRecorder(store, { log });
  for (let i = 0; i < 10_000; i++) {
    stats.count('1', 'seen', `page#${i}`);
    stats.question('1', `where is my money ${i}`);
  }
  await stats.close();
  stats.count('1', 'seen', 'page#1');
  await store.close();
});
