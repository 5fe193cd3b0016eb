// The listeners of changed replies, and the table of changes.
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createChangeEmitter, deleteOldChanges, publishChange, readChanges } from '../../src/store/changes.ts';
import { databaseTime } from '../../src/store/dialect.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, notifyChange, type TestDatabase } from './databases.ts';

describe('listeners', () => {
  test('get each change until they are removed, even if another listener throws', () => {
    const lines: string[] = [];
    const changes = createChangeEmitter(pino({}, { write: (line: string) => void lines.push(line) }));
    const received: (string | undefined)[] = [];
    changes.on(() => {
      throw new Error('broken');
    });
    const stop = changes.on((guildId) => received.push(guildId));
    changes.emit('1');
    changes.emit(undefined);
    stop();
    changes.emit('2');
    expect(received).toEqual(['1', undefined]);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/"level":50.*broken.*change listener failed/);
  });
});

describe.each(databases)('changes on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = database.open();
  });
  afterEach(() => database.close());

  const insert = (guild_id: string, ageS: number) =>
    store.run((db) =>
      db
        .insertInto('changes')
        .values({ guild_id, changed_at: databaseTime(db, systemClock, -ageS, 'US') })
        .execute(),
    );

  test('are rows, one for each server, with the time of the last change', async () => {
    await insert('1', 600);
    await insert('2', 600);
    const before = await readChanges(store.run);
    expect(before.changed.sort()).toEqual(['1', '2']);
    await store.run((db) => publishChange(db, '2', systemClock));
    await store.run((db) => publishChange(db, '3', systemClock));
    const after = await readChanges(store.run, before.times);
    expect(after.changed.sort()).toEqual(['2', '3']);
    expect([...after.times.keys()].sort()).toEqual(['1', '2', '3']);
    expect(after.times.get('1')).toBe(before.times.get('1'));
    expect(Date.parse(after.times.get('2') ?? '')).toBeGreaterThan(Date.parse(before.times.get('2') ?? '') + 500_000);
    expect((await readChanges(store.run, after.times)).changed).toEqual([]);
  });

  test('are deleted after an hour', async () => {
    await insert('old', 3610);
    await insert('new', 3590);
    await deleteOldChanges(store.run, systemClock);
    expect((await readChanges(store.run)).changed).toEqual(['new']);
  });

  test('notify listeners after the commit, and not if the work throws', async () => {
    const received: (string | undefined)[] = [];
    const stop = store.onChange((guildId) => received.push(guildId));
    const failing = store.transact(
      async () => {
        throw new RangeError('own');
      },
      { changedGuild: '9' },
    );
    await expect(failing).rejects.toThrow(RangeError);
    await store.transact(
      async () => {
        expect(received).not.toContain('1');
      },
      { changedGuild: '1' },
    );
    await store.transact(async () => undefined);
    stop();
    await notifyChange(store, '3');
    // PostgreSQL notifies this process, too.
    expect(new Set(received.filter((guildId) => guildId !== undefined))).toEqual(new Set(['1']));
    expect((await readChanges(store.run)).changed.sort()).toEqual(['1', '3']);
  });
});

test('deleting old changes ends when the database has done it', async () => {
  let isDone = false;
  await deleteOldChanges(async () => {
    await new Promise(setImmediate);
    isDone = true;
    throw new Error('too late to matter');
  }, systemClock);
  expect(isDone).toBe(true);
});

test('a database that is down keeps its old changes without an error', async () => {
  await expect(deleteOldChanges(() => Promise.reject(new Error('down')), systemClock)).resolves.toBeUndefined();
});
