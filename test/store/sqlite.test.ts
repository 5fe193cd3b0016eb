// SQLite files that can’t be opened, or that another process is writing to.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addReply, findReply } from '../../src/replies/repository.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { countLocks, log } from './databases.ts';

describe('a store on a SQLite file', () => {
  let folder: string;
  let store: Store | undefined;
  const draft = { title: 'T', text: 'x', aliases: [] };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guidepost-store-'));
  });
  afterEach(async () => {
    await store?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('reports a path that is a folder within two seconds, and recovers when it is fixed', async () => {
    const path = join(folder, 'a', 'db');
    await mkdir(path, { recursive: true });
    const began = performance.now();
    store = openStore(`file:${path}`, { log, clock: systemClock });
    expect(performance.now() - began).toBeLessThan(200);
    await expect(countLocks(store)).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(store.health()).toMatchObject({ problem: 'database' });
    await rm(path, { recursive: true });
    await expect.poll(() => store && countLocks(store).catch(() => undefined), { timeout: 5000 }).toBe(0);
  });

  test('reports a file that is not a database as corrupt', async () => {
    await writeFile(join(folder, 'db'), 'not a database '.repeat(500));
    store = openStore(`file:${join(folder, 'db')}`, { log, clock: systemClock });
    await expect(countLocks(store)).rejects.toMatchObject({ kind: 'corrupt' });
  });

  test('waits two seconds for another writer without blocking the process', async () => {
    const path = join(folder, 'db');
    store = openStore(`file:${path}`, { log, clock: systemClock });
    await countLocks(store);
    const other = new Database(path);
    other.exec('begin immediate');
    let longest = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const save = (cause: string) =>
      addReply(store ?? expect.fail('no store'), { guildId: '1', authorId: '2', cause }, draft);
    const began = performance.now();
    await expect(save('a')).rejects.toMatchObject({ kind: 'locked' });
    expect(performance.now() - began).toBeLessThan(2600);
    expect(longest).toBeLessThan(250);
    expect(await findReply(store, { guildId: '1', topic: 'r:00000000' })).toBeUndefined();
    const waiting = save('b');
    await sleep(500);
    other.exec('commit');
    other.close();
    expect(await waiting).toMatchObject({ revision: 1 });
    for (const cause of ['c', 'd']) expect(await save(cause)).toMatchObject({ revision: 1 });
    clearInterval(pulse);
  });
});
