// A server's own replies in the database: every save is a revision.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DraftError } from '../../src/replies/draft.ts';
import { formatReplyFile } from '../../src/replies/format-file.ts';
import { importReplies } from '../../src/replies/import.ts';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import { ConflictError, MissingReplyError } from '../../src/replies/reply.ts';
import {
  addReply,
  changeReply,
  findReply,
  removeReply,
  replyHistory,
  undoReply,
} from '../../src/replies/repository.ts';
import { newId } from '../new-id.ts';
import { databases, sqlite } from '../store/databases.ts';
import { by, draft, PAGE } from './requests.ts';
import { down, observed, openInMemory, overtaken } from './stores.ts';

describe.each(databases)('replies on $name', async (kind) => {
  const { store, open } = await openInMemory(kind);
  const other = open();

  test('a reply is saved exactly as typed, with author and time', async () => {
    const guild = newId();
    const text = '  two\r\n\r\nlines \t\n\n# and more 👩‍👩‍👧 \u{2028}';
    const saved = await addReply(store, by(guild), { title: ' Title ', text, aliases: ['a', ' a ', ''] });
    expect(saved).toMatchObject({ title: 'Title', text, aliases: ['a'], revision: 1, action: 'add', savedBy: '77' });
    expect(saved.topic).toMatch(/^r:[a-z0-9]{8}$/);
    expect(Math.abs(Date.now() - saved.savedAt.getTime())).toBeLessThan(10_000);
    const clock = { ...store.clock, now: () => 1000, random: () => 0 };
    const timed = await addReply({ ...store, clock }, by(guild), draft('timed'));
    expect(timed).toMatchObject({ topic: 'r:aaaaaaaa', savedAt: new Date(1000) });
    expect(await findReply(other, { guildId: guild, topic: saved.topic })).toEqual(saved);
  });

  test('a reply of version 1.0 that is not valid any more can be changed, and exported and imported unchanged', async () => {
    const guild = newId();
    const old = { title: 'Fees\u2028and\u202E taxes', text: '\u3164', aliases: '["a\u2028b","\u200B"]' };
    for (const [topic, title] of [['r:old00001', old.title] as const, ['r:old00002', '\u200B'] as const])
      await store.run((db) =>
        db
          .insertInto('revisions')
          .values({
            ...old,
            topic,
            title,
            guild_id: guild,
            number: 1,
            state: 'shown',
            action: 'add',
            author_id: '7',
            saved_at: '2026-01-01T00:00:00.000Z',
            cause: topic,
          })
          .execute(),
      );
    const replies = [];
    for (const topic of ['r:old00001', 'r:old00002'])
      replies.push((await findReply(store, { guildId: guild, topic })) ?? expect.fail('a reply'));
    expect(replies).toMatchObject([
      { title: 'Fees and taxes', text: 'Fees and taxes', aliases: ['a b'] },
      { title: 'old00002', text: 'old00002', aliases: ['a b'] },
    ]);
    const { replies: back, findings } = await parseReplyFile(formatReplyFile(replies), { path: 'replies.md' });
    expect(findings).toEqual([]);
    expect(await importReplies(store, by(guild), back)).toBe(0);
    for (const reply of replies)
      await changeReply(store, { ...by(guild), topic: reply.topic, expected: 1 }, { ...reply, text: 'new' });
  });

  test('a server can’t see the replies of another', async () => {
    const { topic } = await addReply(store, by('guild-a'), draft('secret'));
    expect(await findReply(store, { guildId: 'guild-b', topic })).toBeUndefined();
    expect(await replyHistory(store, { guildId: 'guild-b', topic }, 10)).toEqual([]);
    await expect(undoReply(store, { ...by('guild-b'), topic })).rejects.toThrow(MissingReplyError);
  });

  test('every save notifies the other parts of the bot of the server', async () => {
    const guild = newId();
    const notified: (string | undefined)[] = [];
    const stop = store.onChange((id) => notified.push(id));
    const { topic } = await addReply(store, by(guild), draft('one'));
    expect(notified).toContain(guild);
    await changeReply(store, { ...by(guild), topic, expected: 1 }, draft('two'));
    await removeReply(store, { ...by(guild), topic });
    await undoReply(store, { ...by(guild), topic });
    stop();
    expect(notified.filter((id) => id === guild).length).toBeGreaterThanOrEqual(4);
  });

  test('a failure of the database is passed on', async () => {
    const failing = observed(store);
    failing.state.failure = down;
    const request = { ...by(newId()), topic: PAGE, expected: 0 };
    for (const save of [
      () => addReply(failing.store, request, draft('x')),
      () => changeReply(failing.store, request, draft('x')),
      () => removeReply(failing.store, request),
      () => undoReply(failing.store, request),
      () => replyHistory(failing.store, request, 1),
      () => findReply(failing.store, request),
    ])
      await expect(save()).rejects.toBe(down);
    // A failed save searches neither for a conflicting reply nor for one of the same cause.
    expect(failing.state).toMatchObject({ writes: 4, reads: 2 });
  });

  test('an interaction that is delivered twice is saved once, even by two processes at the same time', async () => {
    const guild = newId();
    const request = by(guild);
    const added = await Promise.all([store, other, store, other].map((each) => addReply(each, request, draft('x'))));
    const topic = added[0]?.topic ?? '';
    expect(new Set(added.map((reply) => reply.topic)).size).toBe(1);
    const change = { ...by(guild), topic, expected: 1 };
    const changed = await Promise.all([store, other].map((each) => changeReply(each, change, draft('y'))));
    expect(changed.map(({ revision }) => revision)).toEqual([2, 2]);
    const undo = { ...by(guild), topic };
    expect((await undoReply(store, undo)).revision).toBe(3);
    expect((await undoReply(other, undo)).revision).toBe(3);
    const remove = { ...by(guild), topic };
    expect((await removeReply(store, remove)).revision).toBe(4);
    expect((await removeReply(other, remove)).revision).toBe(4);
    expect(await addReply(store, request, draft('x')), 'its first revision').toEqual(added[0]);
    expect(await replyHistory(store, { guildId: guild, topic }, 10)).toHaveLength(4);
    const elsewhere = await addReply(store, { ...request, guildId: newId() }, draft('x'));
    expect(elsewhere.topic, 'in another server').not.toBe(topic);
  });

  test('of concurrent changes exactly one succeeds, and the others get its result as a conflict', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('first'));
    const writers = Array.from({ length: 4 }, (_, i) =>
      changeReply(i % 2 ? store : other, { ...by(guild), topic, expected: 1 }, draft(`from ${i}`)),
    );
    const results = await Promise.allSettled(writers);
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      expect(result.reason).toBeInstanceOf(ConflictError);
      expect(result.reason.current).toEqual(won[0]?.value);
    }
  });

  test('a change of an outdated revision is a conflict with the latest one', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('first'));
    const second = await changeReply(store, { ...by(guild), topic, expected: 1 }, draft('second'));
    const late = changeReply(store, { ...by(guild), topic, expected: 1 }, draft('late'));
    await expect(late).rejects.toMatchObject({ name: 'ConflictError', current: second });
    await expect(removeReply(store, { ...by(guild), topic, expected: 1 })).rejects.toThrow(ConflictError);
    await expect(undoReply(store, { ...by(guild), topic, expected: 1 })).rejects.toThrow(ConflictError);
    expect(await replyHistory(store, { guildId: guild, topic }, 10)).toHaveLength(2);
  });

  test('a change of a topic without a reply is a conflict without a latest one', async () => {
    const request = { ...by(newId()), topic: PAGE, expected: 1 };
    for (const save of [
      () => changeReply(store, request, draft('x')),
      () => removeReply(store, request),
      () => undoReply(store, request),
    ])
      await expect(save()).rejects.toMatchObject({ name: 'ConflictError', current: undefined });
  });

  test('a save of the revision that the moderator saw succeeds', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('first'));
    expect(await removeReply(store, { ...by(guild), topic, expected: 1 })).toMatchObject({
      ...draft('first'),
      revision: 2,
      action: 'remove',
    });
    expect(await undoReply(store, { ...by(guild), topic, expected: 2 })).toMatchObject({ revision: 3 });
    expect(await changeReply(store, { ...by(guild), topic, expected: 3 }, draft('last'))).toMatchObject({
      ...draft('last'),
      revision: 4,
      action: 'change',
    });
  });

  test('a removed reply can be restored, and an undo can be undone', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('first'));
    await changeReply(store, { ...by(guild), topic, expected: 1 }, draft('second'));
    expect(await removeReply(store, { ...by(guild), topic })).toMatchObject({ state: 'removed', text: 'second' });
    await expect(removeReply(store, { ...by(guild), topic })).rejects.toThrow(MissingReplyError);
    expect(await undoReply(store, { ...by(guild), topic })).toMatchObject({ state: 'shown', text: 'second' });
    expect(await undoReply(store, { ...by(guild), topic })).toMatchObject({ state: 'removed' });
    const back = await changeReply(store, { ...by(guild), topic, expected: 5 }, draft('third'));
    expect(back).toMatchObject({ state: 'shown', revision: 6, text: 'third' });
    expect(await undoReply(store, { ...by(guild), topic })).toMatchObject({ state: 'removed' });
  });

  test('undo of the first revision removes a server reply, or the override of a page', async () => {
    const guild = newId();
    const own = await addReply(store, by(guild), draft('own'));
    const over = await changeReply(store, { ...by(guild), topic: PAGE, expected: 0 }, draft('over'));
    expect(over).toMatchObject({ revision: 1, action: 'add' });
    for (const topic of [own.topic, PAGE]) {
      expect(await undoReply(store, { ...by(guild), topic })).toMatchObject({ state: 'removed', action: 'undo' });
      expect(await undoReply(store, { ...by(guild), topic })).toMatchObject({ state: 'shown', revision: 3 });
    }
  });

  test('a missing reply can’t be changed, removed or undone', async () => {
    const guild = newId();
    const topic = 'r:nothing0';
    await expect(changeReply(store, { ...by(guild), topic, expected: 0 }, draft('x'))).rejects.toThrow(
      MissingReplyError,
    );
    await expect(removeReply(store, { ...by(guild), topic })).rejects.toThrow(MissingReplyError);
    await expect(undoReply(store, { ...by(guild), topic: PAGE })).rejects.toThrow(MissingReplyError);
  });

  test('the history is returned latest first, page by page', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('1'));
    for (let i = 1; i < 12; i++) await changeReply(store, { ...by(guild), topic, expected: i }, draft(`${i + 1}`));
    const numbers = async (before?: number) =>
      (await replyHistory(store, { guildId: guild, topic }, 5, before)).map(({ revision }) => revision);
    expect(await numbers()).toEqual([12, 11, 10, 9, 8]);
    expect(await numbers(8)).toEqual([7, 6, 5, 4, 3]);
    expect(await numbers(3)).toEqual([2, 1]);
    expect(await numbers(1)).toEqual([]);
  });

  test('a draft that is not valid is not saved', async () => {
    await expect(addReply(store, by(newId()), draft(' '))).rejects.toThrow(DraftError);
    const request = { ...by(newId()), topic: PAGE, expected: 0 };
    await expect(changeReply(store, request, draft(''))).rejects.toMatchObject({
      problems: [{ field: 'text', kind: 'empty' }],
    });
    await expect(importReplies(store, by(newId()), [{ topic: PAGE, ...draft('') }])).rejects.toThrow(DraftError);
  });

  test('any sequence of changes results in consistent revisions', async () => {
    type Step = 'change' | 'remove' | 'undo';
    const steps = fc.array(fc.constantFrom<Step>('change', 'remove', 'undo'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (wanted) => {
        const guild = newId();
        const { topic } = await addReply(store, by(guild), draft('0'));
        const expected = [{ state: 'shown', text: '0' }];
        for (const [i, step] of wanted.entries()) {
          const now = expected.at(-1);
          const before = expected.at(-2);
          if (step === 'change') {
            await changeReply(store, { ...by(guild), topic, expected: expected.length }, draft(`${i + 1}`));
            expected.push({ state: 'shown', text: `${i + 1}` });
          } else if (step === 'undo') {
            await undoReply(store, { ...by(guild), topic });
            expected.push(before ?? { state: 'removed', text: now?.text ?? '' });
          } else if (now?.state === 'shown') {
            await removeReply(store, { ...by(guild), topic });
            expected.push({ ...now, state: 'removed' });
          }
        }
        const history = await replyHistory(store, { guildId: guild, topic }, 50);
        expect(history.map(({ state, text }) => ({ state, text })).reverse()).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a save that is overtaken', async () => {
  const { store } = await openInMemory(sqlite);

  test('by the same interaction in another process returns what that one saved', async () => {
    const guild = newId();
    const request = by(guild);
    const first = await addReply(
      overtaken(store, () => addReply(store, request, draft('once'))),
      request,
      draft('once'),
    );
    expect(first).toMatchObject({ ...draft('once'), revision: 1 });
    const change = { ...by(guild), topic: first.topic, expected: 1 };
    const changing = overtaken(store, () => changeReply(store, change, draft('twice')));
    expect(await changeReply(changing, change, draft('twice'))).toMatchObject({ text: 'twice', revision: 2 });
    expect(await replyHistory(store, { guildId: guild, topic: first.topic }, 9)).toHaveLength(2);
  });

  test('by another moderator is a conflict with what that one saved', async () => {
    const guild = newId();
    const { topic } = await addReply(store, by(guild), draft('first'));
    const theirs = () => changeReply(store, { ...by(guild), topic, expected: 1 }, draft('theirs'));
    const error = await changeReply(
      overtaken(store, theirs),
      { ...by(guild), topic, expected: 1 },
      draft('mine'),
    ).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({
      message: `${topic} was changed by someone else`,
      current: { topic, text: 'theirs', revision: 2 },
    });
  });

  // The other process committed between the look for the cause and the look for the latest revision.
  test.each([
    ['a conflict', () => new ConflictError(PAGE, undefined)],
    ['a missing reply', () => new MissingReplyError(PAGE)],
  ])('by the same interaction is not a failure if it looks like %s', async (_, failure) => {
    const guild = newId();
    const request = { ...by(guild), topic: PAGE, expected: 0 };
    const late = (isSaved: boolean) => ({
      ...store,
      async transact() {
        if (isSaved) await changeReply(store, request, draft('once'));
        throw failure();
      },
    });
    await expect(changeReply(late(false), request, draft('once'))).rejects.toThrow(failure().message);
    expect(await changeReply(late(true), request, draft('once'))).toMatchObject({ text: 'once', revision: 1 });
  });

  test('by a bug fails', async () => {
    const bug = new TypeError('a bug');
    const request = { ...by(newId()), topic: PAGE, expected: 0 };
    const failing = { ...store, transact: () => Promise.reject(bug) };
    await changeReply(store, request, draft('saved'));
    await expect(changeReply(failing, request, draft('saved'))).rejects.toBe(bug);
  });
});
