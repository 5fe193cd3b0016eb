// Reading the latest revisions of a guild, page by page.
import { describe, expect, it } from 'vitest';
import { latestNumbers, latestRevisions, latestRevisionsOf } from '../../src/replies/latest-revisions.ts';
import { addReply, changeReply, removeReply } from '../../src/replies/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { databases, sqlite } from '../store/databases.ts';
import { turnsDuring } from './event-loop.ts';
import { by, draft, numbered, PAGE, saveMany } from './requests.ts';
import { down, observed, openInMemory } from './stores.ts';

const PAGE_SIZE = 500;

async function pagesOf(store: Store, guildId: string) {
  const pages = [];
  for await (const page of latestRevisions(store, guildId)) pages.push(page);
  return pages;
}

describe.each(databases)('the latest revisions on $name', async (kind) => {
  const { store } = await openInMemory(kind);
  const guild = newId();
  const { topic } = await addReply(store, by(guild), draft('own'));
  for (let i = 1; i < 11; i += 1) await changeReply(store, { ...by(guild), topic, expected: i }, draft(`own ${i}`));
  await changeReply(store, { ...by(guild), topic: PAGE, expected: 0 }, draft('override'));
  await removeReply(store, { ...by(guild), topic: PAGE });
  await saveMany(store, 'another guild', 1, 0);

  const pageRow = { topic: PAGE, number: 2, text: 'override', state: 'removed' };
  const ownRow = { topic, number: 11, text: 'own 10', state: 'shown' };

  it('are one of each topic, removed ones too, in the order of topics', async () => {
    expect(await pagesOf(store, guild)).toMatchObject([[pageRow, ownRow]]);
    expect(await pagesOf(store, 'none')).toEqual([]);
  });

  it('are found for some topics', async () => {
    expect(await latestRevisionsOf(store, guild, [topic, PAGE, numbered(0)])).toMatchObject([pageRow, ownRow]);
    expect(await latestRevisionsOf(store, guild, [PAGE])).toMatchObject([pageRow]);
    expect(await latestRevisionsOf(store, guild, [])).toEqual([]);
  });

  it('have numbers that can be read alone', async () => {
    const numbers = (topics: string[]) => store.run((db) => latestNumbers(db, guild, topics));
    expect([...(await numbers([topic, PAGE, numbered(0)]))].sort()).toEqual([
      [PAGE, 2],
      [topic, 11],
    ]);
    expect([...(await numbers([topic]))]).toEqual([[topic, 11]]);
    expect((await numbers([])).size).toBe(0);
  });

  it('are read 500 at a time', async () => {
    const many = newId();
    await saveMany(store, many, PAGE_SIZE - 1);
    const topics = Array.from({ length: 2 * PAGE_SIZE + 1 }, (_, i) => numbered(i));
    for (const [more, sizes, reads] of [
      [0, [499], 1],
      [1, [500], 2],
      [1, [500, 1], 2],
      [PAGE_SIZE, [500, 500, 1], 3],
    ] as const) {
      const saved = (await pagesOf(store, many)).flat().length;
      if (more > 0) await saveMany(store, many, more, saved);
      const { store: counted, state } = observed(store);
      const pages = await pagesOf(counted, many);
      expect(pages.map((page) => page.length)).toEqual(sizes);
      expect(state.reads).toBe(reads);
      expect(pages.flat().map((row) => row.topic)).toEqual(topics.slice(0, saved + more));
    }
    expect((await latestRevisionsOf(store, many, topics)).map((row) => row.topic)).toEqual(topics);
    for (const [count, reads] of [
      [0, 0],
      [PAGE_SIZE, 1],
      [PAGE_SIZE + 1, 2],
    ] as const) {
      const { store: counted, state } = observed(store);
      expect(await latestRevisionsOf(counted, many, topics.slice(0, count))).toHaveLength(count);
      expect(state.reads).toBe(reads);
    }
    expect([...(await store.run((db) => latestNumbers(db, many, topics))).keys()].sort()).toEqual(topics);
  });

  it('fail together with the database', async () => {
    const failing = observed(store);
    failing.state.failure = down;
    await expect(pagesOf(failing.store, guild)).rejects.toThrow(StoreError);
    await expect(latestRevisionsOf(failing.store, guild, [topic])).rejects.toThrow(StoreError);
  });
});

describe('reading the latest revisions', async () => {
  const { store } = await openInMemory(sqlite);
  await saveMany(store, 'many', 2 * PAGE_SIZE + 1);
  const topics = Array.from({ length: 2 * PAGE_SIZE + 1 }, (_, i) => numbered(i));
  // SQLite's driver never yields by itself.
  it.each([
    ['all', () => pagesOf(store, 'many'), 2],
    ['those of some topics', () => latestRevisionsOf(store, 'many', topics), 3],
    ['their numbers', () => store.run((db) => latestNumbers(db, 'many', topics)), 3],
  ])('lets other work run after each page of %s', async (_, read, pages) => {
    expect(await turnsDuring(0, read)).toBeGreaterThanOrEqual(pages - 1);
  });
});
