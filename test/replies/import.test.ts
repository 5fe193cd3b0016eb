// Importing replies: the plan of the changes, and saving them together.
import { describe, expect, it } from 'vitest';
import { type IncomingReply, importReplies, PlanChangedError, planImport } from '../../src/replies/import.ts';
import { ConflictError, type Reply } from '../../src/replies/reply.ts';
import {
  addReply,
  changeReply,
  findReply,
  removeReply,
  replyHistory,
  undoReply,
} from '../../src/replies/repository.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { databases, sqlite } from '../store/databases.ts';
import { turnsDuring } from './event-loop.ts';
import { by, draft, numbered, PAGE } from './requests.ts';
import { down, observed, openInMemory, overtaken } from './stores.ts';

const reply = (text: string, i: number): IncomingReply => ({
  topic: `r:abcd000${i}`,
  title: 'Title',
  text,
  aliases: [],
});
const saved = (text: string, i: number, more: Partial<Reply> = {}): Reply => ({
  ...reply(text, i),
  guildId: 'g',
  state: 'shown',
  revision: 1,
  action: 'add',
  savedBy: '7',
  savedAt: new Date(0),
  ...more,
});

describe('a plan', () => {
  it('lists what would be added, changed and unchanged', async () => {
    const current = [saved('same', 0), saved('changed', 1), saved('removed', 2, { state: 'removed' })];
    const incoming = ['same', 'new words', 'removed', 'new'].map(reply);
    const plan = await planImport(current, incoming);
    expect(plan.unchanged).toEqual([incoming[0]]);
    expect(plan.changed).toEqual([incoming[1]]);
    expect(plan.added).toEqual([incoming[2], incoming[3]]);
  });

  it('compares replies as they are saved', async () => {
    const current = [saved('a', 0, { title: ' Title\u200B', aliases: ['b', 'b', ''] })];
    const incoming = [{ ...reply('a', 0), title: 'Title ', aliases: [' b'] }];
    expect(await planImport(current, incoming)).toMatchObject({ unchanged: incoming });
  });

  it('has a digest of the changes and of the revisions that they replace', async () => {
    const digest = async (incoming: IncomingReply[], current: Reply[] = []) =>
      (await planImport(current, incoming)).digest;
    const one = await digest([reply('a', 1)]);
    expect(one).toMatch(/^[\w-]{16}$/);
    expect(await digest([{ ...reply('a', 1), title: ' Title' }])).toBe(one);
    expect(await digest([reply('a', 1), reply('b', 2)], [saved('b', 2)])).toBe(one);
    const others = [
      await digest([]),
      await digest([reply('a', 2)]),
      await digest([reply('b', 1)]),
      await digest([{ ...reply('a', 1), title: 'T' }]),
      await digest([{ ...reply('a', 1), aliases: ['a'] }]),
      await digest([reply('a', 1)], [saved('b', 1)]),
      await digest([reply('a', 1)], [saved('b', 1, { revision: 2 })]),
      await digest([reply('a', 1), reply('b', 2)]),
    ];
    expect(new Set([one, ...others]).size).toBe(others.length + 1);
  });

  it('is made in time slices', async () => {
    const incoming = Array.from({ length: 50 }, (_, i) => reply('a', i));
    expect(await turnsDuring(20, () => planImport([], incoming))).toBeGreaterThanOrEqual(50);
    expect(await turnsDuring(0, () => planImport([], incoming))).toBeLessThan(2);
  });
});

