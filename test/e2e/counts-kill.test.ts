// Counts of a process that is killed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { readersOf } from '../stats/counters.ts';
import { databases, openForAll } from '../store/databases.ts';

describe.each(databases)('counters on $name', async ({ create }) => {
  const { database, store } = await openForAll(create);
  const { totalOf } = readersOf(store);

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
    input: { counting: 'test/e2e/counting-program.ts' },
    platform: 'node',
    external: [/^[^./]/],
    output: { dir: folder, format: 'esm', entryFileNames: '[name].js' },
  });
  return folder;
}
