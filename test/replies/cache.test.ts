// The replies of servers in memory, and when they are read again.
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ReplyCache } from '../../src/replies/cache.ts';
import { addReply, changeReply, removeReply, undoReply } from '../../src/replies/repository.ts';
import type { RunQuery } from '../../src/store/changes.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { RevisionRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { log, notifyChange, sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { by, PAGE, saveMany } from './requests.ts';
import { down, observed, openInMemory } from './stores.ts';

const draft = (title: string) => ({ title, text: 'text', aliases: [] });
const titles = (replies: readonly { title: string }[] | undefined) => replies?.map(({ title }) => title);

const clock = createVirtualClock(Date.UTC(2026, 0, 1));
const { store } = await openInMemory(sqlite, clock);

/** A cache, what it reads and logs, and a way to make its database fail. */
function createCache(options: Partial<ConstructorParameters<typeof ReplyCache>[1]> = {}, base: Store = store) {
  const lines: string[] = [];
  const seen = observed(base);
  const cache = new ReplyCache(seen.store, {
    log: pino({ base: null }, { write: (line) => lines.push(line) }),
    ...options,
  });
  return { cache, state: seen.state, lines };
}

describe('the replies of a server', () => {
  it('are listed by title, and found by topic', async () => {
    const guild = newId();
    const { cache } = createCache();
    const ten = await addReply(store, by(guild), draft('Part 10'));
    const two = await addReply(store, by(guild), draft('part 2'));
    const gone = await addReply(store, by(guild), draft('gone'));
    await removeReply(store, { ...by(guild), topic: gone.topic });
    expect(await cache.repliesOf(guild)).toEqual([two, ten]);
    expect(await cache.find(guild, two.topic)).toEqual(two);
    expect(await cache.find(guild, gone.topic)).toBeUndefined();
    expect(await cache.find('another', ten.topic)).toBeUndefined();
  });

  it('are listed by topic if their titles are the same', async () => {
    const guild = newId();
    for (const name of ['c', 'a', 'b'])
      await changeReply(store, { ...by(guild), topic: `guide#${name}`, expected: 0 }, draft('same'));
    const replies = await createCache().cache.repliesOf(guild);
    expect(replies.map(({ topic }) => topic)).toEqual(['guide#a', 'guide#b', 'guide#c']);
  });

  it('that were removed are listed by title, without pages', async () => {
    const guild = newId();
    const { cache } = createCache();
    const kept = await addReply(store, by(guild), draft('kept'));
    const late = await addReply(store, by(guild), { title: 'Part 10', text: 'x'.repeat(4000), aliases: ['ten'] });
    const early = await addReply(store, by(guild), draft('part 2'));
    await changeReply(store, { ...by(guild), topic: PAGE, expected: 0 }, draft('over a page'));
    for (const topic of [late.topic, early.topic, PAGE]) await removeReply(store, { ...by(guild), topic });
    const removed = await cache.removedOf(guild);
    expect(removed).toStrictEqual([
      { topic: early.topic, title: 'part 2', aliases: [] },
      { topic: late.topic, title: 'Part 10', aliases: ['ten'] },
    ]);
    expect(await cache.removedOf(guild)).toBe(removed);
    await undoReply(store, { ...by(guild), topic: late.topic });
    expect(titles(await cache.removedOf(guild))).toEqual(['part 2']);
    expect(titles(await cache.repliesOf(guild))).toEqual([kept.title, late.title]);
    expect(await cache.removedOf('none')).toEqual([]);
  });

  it('may fill several pages', async () => {
    const guild = newId();
    await saveMany(store, guild, 501);
    const { cache } = createCache();
    expect(await cache.repliesOf(guild)).toHaveLength(501);
  });
});

