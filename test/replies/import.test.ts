import { describe, expect, test } from 'vitest';
import { importReplies, PlanChangedError, planImport } from '../../src/replies/import.ts';
import { ConflictError } from '../../src/replies/reply.ts';
import {
  addReply,
  changeReply,
  findReply,
  removeReply,
  replyHistory,
  undoReply,
} from '../../src/replies/repository.ts';
import { databases, openForAll } from '../store/databases.ts';
import { by, draft, newGuild, PAGE } from './requests.ts';

const reply = (text: string, i: number) => ({ topic: `r:abcd000${i}`, title: 'Title', text, aliases: [] });

test('a plan lists what would be added, changed and unchanged', async () => {
  const current = ['same', 'changed', 'removed'].map((text, i) => ({
    ...reply(text, i),
    guildId: 'g',
    state: text === 'removed' ? ('removed' as const) : ('shown' as const),
    revision: 1,
    action: 'add' as const,
    savedBy: '7',
    savedAt: new Date(),
  }));
  const incoming = ['same', 'new words', 'removed', 'new'].map((text, i) => reply(text, i));
  const plan = await planImport(current, incoming);
  expect(plan.unchanged).toEqual([incoming[0]]);
  expect(plan.changed).toEqual([incoming[1]]);
  expect(plan.added).toEqual([incoming[2], incoming[3]]);
});

describe.each(databases)('an import on $name', async ({ create }) => {
  const { database, store } = await openForAll(create);
  const other = database.open();

  test('an import saves what differs, once, and keeps replies that are not in the file', async () => {
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
    const request = by(guild);
    const results = await Promise.all([store, other].map((each) => importReplies(each, request, incoming)));
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

  test('an import with another plan than the confirmed one saves nothing, and returns the new plan', async () => {
    const guild = newGuild();
    const [mine, theirs] = await Promise.all(['mine', 'theirs'].map((text) => addReply(store, by(guild), draft(text))));
    if (!mine || !theirs) throw new Error('nothing was added');
    const incoming = [
      { topic: mine.topic, ...draft('from the file') },
      { topic: theirs.topic, ...draft('theirs') },
    ];
    const confirmed = await planImport([mine, theirs], incoming);
    await changeReply(store, { ...by(guild), topic: theirs.topic, expected: 1 }, draft('changed meanwhile'));
    for (const expected of [confirmed.digest, 1]) {
      const error = await importReplies(other, by(guild), incoming, { expected }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(PlanChangedError);
      expect(error.plan).toMatchObject({ added: [], changed: incoming, unchanged: [] });
    }
    expect(await findReply(store, { guildId: guild, topic: mine.topic })).toEqual(mine);
    const now = await planImport([mine, { ...theirs, text: 'changed meanwhile', revision: 2 }], incoming);
    expect(await importReplies(other, by(guild), incoming, { expected: now.digest })).toBe(2);
  });

  test('a changed reply requires another confirmation, even if as many replies would be saved', async () => {
    const guild = newGuild();
    const reply = await addReply(store, by(guild), draft('one'));
    const incoming = [{ topic: reply.topic, ...draft('from the file') }];
    const { digest } = await planImport([reply], incoming);
    await changeReply(store, { ...by(guild), topic: reply.topic, expected: 1 }, draft('two'));
    await expect(importReplies(store, by(guild), incoming, { expected: digest })).rejects.toThrow(PlanChangedError);
    expect(await importReplies(store, by(guild), incoming, { expected: 1 }), 'as version 1.0.0 does').toBe(1);
  });

  test('an import that fails midway saves nothing', async () => {
    const guild = newGuild();
    const incoming = Array.from({ length: 300 }, (_, i) => ({
      topic: `r:${String(i).padStart(8, '0')}`,
      ...draft('x'),
    }));
    const twice = [...incoming, { topic: 'r:00000299', ...draft('y') }];
    await expect(importReplies(store, by(guild), twice)).rejects.toThrow(ConflictError);
    expect(await replyHistory(store, { guildId: guild, topic: 'r:00000000' }, 1)).toEqual([]);
  });
});
