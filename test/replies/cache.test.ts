import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ReplyCache } from '../../src/replies/cache.ts';
import { importReplies } from '../../src/replies/import.ts';
import { addReply, changeReply, removeReply, undoReply } from '../../src/replies/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Db, Store } from '../../src/store/store.ts';
import { databases, log, notifyChange, type TestDatabase } from '../store/databases.ts';

let count = 0;
const by = (guildId: string) => ({ guildId, authorId: '77', cause: `cause-${++count}` });
const draft = (title: string) => ({ title, text: 'text', aliases: [] });

/** A store that counts its queries and can be made to fail. */
function observed(store: Store) {
  const state = { reads: 0, isDown: false };
  const run: Store['run'] = (work) => {
    state.reads += 1;
    return state.isDown ? Promise.reject(new StoreError('unavailable', 'down')) : store.run(work);
  };
  return { state, store: Object.create(store, { run: { value: run } }) };
}

describe.each(databases)('the cache of replies on $name', ({ name, create }) => {
  let database: TestDatabase;
  let store: Store;
  let replyCache: ReplyCache;
  beforeAll(async () => {
    database = await create();
    store = database.open();
    replyCache = new ReplyCache(store, { log });
  });
  afterAll(() => database.close());

  test('lists visible replies by title, and finds them by topic', async () => {
    const b = await addReply(store, by('1'), draft('Part 10'));
    const a = await addReply(store, by('1'), draft('part 2'));
    const gone = await addReply(store, by('1'), draft('gone'));
    await removeReply(store, { ...by('1'), topic: gone.topic });
    expect((await replyCache.repliesOf('1')).map(({ title }) => title)).toEqual(['part 2', 'Part 10']);
    expect(await replyCache.find('1', a.topic)).toEqual(a);
    expect(await replyCache.find('1', gone.topic)).toBeUndefined();
    expect(await replyCache.find('2', b.topic)).toBeUndefined();
  });

  test('lists the server’s own replies that were removed', async () => {
    const kept = await addReply(store, by('7'), draft('kept'));
    const late = await addReply(store, by('7'), { title: 'Part 10', text: 'x'.repeat(4000), aliases: ['ten'] });
    const early = await addReply(store, by('7'), draft('part 2'));
    await changeReply(store, { ...by('7'), topic: 'close-account#money', expected: 0 }, draft('over a page'));
    for (const topic of [late.topic, early.topic, 'close-account#money'])
      await removeReply(store, { ...by('7'), topic });
    expect(await replyCache.removedOf('7')).toEqual([
      { topic: early.topic, title: 'part 2', aliases: [] },
      { topic: late.topic, title: 'Part 10', aliases: ['ten'] },
    ]);
    await undoReply(store, { ...by('7'), topic: late.topic });
    await expect.poll(async () => (await replyCache.removedOf('7')).map(({ title }) => title)).toEqual(['part 2']);
    expect((await replyCache.repliesOf('7')).map(({ topic }) => topic).sort()).toEqual([kept.topic, late.topic].sort());
    expect(await replyCache.removedOf('none')).toEqual([]);
  });

  test('drops changed replies that nobody asks for, such as those of a server that the bot has left', async () => {
    const { state, store: failing } = observed(store);
    const cache = new ReplyCache(failing, { log, staleRetentionMs: 200 });
    for (const guild of ['left', 'asked', 'quiet']) {
      await addReply(store, by(guild), draft('here'));
      expect(await cache.repliesOf(guild)).toHaveLength(1);
    }
    // On PostgreSQL the process is notified of its own changes a second time.
    await sleep(500);
    for (const guild of ['left', 'asked', 'quiet']) await cache.repliesOf(guild);
    const deleteReplies = (db: Db) => db.deleteFrom('revisions').where('guild_id', '=', 'left').execute();
    await store.transact(deleteReplies, { changedGuild: 'left' });
    await notifyChange(store, 'asked');
    state.isDown = true;
    const kept = await cache.repliesOf('asked');
    for (let i = 0; i < 10; i++) {
      await sleep(50);
      expect(await cache.repliesOf('asked')).toBe(kept);
    }
    expect(await cache.repliesOf('quiet')).toHaveLength(1);
    await expect(cache.repliesOf('left')).rejects.toThrow(StoreError);
    cache.close();
  });

  test('returns a saved reply to every later caller', async () => {
    const { topic } = await addReply(store, by('3'), draft('0'));
    for (let i = 1; i < 20; i++) {
      const early = replyCache.find('3', topic);
      await changeReply(store, { ...by('3'), topic, expected: i }, draft(`${i}`));
      expect((await replyCache.find('3', topic))?.title).toBe(`${i}`);
      await early;
    }
  });

  if (name !== 'PostgreSQL') console.info(`${name}: the test of notifications skipped; changes.test.ts tests SQLite`);
  test.runIf(name === 'PostgreSQL')('returns what another process saved', async () => {
    const other = database.open();
    expect(await replyCache.repliesOf('4')).toEqual([]);
    await addReply(other, by('4'), draft('from elsewhere'));
    await expect.poll(async () => (await replyCache.repliesOf('4')).length, { timeout: 3000 }).toBe(1);
  });

  test('reads once for concurrent callers, and again only after a change', async () => {
    const { state, store: counted } = observed(store);
    const cache = new ReplyCache(counted, { log });
    const lists = await Promise.all(Array.from({ length: 50 }, () => cache.repliesOf('1')));
    expect(new Set(lists).size).toBe(1);
    expect(await cache.repliesOf('1')).toBe(lists[0]);
    expect(state.reads).toBe(1);
    await addReply(store, by('other'), draft('elsewhere'));
    expect(await cache.repliesOf('1')).toBe(lists[0]);
    cache.close();
  });

  test('returns stale replies while the database is down, and fresh ones afterwards', async () => {
    const { state, store: failing } = observed(store);
    const cache = new ReplyCache(failing, { log });
    await addReply(store, by('5'), draft('kept'));
    const before = await cache.repliesOf('5');
    state.isDown = true;
    await notifyChange(store, '5');
    expect(await cache.repliesOf('5')).toBe(before);
    expect(cache.isStale('5')).toBe(true);
    await expect(cache.repliesOf('6')).rejects.toThrow(StoreError);
    state.isDown = false;
    await notifyChange(store, '5');
    await expect.poll(async () => [await cache.repliesOf('5'), cache.isStale('5')]).toEqual([before, false]);
    cache.close();
  });

  test('retries the database in time, even if the clock was set back meanwhile', async () => {
    const { state, store: failing } = observed(store);
    const cache = new ReplyCache(failing, { log });
    await addReply(store, by('8'), draft('kept'));
    await cache.repliesOf('8');
    state.isDown = true;
    await notifyChange(store, '8');
    expect(await cache.repliesOf('8')).toHaveLength(1);
    state.isDown = false;
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      vi.setSystemTime(Date.now() - 3_600_000);
      await expect.poll(async () => [await cache.repliesOf('8'), cache.isStale('8')][1], { timeout: 4000 }).toBe(false);
    } finally {
      vi.useRealTimers();
    }
    cache.close();
  });

  test('stays within its limits and drops the least recently used guild', async () => {
    const { state, store: counted } = observed(store);
    const cache = new ReplyCache(counted, { log, limits: { guilds: 2, replies: 100, characters: 10_000 } });
    for (const guild of ['a', 'b', 'a', 'c', 'a']) await cache.repliesOf(guild);
    expect(state.reads).toBe(3);
    await cache.repliesOf('b');
    expect(state.reads).toBe(4);
    cache.close();
  });

  test('holds 10,000 replies of one guild', async () => {
    const all = Array.from({ length: 10_000 }, (_, i) => ({
      topic: `r:${String(i).padStart(8, '0')}`,
      title: `Reply ${i}`,
      text: 'some text '.repeat(30),
      aliases: ['a', 'b'],
    }));
    await importReplies(store, by('big'), all);
    expect(await replyCache.repliesOf('big')).toHaveLength(10_000);
    expect(await replyCache.find('big', 'r:00007777')).toMatchObject({ title: 'Reply 7777' });
  }, 60_000);
});
