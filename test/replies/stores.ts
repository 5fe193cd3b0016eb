// Databases for the tests of replies and pins. SQLite's file is in memory: on a disk, every commit waits for it.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { StoreError } from '../../src/store/errors.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { type DatabaseKind, log } from '../store/databases.ts';

/** Linux keeps its files in memory. */
const SHARED_MEMORY = '/dev/shm';

/** The real clock, but a write that finds the database locked is tried again after a millisecond. */
const impatientClock: Clock = {
  ...systemClock,
  sleep: (ms, options) => systemClock.sleep(ms < 1000 ? 1 : ms, options),
};

/**
 * A new database with a store, for all tests of a `describe`; removed after them.
 * @param clock a virtual one is for a single store: with two, one may wait for the other
 */
export async function openInMemory(
  kind: DatabaseKind,
  clock: Clock = impatientClock,
): Promise<{ store: Store; open: () => Store }> {
  const { url, remove } = await createDatabase(kind);
  const stores: Store[] = [];
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await remove();
  });
  const open = () => {
    const store = openStore(url, { log, clock });
    stores.push(store);
    return store;
  };
  return { store: open(), open };
}

async function createDatabase({ name, create }: DatabaseKind): Promise<{ url: string; remove: () => Promise<void> }> {
  if (name !== 'SQLite') {
    const { url, close } = await create();
    return { url, remove: close };
  }
  const folder = await mkdtemp(join(existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir(), 'guidepost-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  return { url: `file:${join(folder, 'guidepost.db')}`, remove };
}

/** A store that counts its reads and transactions, and that can be made to fail. */
export function observed(store: Store): { store: Store; state: { reads: number; writes: number; failure?: Error } } {
  const state: { reads: number; writes: number; failure?: Error } = { reads: 0, writes: 0 };
  const run: Store['run'] = (work) => {
    state.reads += 1;
    return state.failure ? Promise.reject(state.failure) : store.run(work);
  };
  const transact: Store['transact'] = (work, options) => {
    state.writes += 1;
    return state.failure ? Promise.reject(state.failure) : store.transact(work, options);
  };
  return { state, store: { ...store, run, transact } };
}

/**
 * A store whose transactions are overtaken, as on PostgreSQL: somebody else saves first, and then the transaction itself
 * fails because a row exists already.
 */
export function overtaken(store: Store, save: () => Promise<unknown>): Store {
  return {
    ...store,
    async transact() {
      await save();
      throw new StoreError('duplicate', 'it exists already');
    },
  };
}

export const down = new StoreError('unavailable', 'the database is down');