describe('the database', () => {
  it('is read once for concurrent callers, and again only after a change', async () => {
    const guild = newId();
    await addReply(store, by(guild), draft('one'));
    const { cache, state } = createCache();
    const lists = await Promise.all(Array.from({ length: 50 }, () => cache.repliesOf(guild)));
    expect(new Set(lists).size).toBe(1);
    expect(await cache.repliesOf(guild)).toBe(lists[0]);
    expect(state.reads).toBe(1);
    await addReply(store, by(newId()), draft('elsewhere'));
    expect(await cache.repliesOf(guild)).toBe(lists[0]);
    await addReply(store, by(guild), draft('two'));
    expect(titles(await cache.repliesOf(guild))).toEqual(['one', 'two']);
    expect(state.reads).toBe(2);
  });

  it('is not read to peek', async () => {
    const guild = newId();
    const { cache, state } = createCache();
    expect(cache.peek(guild)).toBeUndefined();
    expect(state.reads).toBe(0);
    const replies = await cache.repliesOf(guild);
    expect(cache.peek(guild)).toBe(replies);
    await notifyChange(store, guild);
    expect(cache.peek(guild)).toBeUndefined();
    expect(state.reads).toBe(1);
  });

  it('is read by every caller after a change, also during a load', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('0'));
    const { cache } = createCache();
    for (let i = 1; i < 5; i += 1) {
      const early = cache.find(guild, topic);
      await changeReply(store, { ...by(guild), topic, expected: i }, draft(`${i}`));
      expect((await cache.find(guild, topic))?.title).toBe(`${i}`);
      await early;
      expect((await cache.find(guild, topic))?.title).toBe(`${i}`);
    }
  });

  it('is read again after it failed', async () => {
    const guild = newId();
    const { cache, state, lines } = createCache();
    state.failure = down;
    await expect(cache.repliesOf(guild)).rejects.toBe(down);
    await expect(cache.find(guild, PAGE)).rejects.toBe(down);
    await expect(cache.removedOf(guild)).rejects.toBe(down);
    delete state.failure;
    expect(await cache.repliesOf(guild)).toEqual([]);
    expect(state.reads).toBe(4);
    expect(lines).toEqual([]);
  });

  it('is no longer listened to after closing', async () => {
    const guild = newId();
    const { cache } = createCache();
    const replies = await cache.repliesOf(guild);
    cache.close();
    await notifyChange(store, guild);
    expect(cache.peek(guild)).toBe(replies);
  });
});

/** A store whose queries wait until they are let go, in any order. */
function gated() {
  const gates: (() => void)[] = [];
  let listener: (guildId: string | undefined) => void = () => undefined;
  const run: RunQuery = async (work) => {
    const result = await store.run(work);
    await new Promise<void>((resolve) => gates.push(resolve));
    return result;
  };
  const onChange: Store['onChange'] = (add) => {
    listener = add;
    return () => undefined;
  };
  const state = { isDown: false };
  const failing: RunQuery = (work) => (state.isDown ? Promise.reject(down) : run(work));
  const settled = () => new Promise(setImmediate);
  return {
    store: { ...store, run: failing, onChange },
    state,
    change: (guildId?: string) => listener(guildId),
    /** Waits until so many queries have read. */
    async reads(count: number) {
      while (gates.length < count) await settled();
      await settled();
      expect(gates).toHaveLength(count);
    },
    async release(i: number) {
      gates[i]?.();
      await settled();
    },
  };
}

describe('a change during a load', () => {
  it('makes later callers load again, whichever load ends first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const guild = newId();
      const gate = gated();
      const cache = new ReplyCache(gate.store, { log });
      const early = cache.repliesOf(guild);
      await gate.reads(1);
      await addReply(store, by(guild), draft('new'));
      gate.change(guild);
      const late = cache.repliesOf(guild);
      await gate.reads(2);
      for (const i of order) await gate.release(i);
      expect(titles(await early)).toEqual([]);
      expect(titles(await late)).toEqual(['new']);
      expect(cache.isStale(guild)).toBe(false);
      expect(cache.peek(guild)).toBe(await late);
    }
  });

  it('leaves its result for when the database goes down', async () => {
    const guild = newId();
    const gate = gated();
    const cache = new ReplyCache(gate.store, { log });
    const early = cache.repliesOf(guild);
    await gate.reads(1);
    gate.change(guild);
    await gate.release(0);
    expect(cache.isStale(guild)).toBe(true);
    expect(cache.peek(guild)).toBeUndefined();
    gate.state.isDown = true;
    expect(await cache.repliesOf(guild)).toBe(await early);
  });

  it('does not end the next load', async () => {
    const guild = newId();
    const gate = gated();
    const cache = new ReplyCache(gate.store, { log });
    void cache.repliesOf(guild);
    await gate.reads(1);
    gate.change(guild);
    const late = cache.repliesOf(guild);
    await gate.reads(2);
    await gate.release(0);
    const latest = cache.repliesOf(guild);
    await gate.reads(2);
    await gate.release(1);
    expect(await latest).toBe(await late);
  });

  it('of another server does not matter, unless any may have changed', async () => {
    const guild = newId();
    const gate = gated();
    const cache = new ReplyCache(gate.store, { log });
    const first = cache.repliesOf(guild);
    await gate.reads(1);
    gate.change('another');
    await gate.release(0);
    expect(cache.peek(guild)).toBe(await first);
    gate.change();
    expect(cache.peek(guild)).toBeUndefined();
    expect(cache.isStale(guild)).toBe(true);
    const second = cache.repliesOf(guild);
    await gate.reads(2);
    gate.change();
    await gate.release(1);
    expect(cache.peek(guild)).toBeUndefined();
    expect(await second).toEqual([]);
  });
});

