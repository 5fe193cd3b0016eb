// A SQLite file that another process is writing to, in real time.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkSqlite } from '../../src/doctor/sqlite.ts';
import { addReply, findReply } from '../../src/replies/repository.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { countLocks, log } from '../store/databases.ts';

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

test('the doctor says so if another program has locked the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guidepost-store-'));
  const path = join(folder, 'db');
  const other = new Database(path);
  other.exec('create table t (n integer); pragma locking_mode = exclusive; begin exclusive');
  expect(checkSqlite(path, (text) => text)[0]).toMatchObject({
    level: 'problem',
    text: expect.stringContaining(`${path} cannot be opened: `),
    advice: expect.stringContaining('Another program has locked it'),
  });
  other.close();
  await rm(folder, { recursive: true, force: true });
});
