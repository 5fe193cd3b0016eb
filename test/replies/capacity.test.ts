import { describe, expect, test } from 'vitest';
import { importReplies } from '../../src/replies/import.ts';
import { TooManyRepliesError } from '../../src/replies/reply.ts';
import { addReply, changeReply, removeReply, undoReply } from '../../src/replies/repository.ts';
import { databases, openForAll } from '../store/databases.ts';
import { by, draft, newGuild, PAGE } from './requests.ts';

describe.each(databases)('the limit of replies on $name', async ({ create }) => {
  const { database, store } = await openForAll(create);
  const other = database.open();

  test('a server can have 10,000 replies, however they are added', async () => {
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
    expect(await importReplies(store, by(guild), [changed]), 'a change is allowed').toBe(1);
    await removeReply(store, { ...by(guild), topic: changed.topic });
    expect(await undoReply(store, { ...by(guild), ...gone })).toMatchObject({ state: 'shown' });
    expect(await addReply(store, by(newGuild()), draft('elsewhere'))).toMatchObject({ revision: 1 });
  }, 60_000);
});
