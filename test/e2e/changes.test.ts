// Changes of replies by another process, in real time.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countLocks, databases, notifyChange, type TestDatabase } from '../store/databases.ts';

describe.each(databases)('changes of replies on $name', ({ create }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.close());

  test('a change by another process notifies listeners, and other writes don’t', async () => {
    const received: (string | undefined)[] = [];
    const [store, other] = [database.open(), database.open()];
    await Promise.all([store, other].map(countLocks));
    store.onChange((guildId) => received.push(guildId));
    await notifyChange(other, 'another');
    await expect.poll(() => received, { timeout: 5000 }).toContain('another');
    received.length = 0;
    await other.run((db) => db.deleteFrom('locks').where('name', '=', 'nothing').execute());
    await sleep(2000);
    // Undefined: the connection was made again meanwhile, so that anything may have changed.
    expect(received.filter((guildId) => guildId !== undefined)).toEqual([]);
  });
});