describe.each(databases)('an import on $name', async (kind) => {
  const { store, open } = await openInMemory(kind);
  const other = open();
  const find = (guildId: string, topic: string) => findReply(store, { guildId, topic });

  it('saves what differs, once, and keeps replies that are not in the file', async () => {
    const guild = newId();
    const kept = await addReply(store, by(guild), draft('kept'));
    const same = await addReply(store, by(guild), draft('same'));
    const changed = await addReply(store, by(guild), draft('before'));
    const removed = await addReply(store, by(guild), draft('removed'));
    await removeReply(store, { ...by(guild), topic: removed.topic });
    const incoming = [
      { topic: same.topic, ...draft('same') },
      { topic: changed.topic, ...draft('after') },
      { topic: removed.topic, ...draft('removed') },
      { topic: PAGE, ...draft('over') },
    ];
    const request = by(guild);
    const results = await Promise.all([store, other].map((each) => importReplies(each, request, incoming)));
    expect(results).toEqual([3, 3]);
    expect(await find(guild, changed.topic)).toMatchObject({
      ...draft('after'),
      revision: 2,
      action: 'import',
      savedBy: '77',
    });
    expect(await find(guild, removed.topic)).toMatchObject({ state: 'shown', revision: 3 });
    expect(await find(guild, PAGE)).toMatchObject({ ...draft('over'), revision: 1 });
    expect(await find(guild, same.topic)).toEqual(same);
    expect(await find(guild, kept.topic)).toEqual(kept);
    expect(await importReplies(store, by(guild), incoming)).toBe(0);
    expect(await importReplies(store, request, []), 'the same interaction again').toBe(3);
    expect(await undoReply(store, { ...by(guild), topic: changed.topic })).toMatchObject({ text: 'before' });
  });

  it('saves replies as they are normalized, with the time of the store', async () => {
    const guild = newId();
    const clock = { ...store.clock, now: () => Date.UTC(2026, 0, 2) };
    await importReplies({ ...store, clock }, by(guild), [
      { topic: PAGE, title: ' T\u200B', text: ' x ', aliases: [' a', 'a'] },
    ]);
    expect(await find(guild, PAGE)).toMatchObject({
      title: 'T',
      text: ' x ',
      aliases: ['a'],
      savedAt: new Date(Date.UTC(2026, 0, 2)),
    });
  });

  it('writes 64 replies at a time, and reports its progress', async () => {
    const guild = newId();
    const incoming = Array.from({ length: 3 * 64 + 1 }, (_, i) => ({ topic: numbered(i), ...draft(`n ${i}`) }));
    const progress: number[][] = [];
    const notified: (string | undefined)[] = [];
    const stop = store.onChange((id) => notified.push(id));
    const turns = await turnsDuring(0, async () => {
      const onProgress = (...report: number[]) => progress.push(report);
      expect(await importReplies(store, by(guild), incoming, { onProgress })).toBe(193);
    });
    stop();
    expect(progress).toEqual([
      [64, 193],
      [128, 193],
      [192, 193],
      [193, 193],
    ]);
    expect(turns).toBeGreaterThanOrEqual(4);
    expect(notified).toContain(guild);
    for (const i of [0, 63, 64, 128, 191, 192])
      expect(await find(guild, numbered(i))).toMatchObject({ ...draft(`n ${i}`), revision: 1, action: 'import' });
  });

  it('writes 64 replies in one statement', async () => {
    const guild = newId();
    const incoming = Array.from({ length: 64 }, (_, i) => ({ topic: numbered(i), ...draft(`n ${i}`) }));
    const progress: number[][] = [];
    await importReplies(store, by(guild), incoming, { onProgress: (...report) => progress.push(report) });
    expect(progress).toEqual([[64, 64]]);
  });

  it('needs no transaction if nothing differs', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('same'));
    const { store: counted, state } = observed(store);
    expect(await importReplies(counted, by(guild), [{ topic, ...draft('same') }])).toBe(0);
    expect(state.writes).toBe(0);
  });

  it('with another plan than the confirmed one saves nothing, and returns the new plan', async () => {
    const guild = newId();
    const mine = await addReply(store, by(guild), draft('mine'));
    const theirs = await addReply(store, by(guild), draft('theirs'));
    const incoming = [
      { topic: mine.topic, ...draft('from the file') },
      { topic: theirs.topic, ...draft('theirs') },
    ];
    const confirmed = await planImport([mine, theirs], incoming);
    const changed = await changeReply(store, { ...by(guild), topic: theirs.topic, expected: 1 }, draft('meanwhile'));
    for (const expected of [confirmed.digest, 1, 0, '2']) {
      const error = await importReplies(other, by(guild), incoming, { expected }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(PlanChangedError);
      expect(error).toMatchObject({
        name: 'PlanChangedError',
        message: 'the replies have changed since the import was confirmed',
        plan: { added: [], changed: incoming, unchanged: [] },
      });
    }
    expect(await find(guild, mine.topic)).toEqual(mine);
    const now = await planImport([mine, changed], incoming);
    expect(await importReplies(other, by(guild), incoming, { expected: now.digest })).toBe(2);
  });

  it('needs another confirmation of a changed reply, even if as many replies would be saved', async () => {
    const guild = newId();
    const one = await addReply(store, by(guild), draft('one'));
    const incoming = [
      { topic: one.topic, ...draft('from the file') },
      { topic: PAGE, ...draft('new') },
    ];
    const { digest } = await planImport([one], incoming);
    await changeReply(store, { ...by(guild), topic: one.topic, expected: 1 }, draft('two'));
    await expect(importReplies(store, by(guild), incoming, { expected: digest })).rejects.toThrow(PlanChangedError);
    expect(await importReplies(store, by(guild), incoming, { expected: 2 }), 'as version 1.0.0 does').toBe(2);
  });

  it('saves nothing if it fails midway', async () => {
    const guild = newId();
    const incoming = Array.from({ length: 65 }, (_, i) => ({ topic: numbered(i), ...draft('x') }));
    const twice = [...incoming, { topic: numbered(64), ...draft('y') }];
    await expect(importReplies(store, by(guild), twice)).rejects.toThrow(ConflictError);
    expect(await replyHistory(store, { guildId: guild, topic: numbered(0) }, 1)).toEqual([]);
  });

  it('is refused if a reply is not valid, before anything is read', async () => {
    const { store: counted, state } = observed(store);
    const incoming = [{ topic: PAGE, ...draft('x') }, reply('', 1)];
    await expect(importReplies(counted, by(newId()), incoming)).rejects.toMatchObject({
      name: 'DraftError',
      problems: [{ field: 'text', kind: 'empty' }],
    });
    expect(state.reads).toBe(0);
  });

  it('fails with the database', async () => {
    const failing = observed(store);
    failing.state.failure = down;
    await expect(importReplies(failing.store, by(newId()), [reply('a', 1)])).rejects.toBe(down);
    expect(failing.state.reads).toBe(1);
    const readOnly: Store = { ...store, transact: () => Promise.reject(down) };
    await expect(importReplies(readOnly, by(newId()), [reply('a', 1)])).rejects.toBe(down);
  });
});

