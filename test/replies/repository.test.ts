import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DraftError } from '../../src/replies/draft.ts';
import { writeFile } from '../../src/replies/file-format.ts';
import { importReplies, PlanChangedError, planImport } from '../../src/replies/import.ts';
import { parseReplyFile } from '../../src/replies/read-file.ts';
import { ConflictError, MissingReplyError, TooManyRepliesError } from '../../src/replies/reply.ts';
import { addReply, changeReply, findReply, historyOf, removeReply, undoReply } from '../../src/replies/repository.ts';
import type { Store } from '../../src/store/store.ts';
import { databases, type TestDatabase } from '../store/databases.ts';

let count = 0;
const draft = (text: string) => ({ title: 'Refunds', text, aliases: ['money back'] });
const by = (guildId: string) => ({ guildId, authorId: '77', cause: `cause-${++count}` });
const newGuild = () => `guild-${++count}`;
const PAGE = 'close-account#money';

describe.each(databases)('own replies on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  let other: Store;
  beforeAll(async () => {
    database = await create();
    store = database.open();
    other = database.open();
  });
  afterAll(() => database.close());

  test('a reply is kept exactly as typed, with who and when', async () => {
    const guild = newGuild();
    const text = '  two\r\n\r\nlines \t\n\n# and more 👩‍👩‍👧 \u{2028}';
    const saved = await addReply(store, by(guild), { title: ' Title ', text, aliases: ['a', ' a ', ''] });
    expect(saved).toMatchObject({ title: 'Title', text, aliases: ['a'], revision: 1, action: 'add', savedBy: '77' });
    expect(saved.topic).toMatch(/^r:[a-z0-9]{8}$/);
    expect(Math.abs(Date.now() - saved.savedAt.getTime())).toBeLessThan(10_000);
    expect(await findReply(other, { guildId: guild, topic: saved.topic })).toEqual(saved);
  });

  test('a reply that version 1.0 saved and this one refuses can be changed, and an import of its export is the same', async () => {
    const guild = newGuild();
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
    const { replies: back, findings } = await parseReplyFile(writeFile(replies), { path: 'replies.md' });
    expect(findings).toEqual([]);
    expect(await importReplies(store, by(guild), back)).toBe(0);
    for (const reply of replies)
      await changeReply(store, { ...by(guild), topic: reply.topic, expected: 1 }, { ...reply, text: 'new' });
  });

  test('one server never sees the replies of another', async () => {
    const { topic } = await addReply(store, by('guild-a'), draft('secret'));
    expect(await findReply(store, { guildId: 'guild-b', topic })).toBeUndefined();
    expect(await historyOf(store, { guildId: 'guild-b', topic }, 10)).toEqual([]);
    await expect(undoReply(store, { ...by('guild-b'), topic })).rejects.toThrow(MissingReplyError);
  });

  test('the same interaction delivered twice saves once, also on two replicas at once', async () => {
    const guild = newGuild();
    const saving = by(guild);
    const added = await Promise.all([store, other, store, other].map((each) => addReply(each, saving, draft('x'))));
    const topic = added[0]?.topic ?? '';
    expect(new Set(added.map((reply) => reply.topic)).size).toBe(1);
    const change = { ...by(guild), topic, expected: 1 };
    const changed = await Promise.all([store, other].map((each) => changeReply(each, change, draft('y'))));
    expect(changed.map(({ revision }) => revision)).toEqual([2, 2]);
    const undo = { ...by(guild), topic };
    expect((await undoReply(store, undo)).revision).toBe(3);
    expect((await undoReply(other, undo)).revision).toBe(3);
    expect(await historyOf(store, { guildId: guild, topic }, 10)).toHaveLength(3);
  });

  test('of two moderators who save at once exactly one wins, and the other learns what the first one wrote', async () => {
    const guild = newGuild();
    const { topic } = await addReply(store, by(guild), draft('first'));
    const writers = Array.from({ length: 8 }, (_, i) =>
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

  test('a change after somebody else’s names the newest revision and saves nothing', async () => {
    const guild = newGuild();
    const { topic } = await addReply(store, by(guild), draft('first'));
    const second = await changeReply(store, { ...by(guild), topic, expected: 1 }, draft('second'));
    const late = changeReply(store, { ...by(guild), topic, expected: 1 }, draft('late'));
    await expect(late).rejects.toMatchObject({ name: 'ConflictError', current: second });
    await expect(removeReply(store, { ...by(guild), topic, expected: 1 })).rejects.toThrow(ConflictError);
    await expect(undoReply(store, { ...by(guild), topic, expected: 1 })).rejects.toThrow(ConflictError);
    expect(await historyOf(store, { guildId: guild, topic }, 10)).toHaveLength(2);
  });

  test('a removed reply can be brought back, and undo can be undone', async () => {
    const guild = newGuild();
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

  test('undo of the first revision leaves nothing of an own reply and the guide’s own words of a page', async () => {
    const guild = newGuild();
    const own = await addReply(store, by(guild), draft('own'));
    const over = await changeReply(store, { ...by(guild), topic: PAGE, expected: 0 }, draft('over'));
    expect(over).toMatchObject({ revision: 1, action: 'add' });
    for (const topic of [own.topic, PAGE]) {
      expect(await undoReply(store, { ...by(guild), topic })).toMatchObject({ state: 'removed', action: 'undo' });
      expect(await undoReply(store, { ...by(guild), topic })).toMatchObject({ state: 'shown', revision: 3 });
    }
  });

  test('what does not exist cannot be changed, removed or undone', async () => {
    const guild = newGuild();
    const topic = 'r:nothing0';
    await expect(changeReply(store, { ...by(guild), topic, expected: 0 }, draft('x'))).rejects.toThrow(
      MissingReplyError,
    );
    await expect(removeReply(store, { ...by(guild), topic })).rejects.toThrow(MissingReplyError);
    await expect(undoReply(store, { ...by(guild), topic: PAGE })).rejects.toThrow(MissingReplyError);
  });

  test('the history comes newest first, page by page', async () => {
    const guild = newGuild();
    const { topic } = await addReply(store, by(guild), draft('1'));
    for (let i = 1; i < 12; i++) await changeReply(store, { ...by(guild), topic, expected: i }, draft(`${i + 1}`));
    const numbers = async (before?: number) =>
      (await historyOf(store, { guildId: guild, topic }, 5, before)).map(({ revision }) => revision);
    expect(await numbers()).toEqual([12, 11, 10, 9, 8]);
    expect(await numbers(8)).toEqual([7, 6, 5, 4, 3]);
    expect(await numbers(3)).toEqual([2, 1]);
    expect(await numbers(1)).toEqual([]);
  });

  test('a draft that breaks a limit is not saved', async () => {
    await expect(addReply(store, by(newGuild()), draft(' '))).rejects.toThrow(DraftError);
    await expect(importReplies(store, by(newGuild()), [{ topic: PAGE, ...draft('') }])).rejects.toThrow(DraftError);
  });

  test('an import saves all that differs, once, and keeps what the file does not name', async () => {
    const guild = newGuild();
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
      ...Array.from({ length: 450 }, (_, i) => ({ topic: `r:${String(i).padStart(8, '0')}`, ...draft(`n ${i}`) })),
    ];
    const saving = by(guild);
    const results = await Promise.all([store, other].map((each) => importReplies(each, saving, incoming)));
    expect(results).toEqual([453, 453]);
    expect(await findReply(store, { guildId: guild, topic: changed.topic })).toMatchObject({
      text: 'after',
      revision: 2,
    });
    expect(await findReply(store, { guildId: guild, topic: removed.topic })).toMatchObject({
      state: 'shown',
      revision: 3,
    });
    expect(await findReply(store, { guildId: guild, topic: same.topic })).toEqual(same);
    expect(await findReply(store, { guildId: guild, topic: kept.topic })).toEqual(kept);
    expect(await importReplies(store, by(guild), incoming)).toBe(0);
    expect(await undoReply(store, { ...by(guild), topic: changed.topic })).toMatchObject({ text: 'before' });
  });

  test('an import saves what was agreed to, or nothing and says what it would save now', async () => {
    const guild = newGuild();
    const [mine, theirs] = await Promise.all(['mine', 'theirs'].map((text) => addReply(store, by(guild), draft(text))));
    if (!mine || !theirs) throw new Error('nothing was added');
    const incoming = [
      { topic: mine.topic, ...draft('from the file') },
      { topic: theirs.topic, ...draft('theirs') },
    ];
    const agreed = await planImport([mine, theirs], incoming);
    await changeReply(store, { ...by(guild), topic: theirs.topic, expected: 1 }, draft('changed meanwhile'));
    for (const expected of [agreed.digest, 1]) {
      const error = await importReplies(other, by(guild), incoming, { expected }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(PlanChangedError);
      expect(error.plan).toMatchObject({ added: [], changed: incoming, same: [] });
    }
    expect(await findReply(store, { guildId: guild, topic: mine.topic })).toEqual(mine);
    const now = await planImport([mine, { ...theirs, text: 'changed meanwhile', revision: 2 }], incoming);
    expect(await importReplies(other, by(guild), incoming, { expected: now.digest })).toBe(2);
  });

  test('a reply that was changed to other words needs another agreement, also where as many would be saved', async () => {
    const guild = newGuild();
    const reply = await addReply(store, by(guild), draft('one'));
    const incoming = [{ topic: reply.topic, ...draft('from the file') }];
    const { digest } = await planImport([reply], incoming);
    await changeReply(store, { ...by(guild), topic: reply.topic, expected: 1 }, draft('two'));
    await expect(importReplies(store, by(guild), incoming, { expected: digest })).rejects.toThrow(PlanChangedError);
    expect(await importReplies(store, by(guild), incoming, { expected: 1 }), 'as version 1.0.0 asked').toBe(1);
  });

  test('a server shows 10,000 replies at most, whichever way they are added', async () => {
    const guild = newGuild();
    const many = (count: number, from = 0) =>
      Array.from({ length: count }, (_, i) => ({ topic: `r:${String(from + i).padStart(8, '0')}`, ...draft(`${i}`) }));
    await expect(importReplies(store, by(guild), many(10_001))).rejects.toThrow(TooManyRepliesError);
    expect(await importReplies(store, by(guild), many(9_999))).toBe(9_999);
    const gone = { guildId: guild, topic: 'r:00000000' };
    await removeReply(store, { ...by(guild), ...gone });
    const added = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) => addReply(i % 2 ? store : other, by(guild), draft(`added ${i}`))),
    );
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const result of added)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(TooManyRepliesError);
    const over = { ...by(guild), topic: PAGE, expected: 0 };
    await expect(changeReply(store, over, draft('over'))).rejects.toThrow(TooManyRepliesError);
    await expect(undoReply(store, { ...by(guild), ...gone })).rejects.toThrow(TooManyRepliesError);
    await expect(importReplies(store, by(guild), many(1, 20_000))).rejects.toThrow(TooManyRepliesError);
    const changed = { topic: 'r:00000001', ...draft('changed') };
    expect(await importReplies(store, by(guild), [changed]), 'a change needs no room').toBe(1);
    await removeReply(store, { ...by(guild), topic: changed.topic });
    expect(await undoReply(store, { ...by(guild), ...gone })).toMatchObject({ state: 'shown' });
    expect(await addReply(store, by(newGuild()), draft('elsewhere'))).toMatchObject({ revision: 1 });
  }, 60_000);

  test('an import that fails in the middle saves nothing', async () => {
    const guild = newGuild();
    const incoming = Array.from({ length: 300 }, (_, i) => ({
      topic: `r:${String(i).padStart(8, '0')}`,
      ...draft('x'),
    }));
    const twice = [...incoming, { topic: 'r:00000299', ...draft('y') }];
    await expect(importReplies(store, by(guild), twice)).rejects.toThrow(ConflictError);
    expect(await historyOf(store, { guildId: guild, topic: 'r:00000000' }, 1)).toEqual([]);
  });

  test('whatever is done to a reply, each revision follows from the one before it', async () => {
    type Step = 'change' | 'remove' | 'undo';
    const steps = fc.array(fc.constantFrom<Step>('change', 'remove', 'undo'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (wanted) => {
        const guild = newGuild();
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
        const history = await historyOf(store, { guildId: guild, topic }, 50);
        expect(history.map(({ state, text }) => ({ state, text })).reverse()).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});
