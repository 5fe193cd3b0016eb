// How many replies a server can have.
import { describe, expect, test } from 'vitest';
import { requireCapacity } from '../../src/replies/capacity.ts';
import { importReplies } from '../../src/replies/import.ts';
import { MAX_REPLIES, TooManyRepliesError } from '../../src/replies/reply.ts';
import { addReply, changeReply, removeReply, undoReply } from '../../src/replies/repository.ts';
import { newId } from '../new-id.ts';
import { databases } from '../store/databases.ts';
import { turnsDuring } from './event-loop.ts';
import { by, draft, numbered, PAGE, saveMany } from './requests.ts';
import { openInMemory } from './stores.ts';

describe.each(databases)('the limit of replies on $name', async (kind) => {
  const { store, open } = await openInMemory(kind);
  const other = open();
  const room = (guild: string, more: number) =>
    store.transact((trx) => requireCapacity(trx, store.kind, guild, more)).then(() => true);
  /** A server with so many replies. */
  const serverWith = async (replies: number) => {
    const guild = newId();
    await saveMany(store, guild, replies);
    return guild;
  };

  test('a server with 9,999 replies has room for one more', async () => {
    const full = await serverWith(MAX_REPLIES - 1);
    expect(await room(full, 1)).toBe(true);
    await expect(room(full, 2)).rejects.toMatchObject({ name: 'TooManyRepliesError', added: 2 });
  });

  test('a server without replies has room for 10,000', async () => {
    const guild = newId();
    expect(await room(guild, MAX_REPLIES)).toBe(true);
    await expect(room(guild, MAX_REPLIES + 1)).rejects.toMatchObject({ added: MAX_REPLIES + 1 });
    await addReply(store, by(guild), draft('one'));
    await expect(room(guild, MAX_REPLIES)).rejects.toThrow(TooManyRepliesError);
    expect(await room(guild, MAX_REPLIES - 1)).toBe(true);
  });

  test('a server can have 10,000 replies, however they are added', async () => {
    const full = await serverWith(MAX_REPLIES - 1);
    const gone = { guildId: full, topic: numbered(0) };
    await removeReply(store, { ...by(full), ...gone });
    await addReply(store, by(full), draft('added'));
    const added = await Promise.allSettled([store, other].map((each) => addReply(each, by(full), draft('last'))));
    expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const result of added)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(TooManyRepliesError);
    const over = { ...by(full), topic: PAGE, expected: 0 };
    await expect(changeReply(store, over, draft('over'))).rejects.toThrow(TooManyRepliesError);
    await expect(undoReply(store, { ...by(full), ...gone })).rejects.toThrow(TooManyRepliesError);
    const changed = { topic: numbered(1), ...draft('changed') };
    const two = [changed, { topic: numbered(20_000), ...draft('new') }, { topic: PAGE, ...draft('new') }];
    await expect(importReplies(store, by(full), two)).rejects.toMatchObject({
      name: 'TooManyRepliesError',
      added: 2,
    });
    expect(await importReplies(store, by(full), [changed]), 'a change is allowed').toBe(1);
    await removeReply(store, { ...by(full), topic: changed.topic });
    expect(await undoReply(store, { ...by(full), ...gone })).toMatchObject({ state: 'shown' });
    expect(await addReply(store, by(newId()), draft('elsewhere'))).toMatchObject({ revision: 1 });
  });

  test('a server with more replies, of an earlier version, can still change them', async () => {
    const full = await serverWith(MAX_REPLIES + 2);
    expect(await room(full, 0)).toBe(true);
    await expect(room(full, 1)).rejects.toThrow(TooManyRepliesError);
  });

  test('counting lets other work run after each page', async () => {
    const full = await serverWith(MAX_REPLIES);
    expect(await turnsDuring(0, () => room(full, 1).catch(() => undefined))).toBeGreaterThanOrEqual(10);
  });
});