describe('while the database is down', () => {
  it('older replies are served, and the database is tried again after 2 seconds', async () => {
    const guild = newId();
    const { cache, state, lines } = createCache();
    await addReply(store, by(guild), draft('kept'));
    const before = await cache.repliesOf(guild);
    expect([cache.isStale(guild), cache.isStale('unknown')]).toEqual([false, false]);
    await notifyChange(store, guild);
    state.failure = down;
    expect(await cache.repliesOf(guild)).toBe(before);
    expect(cache.peek(guild)).toBe(before);
    expect(cache.isStale(guild)).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, kind: 'unavailable', msg: 'replies of a server not readable, serving older ones' },
    ]);
    expect(state.reads).toBe(2);
    delete state.failure;
    await clock.advance(1999);
    expect(await cache.repliesOf(guild)).toBe(before);
    expect(state.reads).toBe(2);
    await clock.advance(1);
    expect(await cache.repliesOf(guild)).toEqual(before);
    expect(state.reads).toBe(3);
    expect(cache.isStale(guild)).toBe(false);
  });

  it('a change makes it try again immediately', async () => {
    const guild = newId();
    const { cache, state } = createCache();
    await cache.repliesOf(guild);
    await notifyChange(store, guild);
    state.failure = down;
    await cache.repliesOf(guild);
    delete state.failure;
    await addReply(store, by(guild), draft('new'));
    expect(titles(await cache.repliesOf(guild))).toEqual(['new']);
  });

  it('a bug is not hidden by older replies', async () => {
    const guild = newId();
    const { cache, state } = createCache();
    await cache.repliesOf(guild);
    await notifyChange(store, guild);
    const bug = new TypeError('a bug');
    state.failure = bug;
    await expect(cache.repliesOf(guild)).rejects.toBe(bug);
  });
});

describe('changed replies that nobody asks for', () => {
  it('are dropped after a minute, such as those of a server that the bot has left', async () => {
    const { cache, state } = createCache();
    const [left, late, unchanged] = [newId(), newId(), newId()];
    for (const guild of [left, late, unchanged]) await cache.repliesOf(guild);
    await notifyChange(store, left);
    await clock.advance(1);
    await notifyChange(store, late);
    await clock.advance(59_999);
    state.failure = down;
    await expect(cache.repliesOf(left)).rejects.toThrow(StoreError);
    expect(cache.isStale(left)).toBe(false);
    expect(await cache.repliesOf(late)).toEqual([]);
    expect(await cache.repliesOf(unchanged)).toEqual([]);
  });

  it('are kept if somebody asked for them meanwhile', async () => {
    const { cache, state } = createCache({ staleRetentionMs: 3000 });
    const [failed, loaded] = [newId(), newId()];
    for (const guild of [failed, loaded]) await cache.repliesOf(guild);
    await notifyChange(store, failed);
    await notifyChange(store, loaded);
    const now = await cache.repliesOf(loaded);
    state.failure = down;
    await cache.repliesOf(failed);
    await clock.advance(3000);
    expect(await cache.repliesOf(failed)).toEqual([]);
    expect(cache.peek(loaded)).toBe(now);
  });
});

/** Rows of one server, as the cache's only query returns them. */
function storeOf(rows: () => Pick<RevisionRow, 'topic' | 'title' | 'text' | 'aliases' | 'state'>[]): Store {
  const more = { guild_id: 'g', number: 1, action: 'add', author_id: '7', saved_at: '2026-01-01', cause: '5' };
  // The type of a result is that of the query, which is not run.
  const run = (async () => rows().map((row) => ({ ...row, ...more }))) as unknown as RunQuery;
  return { ...store, run };
}

