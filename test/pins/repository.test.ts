import { describe, expect, test } from 'vitest';
import {
  claimPin,
  countBehind,
  duePins,
  markDue,
  markUrgent,
  retryNow,
  setFailed,
  settlePin,
} from '../../src/pins/queue.ts';
import {
  AlreadyPinnedError,
  addPin,
  findPin,
  markGone,
  pinsOf,
  pinsShowing,
  removeGuild,
  removePin,
  revive,
  settledPins,
} from '../../src/pins/repository.ts';
import { addReply, findReply } from '../../src/replies/repository.ts';
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

/** The queue's times for a process that thinks it is now. */
const at = (now: Date) => ({
  now,
  latestClaim: new Date(now.getTime() + 6000),
  latestTry: new Date(now.getTime() + 6 * 3_600_000),
});

describe.each(databases)('living pins on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  test('a pin is found by channel and topic in its guild alone, by guild and by what it shows', async () => {
    const added = await addPin(store, pin({ guildId: 'find' }));
    expect(added).toMatchObject({ state: 'alive', shownHash: 'old', goneReason: undefined });
    expect(await findPin(store, added)).toEqual(added);
    expect(await pinsOf(store, 'find')).toEqual([added]);
    expect(await pinsShowing(store, { guildId: 'find', topic: added.topic })).toEqual([added]);
    expect(await pinsShowing(store, { guildId: 'find', topic: 'r:other000' })).toEqual([]);
    const forged = { ...added, guildId: 'another' };
    expect(await findPin(store, forged)).toBeUndefined();
    for (const act of [removePin, (...[on, one]: Parameters<typeof removePin>) => markGone(on, one, 'message')])
      await act(store, forged);
    await settlePin(store, forged, { claimedUntil: new Date(0), now: new Date(), shownHash: 'new' });
    expect(await pinsOf(store, 'find')).toEqual([added]);
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
    expect(await findPin(store, old)).toBeUndefined();
    expect(await pinsOf(store, 'gone')).toMatchObject([{ state: 'gone', goneReason: 'message deleted' }]);
    await revive(store, old);
    expect(await findPin(store, old)).toMatchObject({ messageId: old.messageId, goneReason: undefined });
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

  test('2,000 pins are put into the queue, and work that is cut off goes on where it stopped', async () => {
    const added = Array.from({ length: 2000 }, (_, i) => pin({ guildId: `r${i % 200}`, topic: 'r:refresh0' }));
    for (let i = 0; i < added.length; i += 50)
      await Promise.all(added.slice(i, i + 50).map((one) => addPin(store, one)));
    const now = new Date();
    for await (const page of settledPins(store))
      for (const one of page) if (one.topic === 'r:refresh0') await markDue(store, one);
    expect(await countBehind(store)).toBe(2000);
    const seen = new Set<string>();
    const work = async (most: number) => {
      while (seen.size < most) {
        const due = await duePins(store, at(now), 8);
        if (due.length === 0) return;
        for (const one of due) {
          expect(seen.has(one.messageId)).toBe(false);
          seen.add(one.messageId);
          const claimedUntil = new Date(now.getTime() + 60_000);
          expect(await claimPin(store, one, claimedUntil)).toBe(true);
          await settlePin(store, one, { claimedUntil, now, shownHash: 'new' });
        }
      }
    };
    await work(730);
    await work(Number.POSITIVE_INFINITY);
    expect(seen.size).toBe(2000);
    expect(await countBehind(store)).toBe(0);
    expect(await pinsShowing(store, { guildId: 'r7' })).toMatchObject(
      Array.from({ length: 10 }, () => ({ shownHash: 'new' })),
    );
  });

  test('of several processes one gets a pin, and it is due again where that one dies', async () => {
    const one = await addPin(store, pin({ guildId: 'claimed' }));
    const now = new Date();
    await markDue(store, one);
    const [due] = (await duePins(store, at(now), 100)).filter(({ guildId }) => guildId === 'claimed');
    if (!due) expect.fail('it is due');
    const until = new Date(now.getTime() + 6000);
    const claims = await Promise.all([1, 2, 3, 4].map(() => claimPin(store, due, until)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    const dueAt = async (time: Date) =>
      (await duePins(store, at(time), 100)).some(({ guildId }) => guildId === 'claimed');
    expect(await dueAt(now)).toBe(false);
    expect(await dueAt(until)).toBe(true);
  });

  test('a change that comes during an edit is not forgotten with it', async () => {
    const one = await addPin(store, pin({ guildId: 'hasty' }));
    const now = new Date();
    await markDue(store, one);
    const [due] = (await duePins(store, at(now), 100)).filter(({ guildId }) => guildId === 'hasty');
    if (!due) expect.fail('it is due');
    const claimedUntil = new Date(now.getTime() + 6000);
    await claimPin(store, due, claimedUntil);
    await markUrgent(store, due, claimedUntil);
    await settlePin(store, due, { claimedUntil, now, shownHash: 'first' });
    expect((await duePins(store, at(now), 1))[0]).toMatchObject({ guildId: 'hasty', shownHash: 'first' });
    await settlePin(store, due, { claimedUntil: new Date(0), now, shownHash: 'second' });
  });

  test('what a process planned whose clock is an hour ahead waits for no clock', async () => {
    const here = new Date();
    const ahead = new Date(here.getTime() + 3_600_000);
    const isDue = async () => (await duePins(store, at(here), 100)).some(({ guildId }) => guildId === 'ahead');
    await addPin(store, pin({ guildId: 'ahead' })).then((one) => markDue(store, one));
    expect(await isDue()).toBe(true);
    const [due] = await pinsOf(store, 'ahead');
    if (!due) expect.fail('it is due');
    const claimedUntil = new Date(ahead.getTime() + 6000);
    await claimPin(store, due, claimedUntil);
    expect(await isDue()).toBe(true);
    const nextTryAt = new Date(ahead.getTime() + 5000);
    await setFailed(store, due, { problem: 'failed', isGone: false, now: ahead, nextTryAt });
    expect(await isDue()).toBe(false);
    const before = new Date(here.getTime() - 60_000);
    await retryNow(store, 'ahead', { before, claimedUntil: new Date(here.getTime() + 6000) });
    expect(await isDue()).toBe(true);
    await settlePin(store, due, { claimedUntil: new Date(0), now: new Date(), shownHash: 'new' });
  });

  test('a failed edit waits, whatever changes meanwhile, unless a moderator asks a minute later', async () => {
    const one = await addPin(store, pin({ guildId: 'failed' }));
    const now = new Date();
    const nextTryAt = new Date(now.getTime() + 3_600_000);
    const claimedUntil = new Date(now.getTime() + 6000);
    await markDue(store, one);
    const [due] = (await pinsOf(store, 'failed')).filter(({ guildId }) => guildId === 'failed');
    if (!due) expect.fail('it is due');
    await claimPin(store, due, claimedUntil);
    await setFailed(store, due, { problem: 'archived', isGone: false, now, nextTryAt });
    expect(await pinsOf(store, 'failed')).toMatchObject([
      { problem: 'archived', failures: 1, nextTryAt, state: 'alive' },
    ]);
    const isDue = async () => (await duePins(store, at(now), 100)).some(({ guildId }) => guildId === 'failed');
    await markUrgent(store, one, claimedUntil);
    await markDue(store, one);
    expect(await isDue()).toBe(false);
    await retryNow(store, 'failed', { before: new Date(now.getTime() - 60_000), claimedUntil });
    expect(await isDue()).toBe(false);
    await retryNow(store, 'failed', { before: new Date(now.getTime() + 60_000), claimedUntil });
    expect(await isDue()).toBe(true);
    await settlePin(store, one, { claimedUntil: new Date(0), now: new Date(), shownHash: 'new' });
    expect(await pinsOf(store, 'failed')).toMatchObject([{ problem: undefined, failures: 0, nextTryAt: undefined }]);
  });
});
