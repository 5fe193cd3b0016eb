import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { openStatsRecorder, recordStep, type StatsRecorder } from '../../src/stats/recorder.ts';
import { databases, log, openForAll } from '../store/databases.ts';
import { NOON, readersOf, TODAY, unreliable } from './counters.ts';

describe.each(databases)('counters on $name', async ({ create }) => {
  const { database, store } = await openForAll(create);

  const { rowsOf, questionsOf, totalOf } = readersOf(store);
  const using = async (work: (stats: StatsRecorder) => Promise<void>, on = store, now = () => NOON) => {
    const stats = openStatsRecorder(on, { log, now });
    await work(stats);
    await stats.close();
  };

  test('add up per day, kind and subject, over several writes and processes', async () => {
    const replicas = [1, 2, 3].map(() => openStatsRecorder(database.open(), { log, now: () => NOON }));
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

  test('belong to the day of the event, in UTC', async () => {
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

  test('do not include direct messages', async () => {
    await using(async (stats) => {
      stats.count(undefined, 'seen', 'a#a');
      stats.count('', 'seen', 'a#a');
      stats.question(undefined, 'how do i close my account');
    });
    expect(await rowsOf('')).toEqual([]);
    expect(await questionsOf('')).toEqual([]);
  });

  test('count a step as one page left and one seen, and a step to the same page as none', async () => {
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

  test('are written within a second, and at most once a second', async () => {
    const watched = unreliable(store);
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

  test('are lost for one second at most if the process is killed', { timeout: 60_000 }, async () => {
    const folder = await buildProgram();
    const child = spawn(process.execPath, [join(folder, 'counting.js'), database.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    const ended = new Promise((done) => child.once('exit', done));
    for (const end = performance.now() + 20_000; (await totalOf('killed')) === 0 && performance.now() < end; )
      await sleep(50);
    await sleep(1700);
    child.kill('SIGKILL');
    const killedAt = Date.now();
    await ended;
    const lines = output
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ').map(Number));
    // A running write takes time too.
    const before = lines.filter(([at = 0]) => at < killedAt - 1200).at(-1)?.[1] ?? 0;
    expect(before).toBeGreaterThan(100);
    expect(await totalOf('killed')).toBeGreaterThanOrEqual(before);
    expect(await totalOf('killed')).toBeLessThanOrEqual(lines.at(-1)?.[1] ?? 0);
    rmSync(folder, { recursive: true, force: true });
  });
});

/** Node 20 can't run TypeScript. */
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