describe('an import that is overtaken by another moderator', async () => {
  const { store } = await openInMemory(sqlite);

  /** A store where somebody else does something before each of the next transactions. */
  function interrupted(...others: (() => Promise<unknown>)[]) {
    const state = { attempts: 0 };
    const transact: Store['transact'] = async (work, options) => {
      state.attempts += 1;
      await others.shift()?.();
      return store.transact(work, options);
    };
    return { store: { ...store, transact }, state };
  }

  const change = (guildId: string, expected: number) => () =>
    changeReply(store, { ...by(guildId), topic: PAGE, expected }, draft(`theirs ${expected}`));

  it('tries again with what was saved meanwhile, up to three times', async () => {
    for (const times of [1, 2]) {
      const guild = newId();
      const all = Array.from({ length: times }, (_, i) => change(guild, i));
      const { store: slow, state } = interrupted(...all);
      expect(await importReplies(slow, by(guild), [{ topic: PAGE, ...draft('mine') }])).toBe(1);
      expect(state.attempts).toBe(times + 1);
      const history = await replyHistory(store, { guildId: guild, topic: PAGE }, 9);
      expect(history).toMatchObject([{ text: 'mine' }, ...all.map((_, i) => ({ text: `theirs ${times - 1 - i}` }))]);
    }
  });

  it('gives up after three attempts', async () => {
    const guild = newId();
    const { store: slow, state } = interrupted(change(guild, 0), change(guild, 1), change(guild, 2), change(guild, 3));
    const error = await importReplies(slow, by(guild), [{ topic: PAGE, ...draft('mine') }]).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ message: 'the file was changed by someone else', current: undefined });
    expect(state.attempts).toBe(3);
  });

  it('gives up if a row exists already each time', async () => {
    const guild = newId();
    let attempts = 0;
    const slow = overtaken(store, async () => {
      attempts += 1;
    });
    await expect(importReplies(slow, by(guild), [{ topic: PAGE, ...draft('mine') }])).rejects.toThrow(ConflictError);
    expect(attempts).toBe(3);
  });

  it('needs a new confirmation of what was saved meanwhile', async () => {
    const guild = newId();
    const incoming = [{ topic: PAGE, ...draft('mine') }];
    const { digest } = await planImport([], incoming);
    const { store: slow } = interrupted(change(guild, 0));
    await expect(importReplies(slow, by(guild), incoming, { expected: digest })).rejects.toThrow(PlanChangedError);
  });

  it('returns what the same interaction saved meanwhile in another process', async () => {
    const guild = newId();
    const request = by(guild);
    const incoming = [
      { topic: PAGE, ...draft('mine') },
      { topic: numbered(1), ...draft('mine') },
    ];
    const { store: slow, state } = interrupted(() => importReplies(store, request, incoming));
    expect(await importReplies(slow, request, incoming)).toBe(2);
    expect(state.attempts).toBe(1);
    expect(await replyHistory(store, { guildId: guild, topic: PAGE }, 9)).toHaveLength(1);
    const second = by(newId());
    const late = overtaken(store, () => importReplies(store, second, incoming));
    expect(await importReplies(late, second, incoming)).toBe(2);
  });

  it('of another kind does not count as saved by the same interaction', async () => {
    const guild = newId();
    const request = by(guild);
    await addReply(store, request, draft('own'));
    expect(await importReplies(store, request, [{ topic: PAGE, ...draft('mine') }])).toBe(1);
    const elsewhere = { ...request, guildId: newId() };
    expect(await importReplies(store, elsewhere, [{ topic: PAGE, ...draft('mine') }])).toBe(1);
  });
});
