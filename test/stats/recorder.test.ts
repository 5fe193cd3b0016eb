import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { build } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { openStatsRecorder, recordStep, type StatsRecorder } from '../../src/stats/recorder.ts';
import { dayOf, daysBefore, deleteExpired, deleteGuildStats } from '../../src/stats/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, log, openForAll } from '../store/databases.ts';

const DAY = Date.UTC(2026, 4, 17, 12);
const TODAY = '2026-05-17';
let guilds = 0;

/** A store that fails as it is told: before a transaction, or in the middle of it. */
function failing(store: Store) {
  const state = { fails: 'no' as 'no' | 'before' | 'midway', transactions: 0 };
  const fail = () => {
    throw new StoreError('unavailable', 'told to fail');
  };
  const transact: Store['transact'] = (work, options) => {
    state.transactions++;
    if (state.fails === 'before') return Promise.reject(new StoreError('unavailable', 'told to fail'));
    return store.transact(async (trx) => {
      const done = await work(trx);
      return state.fails === 'midway' ? fail() : done;
    }, options);
  };
  return { state, store: { ...store, transact } };
}

describe.each(databases)('counters on $name', async ({ create }) => {
  const { database, store } = await openForAll(create);

  const rowsOf = (guildId: string) =>
    store.run((db) =>
      db
        .selectFrom('counts')
        .select(['day', 'kind', 'subject', 'n'])
        .where('guild_id', '=', guildId)
        .orderBy('day')
        .orderBy('kind')
        .orderBy('subject')
        .execute(),
    );
  const questionsOf = (guildId: string) =>
    store.run((db) => db.selectFrom('questions').selectAll().where('guild_id', '=', guildId).execute());
  const totalOf = async (guildId: string) => (await rowsOf(guildId)).reduce((sum, { n }) => sum + n, 0);
  const using = async (work: (stats: StatsRecorder) => Promise<void>, on = store, now = () => DAY) => {
    const stats = openStatsRecorder(on, { log, now });
    await work(stats);
    await stats.close();
  };

  test('add up per day, kind and subject, over many writes and by several processes at once', async () => {
    const replicas = [1, 2, 3].map(() => openStatsRecorder(database.open(), { log, now: () => DAY }));
    for (let round = 0; round < 4; round++) {
      for (const stats of replicas) {
        for (let i = 0; i < 300; i++) stats.count('sum', 'seen', `page#${i % 100}`);
        stats.count('sum', 'helped', 'page#1');
      }
      await Promise.all(replicas.map((stats) => stats.flush()));
    }
    await Promise.all(replicas.map((stats) => stats.close()));
    const rows = await rowsOf('sum');
    expect(rows).toHaveLength(101);
    expect(rows[0]).toEqual({ day: TODAY, kind: 'helped', subject: 'page#1', n: 12 });
    expect(rows.slice(1).every(({ n, kind }) => n === 36 && kind === 'seen')).toBe(true);
  });

  test('belong to the day on which it happened, in UTC', async () => {
    let now = Date.UTC(2026, 4, 17, 23, 59, 59, 999);
    const count = async (stats: StatsRecorder) => {
      stats.count('days', 'seen', 'a#a');
      now += 1;
      stats.count('days', 'seen', 'a#a');
    };
    await using(count, store, () => now);
    expect((await rowsOf('days')).map(({ day, n }) => [day, n])).toEqual([
      ['2026-05-17', 1],
      ['2026-05-18', 1],
    ]);
  });

  test('leave direct messages out', async () => {
    await using(async (stats) => {
      stats.count(undefined, 'seen', 'a#a');
      stats.count('', 'seen', 'a#a');
      stats.question(undefined, 'how do i close my account');
    });
    expect(await rowsOf('')).toEqual([]);
    expect(await questionsOf('')).toEqual([]);
  });

  test('count a step as one page left and one seen, and a step that stays as none', async () => {
    await using(async (stats) => {
      recordStep(stats, 'step', { from: undefined, to: 'a#a', isLink: false });
      recordStep(stats, 'step', { from: 'a#a', to: 'a#a', isLink: false });
      recordStep(stats, 'step', { from: 'a#a', to: 'b#b', isLink: true });
      recordStep(stats, 'step', { from: 'b#b', to: 'a#a', isLink: false });
    });
    expect((await rowsOf('step')).map(({ kind, subject, n }) => [kind, subject, n])).toEqual([
      ['followed', 'b', 1],
      ['left', 'a#a', 1],
      ['left', 'b#b', 1],
      ['seen', 'a#a', 2],
      ['seen', 'b#b', 1],
    ]);
  });

  test('are written by themselves within a second, and at most once a second', async () => {
    const watched = failing(store);
    const stats = openStatsRecorder(watched.store, { log });
    const began = performance.now();
    let counted = 0;
    for (; performance.now() - began < 2500; counted++) {
      stats.count('pace', 'seen', `page#${counted % 50}`);
      await sleep(5);
    }
    expect(watched.state.transactions).toBeGreaterThanOrEqual(2);
    expect(watched.state.transactions).toBeLessThanOrEqual(3);
    await sleep(1300);
    expect(await totalOf('pace')).toBe(counted);
    await stats.close();
  });

  test('lose nothing and count nothing twice when the database fails in between and recovers', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('seen', 'left', 'shown'), page: fc.nat(4) }) },
      { weight: 3, arbitrary: fc.constantFrom('no', 'before', 'midway') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const guildId = `fails${++guilds}`;
        const model = new Map<string, number>();
        const { state, store: unreliable } = failing(store);
        const stats = openStatsRecorder(unreliable, { log, now: () => DAY });
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

  test('stay bounded while the database is down', { timeout: 60_000 }, async () => {
    const { state, store: unreliable } = failing(store);
    const stats = openStatsRecorder(unreliable, { log, now: () => DAY });
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

  test('of a server that the bot left are deleted, those not yet written too, and no others', async () => {
    const stats = openStatsRecorder(store, { log, now: () => DAY });
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

  test('of a server that the bot left do not come back with a write that failed meanwhile', async () => {
    const { state, store: unreliable } = failing(store);
    const stats = openStatsRecorder(unreliable, { log, now: () => DAY });
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

  test('go after 400 days, and questions after 30', async () => {
    for (const age of [0, 30, 31, 400, 401, 900]) {
      const count = async (stats: StatsRecorder) => {
        stats.count(`old${age % 2}`, 'seen', `age#${age}`);
        stats.question('old', `is this ${age} days old`);
      };
      await using(count, store, () => Date.parse(daysBefore(TODAY, age)));
    }
    await deleteExpired(store, TODAY);
    const left = [...(await rowsOf('old0')), ...(await rowsOf('old1'))].map(({ subject }) => subject);
    expect(left.sort()).toEqual(['age#0', 'age#30', 'age#31', 'age#400']);
    expect((await questionsOf('old')).map(({ text }) => text).sort()).toEqual([
      'is this 0 days old',
      'is this 30 days old',
    ]);
  });

  test('lose the last second at most when the process is killed', { timeout: 60_000 }, async () => {
    const folder = await buildProgram();
    const child = spawn(process.execPath, [join(folder, 'counting.js'), database.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (data) => {
      said += data;
    });
    const ended = new Promise((done) => child.once('exit', done));
    for (const end = performance.now() + 20_000; (await totalOf('killed')) === 0 && performance.now() < end; )
      await sleep(50);
    await sleep(1700);
    child.kill('SIGKILL');
    const killedAt = Date.now();
    await ended;
    const lines = said
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ').map(Number));
    // A write that was under way takes its time too.
    const before = lines.filter(([at = 0]) => at < killedAt - 1200).at(-1)?.[1] ?? 0;
    expect(before).toBeGreaterThan(100);
    expect(await totalOf('killed')).toBeGreaterThanOrEqual(before);
    expect(await totalOf('killed')).toBeLessThanOrEqual(lines.at(-1)?.[1] ?? 0);
    rmSync(folder, { recursive: true, force: true });
  });
});

test('counting never throws or waits, and closing takes a second, where there is no database', async () => {
  const store = openStore('postgres://nobody@127.0.0.1:1/none', { log, clock: systemClock });
  const stats = openStatsRecorder(store, { log });
  const began = performance.now();
  for (let i = 0; i < 10_000; i++) {
    stats.count('1', 'seen', `page#${i}`);
    stats.question('1', `where is my money ${i}`);
  }
  expect(performance.now() - began).toBeLessThan(1500);
  const closing = performance.now();
  await stats.close();
  expect(performance.now() - closing).toBeLessThan(1300);
  stats.count('1', 'seen', 'page#1');
  await store.close();
});

test('days are those of UTC', () => {
  expect(dayOf(Date.UTC(2024, 1, 29, 23, 59))).toBe('2024-02-29');
  expect(daysBefore('2024-03-01', 1)).toBe('2024-02-29');
  expect(daysBefore('2026-01-01', -1)).toBe('2026-01-02');
});

/** Node 20 runs no TypeScript. */
async function buildProgram(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'guidepost-counting-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  await build({
    input: { counting: 'test/stats/recording-program.ts' },
    platform: 'node',
    external: [/^[^./]/],
    output: { dir: folder, format: 'esm', entryFileNames: '[name].js' },
  });
  return folder;
}
