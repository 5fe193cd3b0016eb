import { describe, expect, test } from 'vitest';
import {
  AlreadyPinnedError,
  addPin,
  duePins,
  findPin,
  markGone,
  pinsOf,
  pinsShowing,
  removeGuild,
  removePin,
  revive,
  setShown,
} from '../../src/faq/pins.ts';
import { addReply, findReply } from '../../src/faq/replies.ts';
import { databases, openForAll } from '../store/databases.ts';

let count = 0;
const pin = (more: object = {}) => ({
  guildId: 'g',
  channelId: `c${++count}`,
  messageId: `m${++count}`,
  topic: 'close-account#money',
  shownHash: 'old',
  pinnedBy: '77',
  ...more,
});

describe.each(databases)('living pins on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  test('a pin is found by channel and topic, by guild and by what it shows', async () => {
    const added = await addPin(store, pin({ guildId: 'find' }));
    expect(added).toMatchObject({ state: 'alive', shownHash: 'old', goneReason: undefined });
    expect(await findPin(store, added.channelId, added.topic)).toEqual(added);
    expect(await pinsOf(store, 'find')).toEqual([added]);
    expect(await pinsShowing(store, { guildId: 'find', topic: added.topic })).toEqual([added]);
    expect(await pinsShowing(store, { guildId: 'find', topic: 'r:other000' })).toEqual([]);
    await removePin(store, added);
    expect(await pinsOf(store, 'find')).toEqual([]);
  });

  test('a channel has one living pin of a topic, also when two are added at once', async () => {
    const channelId = 'one';
    const results = await Promise.allSettled([1, 2, 3].map(() => addPin(store, pin({ channelId }))));
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      expect(result.reason).toBeInstanceOf(AlreadyPinnedError);
      expect(result.reason.pin).toEqual(won[0]?.value);
    }
    const living = won[0]?.value;
    expect(living && (await addPin(store, living))).toEqual(living);
  });

  test('a pin that is gone leaves room for a new one and is still listed with its reason', async () => {
    const old = await addPin(store, pin({ guildId: 'gone', channelId: 'gone' }));
    await markGone(store, old, 'message deleted');
    expect(await findPin(store, 'gone', old.topic)).toBeUndefined();
    expect(await pinsOf(store, 'gone')).toMatchObject([{ state: 'gone', goneReason: 'message deleted' }]);
    await revive(store, old);
    expect(await findPin(store, 'gone', old.topic)).toMatchObject({ messageId: old.messageId, goneReason: undefined });
    await markGone(store, old, 'message deleted');
    await addPin(store, pin({ guildId: 'gone', channelId: 'gone' }));
    await expect(revive(store, old)).rejects.toThrow(AlreadyPinnedError);
  });

  test('a guild that the bot left is forgotten, with or without its replies', async () => {
    const saving = { guildId: 'left', authorId: '77', cause: 'left' };
    const { topic } = await addReply(store, saving, { title: 't', text: 'x', aliases: [] });
    await addPin(store, pin({ guildId: 'left' }));
    const stays = await addPin(store, pin({ guildId: 'stays' }));
    await removeGuild(store, 'left', true);
    expect(await pinsOf(store, 'left')).toEqual([]);
    expect(await findReply(store, { guildId: 'left', topic })).toBeDefined();
    await removeGuild(store, 'left', false);
    expect(await findReply(store, { guildId: 'left', topic })).toBeUndefined();
    expect(await pinsOf(store, 'stays')).toEqual([stays]);
  });

  test('a refresh of 2,000 pins that is cut off goes on where it stopped', async () => {
    const added = Array.from({ length: 2000 }, (_, i) => pin({ guildId: `r${i % 200}`, topic: 'r:refresh0' }));
    for (let i = 0; i < added.length; i += 50)
      await Promise.all(added.slice(i, i + 50).map((one) => addPin(store, one)));
    const hashOf = ({ topic }: { topic: string }) => (topic === 'r:refresh0' ? 'new' : undefined);
    const seen = new Set<string>();
    for await (const { pin: due, hash } of duePins(store, hashOf)) {
      expect(seen.has(due.messageId)).toBe(false);
      seen.add(due.messageId);
      await setShown(store, due, hash);
      if (seen.size === 730) break;
    }
    for await (const { pin: due, hash } of duePins(store, hashOf)) {
      expect(seen.has(due.messageId)).toBe(false);
      seen.add(due.messageId);
      if (seen.size % 3 === 0) await markGone(store, due, 'test');
      else await setShown(store, due, hash);
    }
    expect(seen.size).toBe(2000);
    for await (const due of duePins(store, hashOf)) expect(due).toBeUndefined();
  });
});
