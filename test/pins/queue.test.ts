import { describe, expect, test } from 'vitest';
import {
  claimPin,
  completePin,
  countQueuedPins,
  duePins,
  enqueuePin,
  enqueueUrgentPin,
  failPin,
  retryFailedPins,
} from '../../src/pins/queue.ts';
import { addPin, livingPinsOf, pinsOf, unqueuedPins } from '../../src/pins/repository.ts';
import { databases, openForAll } from '../store/databases.ts';
import { pin, savePin } from './pin.ts';

/** The queue's times for a process whose clock shows `now`. */
const at = (now: Date) => ({
  now,
  latestClaim: new Date(now.getTime() + 6000),
  latestRetry: new Date(now.getTime() + 6 * 3_600_000),
});

describe.each(databases)('the queue of pins on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  // Thousands of commits, each of which waits for the disk.
  test('2,000 queued pins are edited once each, and interrupted work continues where it stopped', {
    timeout: 90_000,
  }, async () => {
    const added = Array.from({ length: 2000 }, (_, i) => pin({ guildId: `r${i % 200}`, topic: 'r:refresh0' }));
    for (let i = 0; i < added.length; i += 50)
      await Promise.all(added.slice(i, i + 50).map((one) => addPin(store, one)));
    const now = new Date();
    for await (const page of unqueuedPins(store))
      for (const one of page) if (one.topic === 'r:refresh0') await enqueuePin(store, one);
    expect(await countQueuedPins(store)).toBe(2000);
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
          await completePin(store, one, { claimedUntil, now, shownDigest: 'new' });
        }
      }
    };
    await work(730);
    await work(Number.POSITIVE_INFINITY);
    expect(seen.size).toBe(2000);
    expect(await countQueuedPins(store)).toBe(0);
    expect(await livingPinsOf(store, 'r7')).toMatchObject(Array.from({ length: 10 }, () => ({ shownDigest: 'new' })));
  });

  test('only one of several processes claims a pin, and it is due again after the claim ends', async () => {
    const one = await savePin(store, { guildId: 'claimed' });
    const now = new Date();
    await enqueuePin(store, one);
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

  test('a change during an edit is not lost', async () => {
    const one = await savePin(store, { guildId: 'hasty' });
    const now = new Date();
    await enqueuePin(store, one);
    const [due] = (await duePins(store, at(now), 100)).filter(({ guildId }) => guildId === 'hasty');
    if (!due) expect.fail('it is due');
    const claimedUntil = new Date(now.getTime() + 6000);
    await claimPin(store, due, claimedUntil);
    await enqueueUrgentPin(store, due, claimedUntil);
    await completePin(store, due, { claimedUntil, now, shownDigest: 'first' });
    expect((await duePins(store, at(now), 1))[0]).toMatchObject({ guildId: 'hasty', shownDigest: 'first' });
    await completePin(store, due, { claimedUntil: new Date(0), now, shownDigest: 'second' });
  });

  test('times of a process whose clock is an hour ahead do not delay the queue', async () => {
    const here = new Date();
    const ahead = new Date(here.getTime() + 3_600_000);
    const isDue = async () => (await duePins(store, at(here), 100)).some(({ guildId }) => guildId === 'ahead');
    await enqueuePin(store, await savePin(store, { guildId: 'ahead' }));
    expect(await isDue()).toBe(true);
    const [due] = await pinsOf(store, 'ahead');
    if (!due) expect.fail('it is due');
    const claimedUntil = new Date(ahead.getTime() + 6000);
    await claimPin(store, due, claimedUntil);
    expect(await isDue()).toBe(true);
    const nextTryAt = new Date(ahead.getTime() + 5000);
    await failPin(store, due, { problem: 'failed', isGone: false, now: ahead, nextTryAt });
    expect(await isDue()).toBe(false);
    const before = new Date(here.getTime() - 60_000);
    await retryFailedPins(store, 'ahead', { before, claimedUntil: new Date(here.getTime() + 6000) });
    expect(await isDue()).toBe(true);
    await completePin(store, due, { claimedUntil: new Date(0), now: new Date(), shownDigest: 'new' });
  });

  test('a failed edit waits for its retry, unless a moderator retries it a minute later', async () => {
    const one = await savePin(store, { guildId: 'failed' });
    const now = new Date();
    const nextTryAt = new Date(now.getTime() + 3_600_000);
    const claimedUntil = new Date(now.getTime() + 6000);
    await enqueuePin(store, one);
    const [due] = (await pinsOf(store, 'failed')).filter(({ guildId }) => guildId === 'failed');
    if (!due) expect.fail('it is due');
    await claimPin(store, due, claimedUntil);
    await failPin(store, due, { problem: 'archived', isGone: false, now, nextTryAt });
    expect(await pinsOf(store, 'failed')).toMatchObject([
      { problem: 'archived', failures: 1, nextTryAt, state: 'alive' },
    ]);
    const isDue = async () => (await duePins(store, at(now), 100)).some(({ guildId }) => guildId === 'failed');
    await enqueueUrgentPin(store, one, claimedUntil);
    await enqueuePin(store, one);
    expect(await isDue()).toBe(false);
    await retryFailedPins(store, 'failed', { before: new Date(now.getTime() - 60_000), claimedUntil });
    expect(await isDue()).toBe(false);
    await retryFailedPins(store, 'failed', { before: new Date(now.getTime() + 60_000), claimedUntil });
    expect(await isDue()).toBe(true);
    await completePin(store, one, { claimedUntil: new Date(0), now: new Date(), shownDigest: 'new' });
    expect(await pinsOf(store, 'failed')).toMatchObject([{ problem: undefined, failures: 0, nextTryAt: undefined }]);
  });
});