const row = (text: string, change: object = {}) => ({
  topic: 'r:abcd1234',
  title: 'T',
  text,
  aliases: '[]',
  state: 'shown' as const,
  ...change,
});

describe('the cache stays within its limits', () => {
  const unlimited = { guilds: 100, replies: 100, characters: 1000 };
  /** Which servers are cached after all of some were asked for, in that order. */
  async function kept(limits: typeof unlimited, guilds: string, rows: ReturnType<typeof row>[]): Promise<string> {
    const { cache } = createCache(
      { limits },
      storeOf(() => rows),
    );
    for (const guild of guilds) await cache.repliesOf(guild);
    return [...new Set(guilds)].filter((guild) => cache.peek(guild)).join('');
  }

  it.each([
    ['ab', 'ab'],
    ['abc', 'bc'],
    ['abac', 'ac'],
    ['abcb', 'bc'],
    ['abcda', 'ad'],
  ])('of two servers: of %s it keeps %s', async (guilds, expected) => {
    expect(await kept({ ...unlimited, guilds: 2 }, guilds, [])).toBe(expected);
  });

  it('of replies, removed ones too', async () => {
    const rows = [row('a'), row('b', { topic: 'r:abcd1235', state: 'removed' })];
    expect(await kept({ ...unlimited, replies: 4 }, 'abc', rows)).toBe('bc');
    expect(await kept({ ...unlimited, replies: 3 }, 'abc', rows)).toBe('c');
    expect(await kept({ ...unlimited, replies: 6 }, 'abc', rows)).toBe('abc');
    const page = [row('a', { topic: PAGE, state: 'removed' })];
    expect(await kept({ ...unlimited, replies: 0 }, 'abc', page)).toBe('abc');
  });

  it.each([
    ['a reply', row('12345', { aliases: '["a"]' }), 11],
    ['a removed reply', row('12345', { aliases: '["a"]', state: 'removed' }), 6],
    ['a removed override', row('12345', { topic: PAGE, state: 'removed' }), 0],
  ])('of characters, of which %s has its own', async (_, only, characters) => {
    expect(await kept({ ...unlimited, characters: 2 * characters }, 'ab', [only])).toBe('ab');
    if (characters > 0) expect(await kept({ ...unlimited, characters: 2 * characters - 1 }, 'ab', [only])).toBe('b');
  });

  it('but keeps the newest server, even if it is too large by itself', async () => {
    expect(await kept({ ...unlimited, characters: 5 }, 'ab', [row('12345')])).toBe('b');
    expect(await kept({ guilds: 0, replies: 0, characters: 0 }, 'a', [row('1')])).toBe('a');
  });

  it('and drops as few as it must', async () => {
    let rows = [row('1'.repeat(7))];
    const { cache } = createCache(
      { limits: { ...unlimited, characters: 45 } },
      storeOf(() => rows),
    );
    for (const guild of 'abcd') await cache.repliesOf(guild);
    rows = [row('1'.repeat(17))];
    await cache.repliesOf('e');
    expect([...'abcde'].filter((guild) => cache.peek(guild))).toEqual(['c', 'd', 'e']);
  });

  it('where a peek and a search are uses, too', async () => {
    const { cache } = createCache(
      { limits: { ...unlimited, guilds: 3 } },
      storeOf(() => []),
    );
    for (const guild of 'abc') await cache.repliesOf(guild);
    cache.peek('a');
    await cache.find('b', PAGE);
    await cache.repliesOf('d');
    expect([...'abcd'].filter((guild) => cache.peek(guild))).toEqual(['a', 'b', 'd']);
  });

  it('of 500 servers and 64 million characters by default', async () => {
    let rows: ReturnType<typeof row>[] = [];
    const { cache } = createCache(
      {},
      storeOf(() => rows),
    );
    for (let i = 0; i <= 500; i += 1) await cache.repliesOf(`${i}`);
    expect(['0', '1'].map((guild) => cache.peek(guild))).toEqual([undefined, []]);
    const { cache: large } = createCache(
      {},
      storeOf(() => rows),
    );
    const half = row('x'.repeat(32_000_000 - 'T[]'.length));
    rows = [half];
    for (const guild of 'ab') await large.repliesOf(guild);
    expect(large.peek('a')).toBeDefined();
    rows = [row('x')];
    await large.repliesOf('c');
    expect([...'abc'].filter((guild) => large.peek(guild))).toEqual(['a', 'c']);
  });
});
