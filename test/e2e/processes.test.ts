// Several processes on one database, killed processes, and full disks.
import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databases, sqlite, type TestDatabase } from '../store/databases.ts';
import { compile, type Programs } from './processes.ts';

let programs: Programs;
beforeAll(() => {
  programs = compile();
}, 60_000);
afterAll(() => programs.remove());

describe.each(databases)('processes that share $name', ({ create }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.close());

  test('can start at the same moment on an empty database', async () => {
    const started = [1, 2, 3, 4].map(() => programs.start(database.url));
    expect(await Promise.all(started.map((one, i) => one.ask(`add ${i}`)))).toEqual(
      [0, 1, 2, 3].map((i) => `saved ${i}`),
    );
    expect((await started[0]?.ask('texts'))?.split(' ').sort()).toEqual(['0', '1', '2', '3', 'texts']);
    await Promise.all(started.map((one) => one.kill()));
  });

  test('lose no confirmed save when one is killed', async () => {
    for (let round = 0; round < 3; round++) {
      const writer = programs.start(database.url);
      writer.send('flood');
      while (writer.lines.length < 20) await writer.nextLine();
      await writer.kill();
      const reader = programs.start(database.url);
      const texts = new Set((await reader.ask('texts')).split(' '));
      for (const line of writer.lines) expect(texts).toContain(line.split(' ')[1]);
      expect(await reader.ask('add afterwards')).toBe('saved afterwards');
      await reader.kill();
    }
  });

  test('take over the lock of a killed process', async () => {
    const first = programs.start(database.url);
    const second = programs.start(database.url);
    expect(await first.ask('lock pins')).toBe('held');
    expect(await second.ask('lock pins')).toBe('busy');
    await first.kill();
    const began = performance.now();
    while ((await second.ask('lock pins')) !== 'held') await sleep(100);
    expect(performance.now() - began).toBeLessThan(7000);
    await second.kill();
  });
});

/** A program on SQLite, and a function that limits the size of the files it writes, in bytes. */
async function startLimited() {
  const database = await sqlite.create();
  const program = programs.start(database.url);
  const limit = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(program.pid), `--fsize=${bytes}:unlimited`]);
  return { database, program, limit };
}

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;
if (!hasPrlimit) console.info('tests of full disks skipped: prlimit is not installed');
test.runIf(hasPrlimit)('a full disk fails the save only, and later saves work again', async () => {
  const { database, program, limit } = await startLimited();
  expect(await program.ask('add before')).toBe('saved before');
  limit('0');
  for (let i = 0; i < 3; i++) expect(await program.ask('add lost')).toBe('failed full');
  expect(await program.ask('texts')).toBe('texts before');
  limit('unlimited');
  expect(await program.ask('add after')).toBe('saved after');
  await program.kill();
  const again = programs.start(database.url);
  expect((await again.ask('texts')).split(' ').sort()).toEqual(['after', 'before', 'texts']);
  await again.kill();
  await database.close();
});

test.runIf(hasPrlimit)('a disk that is full from the start does not prevent the program from running', async () => {
  const { database, program, limit } = await startLimited();
  limit('0');
  expect(await program.ask('add lost')).toBe('failed full');
  limit('unlimited');
  await sleep(1500);
  expect(await program.ask('add after')).toBe('saved after');
  await program.kill();
  await database.close();
});
