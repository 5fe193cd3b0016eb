// The databases on which the store’s tests run.
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Logger, pino } from 'pino';
import { afterAll, inject } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createForAll } from '../for-all.ts';

export const log: Logger = pino({ level: 'silent' });

export interface TestDatabase {
  readonly url: string;
  /** Opens another store, as another process would, on the machine's clock by default. Closed with the database. */
  open(clock?: Clock): Store;
  close(): Promise<void>;
}

export interface DatabaseKind {
  readonly name: string;
  /** Creates an empty database. */
  create(): Promise<TestDatabase>;
}

/** The URL of a PostgreSQL server; empty if there is none. */
export const postgresUrl: string = inject('postgresUrl') || process.env.TEST_POSTGRES_URL || '';

/** A new folder for databases: in memory on Linux, where the sync of each commit takes no time. */
export function temporaryFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'guidepost-store-'));
}

export const sqlite: DatabaseKind = {
  name: 'SQLite',
  async create() {
    const folder = temporaryFolder();
    return database(`file:${join(folder, 'new', 'guidepost.db')}`, () => rm(folder, { recursive: true, force: true }));
  },
};

const postgres: DatabaseKind = {
  name: 'PostgreSQL',
  async create() {
    const name = `guidepost_${process.pid}_${Math.random().toString(36).slice(2)}`;
    await administer(`create database ${name}`);
    const url = new URL(postgresUrl);
    url.pathname = `/${name}`;
    return database(url.href, () => administer(`drop database ${name} with (force)`));
  },
};

export const databases: readonly DatabaseKind[] = postgresUrl ? [sqlite, postgres] : [sqlite];

/** A new database with a store, for all tests of a `describe`; removed after them. */
export async function openForAll(create: DatabaseKind['create']): Promise<{ database: TestDatabase; store: Store }> {
  const database = await create();
  afterAll(() => database.close());
  return { database, store: database.open() };
}

/** A new database for all tests of a `describe` or a file: created in a hook, and removed after them. */
export function useDatabase({ create }: DatabaseKind): TestDatabase {
  return createForAll(create, (database) => database.close());
}

/** Notifies all processes that the replies of a guild have changed, without changing any. */
export async function notifyChange(store: Store, guildId: string): Promise<void> {
  await store.transact(async () => undefined, { changedGuild: guildId });
}

/** A row that tests write. */
export const lockRow = { name: 'x', owner: 'o', expires_at: '2000' };

export async function countLocks(store: Store): Promise<number> {
  const rows = await store.run((db) => db.selectFrom('locks').selectAll().execute());
  return rows.length;
}

/** Runs a statement as the server's owner. */
export async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function database(url: string, remove: () => Promise<void>): TestDatabase {
  const stores: Store[] = [];
  return {
    url,
    open(clock = systemClock) {
      const store = openStore(url, { log, clock });
      stores.push(store);
      return store;
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      await remove();
    },
  };
}
