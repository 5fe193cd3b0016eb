import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addReply, changeReply } from '../../src/replies/repository.ts';
import type { Store } from '../../src/store/store.ts';
import { databases, notifyChange, type TestDatabase } from './databases.ts';

const draft = { title: 'T', text: 'x', aliases: [] };

describe.each(databases)('changes of replies on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = database.open();
  });
  afterEach(() => database.close());

  test('a change by another process notifies listeners, and other writes don’t', async () => {
    const received: (string | undefined)[] = [];
    const other = database.open();
    await Promise.all([store, other].map((one) => one.run((db) => db.selectFrom('pins').selectAll().execute())));
    const stop = store.onChange((guildId) => received.push(guildId));
    await notifyChange(other, 'another');
    await expect.poll(() => received, { timeout: 5000 }).toContain('another');
    received.length = 0;
    await other.run((db) => db.deleteFrom('locks').where('name', '=', 'nothing').execute());
    await sleep(2000);
    expect(received).toEqual([]);
    stop();
  });

  test('listeners are notified after the commit, even if another listener throws', async () => {
    const received: (string | undefined)[] = [];
    store.onChange(() => {
      throw new Error('broken listener');
    });
    const stop = store.onChange((guildId) => received.push(guildId));
    const { topic } = await addReply(store, { guildId: '1', authorId: '2', cause: 'a' }, draft);
    expect(received).toContain('1');
    const saving = { guildId: '9', authorId: '2', cause: 'b', topic, expected: 0 };
    await expect(changeReply(store, saving, draft)).rejects.toThrow();
    expect(received).not.toContain('9');
    stop();
    await notifyChange(store, '3');
    expect(received).not.toContain('3');
  });
});
