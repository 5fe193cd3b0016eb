// The queue of pins to edit, in the database.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  claimPin,
  completePin,
  countQueuedPins,
  duePins,
  enqueuePin,
  enqueueUnreachablePins,
  enqueueUrgentPin,
  failPin,
  releasePin,
  retryFailedPins,
} from '../../src/pins/queue.ts';
import { livingPinsOf, type Pin, pinsOf, removePin, toPin } from '../../src/pins/repository.ts';
import type { PinRow } from '../../src/store/schema.ts';
import { down, observed, openInMemory } from '../replies/stores.ts';
import { databases } from '../store/databases.ts';
import { deletePins, rowOf, savePin, savePinAs } from './pin.ts';

const NOW = new Date('2026-01-01T12:00:00.000Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const time = (ms: number) => later(ms).toISOString();
/** The latest end of a claim, and of a wait after a failure. */
const CLAIM_MS = 6000;
const RETRY_MS = 6 * 3_600_000;
const claimedUntil = later(CLAIM_MS);
/** The queue's times for a process whose clock shows `now`. */
const at = (now: Date) => ({
  now,
  latestClaim: new Date(now.getTime() + CLAIM_MS),
  latestRetry: new Date(now.getTime() + RETRY_MS),
});
const URGENT = '1970-01-01T00:00:00.000Z';
const DUE = '1970-01-01T00:00:00.001Z';

describe.each(databases)('the queue of pins on $name', async (kind) => {
  const { store } = await openInMemory(kind);
  beforeEach(() => deletePins(store));

  const queuedAt = async (pin: Pin) => (await rowOf(store, pin))?.next_try_at;
  /** The pin as it is now. */
  const current = async (pin: Pin) => {
    const row = await rowOf(store, pin);
    return row ? toPin(row) : expect.fail('it is saved');
  };
  /** Pins that have one part of another pin's key in common. */
  const neighbours = async ({ channelId, messageId }: Pin) => [
    await savePin(store, { channelId, topic: 'r:abcd1234' }),
    await savePin(store, { messageId }),
  ];

  it('survives that a process stops in the middle of the work, and edits each pin once', async () => {
    for (let i = 0; i < 20; i += 1) await enqueuePin(store, await savePin(store, { guildId: `r${i % 2}` }));
    expect(await countQueuedPins(store)).toBe(20);
    const seen = new Set<string>();
    const work = async (most: number) => {
      while (seen.size < most) {
        const due = await duePins(store, at(NOW), 3);
        if (due.length === 0) return;
        for (const one of due) {
          expect(seen.has(one.messageId)).toBe(false);
          seen.add(one.messageId);
          expect(await claimPin(store, one, claimedUntil)).toBe(true);
          await completePin(store, one, { claimedUntil, editedAt: NOW, shownDigest: 'new' });
        }
      }
    };
    await work(7);
    await work(Number.POSITIVE_INFINITY);
    expect(seen.size).toBe(20);
    expect(await countQueuedPins(store)).toBe(0);
    expect(await livingPinsOf(store, 'r1')).toMatchObject(Array.from({ length: 10 }, () => ({ shownDigest: 'new' })));
  });

  it('keeps the place of a pin that is in it already', async () => {
    const one = await savePin(store);
    const others = await neighbours(one);
    await enqueuePin(store, { ...one, guildId: 'another' });
    expect(await queuedAt(one)).toBeNull();
    await enqueuePin(store, one);
    expect(await queuedAt(one)).toBe(DUE);
    for (const other of others) expect(await queuedAt(other)).toBeNull();
    for (const next_try_at of [URGENT, time(5000)]) {
      const waiting = await savePinAs(store, { next_try_at });
      await enqueuePin(store, waiting);
      expect(await queuedAt(waiting)).toBe(next_try_at);
    }
  });

  it.each<[string, Partial<PinRow>, boolean]>([
    ['is not in the queue', { next_try_at: null }, true],
    ['waits for its turn', { next_try_at: DUE }, true],
    ['is being edited', { next_try_at: time(CLAIM_MS) }, true],
    ['has an odd time', { next_try_at: time(RETRY_MS) }, true],
    ['failed and is being edited again', { problem: 'x', next_try_at: time(CLAIM_MS) }, true],
    ['failed and waits for longer', { problem: 'x', next_try_at: time(CLAIM_MS + 1) }, false],
    ['failed and is not in the queue', { problem: 'x', next_try_at: null }, false],
  ])('puts a pin to its front that %s: %j, %s', async (_, change, expected) => {
    const one = await savePinAs(store, change);
    const others = await neighbours(one);
    await enqueueUrgentPin(store, one, claimedUntil);
    expect(await queuedAt(one)).toBe(expected ? URGENT : (change.next_try_at ?? null));
    for (const other of others) expect(await queuedAt(other)).toBeNull();
  });

  const failed = { problem: 'x', checked_at: time(-60_001), next_try_at: time(RETRY_MS) };
  it.each<[string, Partial<PinRow>, boolean]>([
    ['failed before', {}, true],
    ['was tried since', { checked_at: time(-60_000) }, false],
    ['was tried by a process whose clock is ahead', { checked_at: time(CLAIM_MS + 1) }, true],
    ['was tried by a process whose clock is a little ahead', { checked_at: time(CLAIM_MS) }, false],
    ['may be edited now', { next_try_at: time(CLAIM_MS) }, false],
    ['is tried again soon', { next_try_at: time(CLAIM_MS + 1) }, true],
    ['did not fail', { problem: null }, false],
    ['is not in the queue', { next_try_at: null }, false],
  ])('retries a pin that %s: %j, %s', async (_, change, expected) => {
    const one = await savePinAs(store, { ...failed, ...change }, { guildId: 'retried' });
    const elsewhere = await savePinAs(store, { ...failed, ...change }, { guildId: 'another' });
    const before = await queuedAt(one);
    await retryFailedPins(store, 'retried', { before: later(-60_000), claimedUntil });
    expect(await queuedAt(one)).toBe(expected ? URGENT : before);
    expect(await queuedAt(elsewhere)).toBe(before);
  });

  it.each<[string, Partial<PinRow>, string | null]>([
    ['unreachable', { state: 'gone', gone_reason: 'access' }, DUE],
    ['unreachable and in it already', { state: 'gone', gone_reason: 'access', next_try_at: time(1) }, time(1)],
    ['deleted', { state: 'gone', gone_reason: 'message' }, null],
    ['alive', { gone_reason: 'access' }, null],
  ])('takes up pins that are %s: %j, %s', async (_, change, expected) => {
    const one = await savePinAs(store, change);
    await enqueueUnreachablePins(store);
    expect(await queuedAt(one)).toBe(expected);
  });

  it.each<[string, Partial<PinRow>, boolean]>([
    ['not in the queue', { next_try_at: null }, false],
    ['due now', { next_try_at: time(0) }, true],
    ['due soon', { next_try_at: time(1) }, false],
    ['being edited', { next_try_at: time(CLAIM_MS) }, false],
    ['claimed for too long, by a clock that is ahead', { next_try_at: time(CLAIM_MS + 1) }, true],
    ['failed', { next_try_at: time(CLAIM_MS + 1), problem: 'x' }, false],
    ['failed for as long as possible', { next_try_at: time(RETRY_MS), problem: 'x' }, false],
    ['failed for too long, by a clock that is ahead', { next_try_at: time(RETRY_MS + 1), problem: 'x' }, true],
  ])('has a pin that is %s: %j, due %s', async (_, change, expected) => {
    const one = await savePinAs(store, change);
    const due = await duePins(store, at(NOW), 9);
    expect(due).toEqual(expected ? [await current(one)] : []);
  });

  it('is ordered by time, channel and message, and read in part', async () => {
    const add = (next_try_at: string, channelId: string, messageId: string) =>
      savePinAs(store, { next_try_at }, { channelId, messageId, topic: messageId });
    await add(time(0), 'a', '1');
    await add(DUE, 'b', '2');
    await add(DUE, 'b', '1');
    await add(DUE, 'a', '3');
    await add(URGENT, 'c', '4');
    const order = async (limit: number) =>
      (await duePins(store, at(NOW), limit)).map(({ channelId, messageId }) => channelId + messageId);
    expect(await order(9)).toEqual(['c4', 'a3', 'b1', 'b2', 'a1']);
    expect(await order(2)).toEqual(['c4', 'a3']);
  });

  it('lets only one of several processes claim a pin, which is due again after the claim', async () => {
    const one = await savePin(store);
    const others = await neighbours(one);
    await enqueuePin(store, one);
    const due = await current(one);
    const claims = await Promise.all([1, 2, 3].map(() => claimPin(store, due, claimedUntil)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await queuedAt(one)).toBe(claimedUntil.toISOString());
    expect(await duePins(store, at(later(CLAIM_MS - 1)), 9)).toEqual([]);
    expect(await duePins(store, at(claimedUntil), 9)).toHaveLength(1);
    for (const other of others) expect(await queuedAt(other)).toBeNull();
  });

  it('gives no claim for a pin that has changed', async () => {
    const idle = await savePin(store);
    expect(await claimPin(store, idle, claimedUntil)).toBe(false);
    expect(await queuedAt(idle)).toBeNull();
    await enqueuePin(store, idle);
    const due = await current(idle);
    expect(await claimPin(store, { ...due, shownDigest: 'another' }, claimedUntil)).toBe(false);
    expect(await claimPin(store, { ...due, nextTryAt: later(1) }, claimedUntil)).toBe(false);
    expect(await claimPin(store, { ...due, guildId: 'another' }, claimedUntil)).toBe(false);
    expect(await queuedAt(idle)).toBe(DUE);
    await removePin(store, due);
    expect(await claimPin(store, due, claimedUntil)).toBe(false);
  });

  it('gives a claim back', async () => {
    const one = await savePinAs(store, { next_try_at: time(CLAIM_MS) });
    const others = await neighbours(one);
    await releasePin(store, one);
    expect(await queuedAt(one)).toBe(URGENT);
    for (const other of others) expect(await queuedAt(other)).toBeNull();
  });

  it('records a successful edit', async () => {
    const one = await savePinAs(store, { next_try_at: time(CLAIM_MS), problem: 'x', failures: 3 });
    const before = await rowOf(store, one);
    const others = await neighbours(one);
    await completePin(store, one, { claimedUntil, editedAt: NOW, shownDigest: 'new' });
    expect(await rowOf(store, one)).toEqual({
      ...before,
      shown_hash: 'new',
      checked_at: time(0),
      next_try_at: null,
      problem: null,
      failures: null,
    });
    for (const other of others) expect(await current(other)).toEqual(other);
  });

  it('records that no edit was needed', async () => {
    const one = await savePinAs(store, { next_try_at: time(CLAIM_MS), problem: 'x', failures: 3 });
    const before = await rowOf(store, one);
    await completePin(store, one, { claimedUntil, shownDigest: String(before?.shown_hash) });
    expect(await rowOf(store, one)).toEqual({ ...before, next_try_at: null, problem: null, failures: null });
  });

  it('does not know what a pin shows during an edit, nor after one that may have taken effect', async () => {
    const one = await savePinAs(store, { next_try_at: DUE, shown_hash: 'before' });
    const shown = async () => (await rowOf(store, one))?.shown_hash;
    const due = await current(one);
    await claimPin(store, due, claimedUntil);
    expect(await shown()).toBe('');
    const failure = { problem: 'failed', isGone: false, now: NOW, nextTryAt: later(RETRY_MS) };
    await failPin(store, due, { ...failure, isUnchanged: false });
    expect(await shown()).toBe('');
    await failPin(store, due, { ...failure, isUnchanged: true });
    expect(await shown()).toBe('before');
  });

  it('does not lose a change during an edit', async () => {
    const one = await savePin(store);
    await enqueuePin(store, one);
    const due = await current(one);
    await claimPin(store, due, claimedUntil);
    await enqueueUrgentPin(store, due, claimedUntil);
    await completePin(store, due, { claimedUntil, editedAt: NOW, shownDigest: 'first' });
    expect(await duePins(store, at(NOW), 1)).toMatchObject([{ shownDigest: 'first' }]);
    expect(await queuedAt(one)).toBe(URGENT);
  });

  it('records a failed edit', async () => {
    const one = await savePinAs(store, { next_try_at: time(CLAIM_MS) });
    const before = await rowOf(store, one);
    const others = await neighbours(one);
    const failure = { problem: 'archived', isGone: false, isUnchanged: false, now: NOW, nextTryAt: later(RETRY_MS) };
    await failPin(store, await current(one), failure);
    const after = {
      ...before,
      problem: 'archived',
      failures: 1,
      checked_at: time(0),
      next_try_at: time(RETRY_MS),
    };
    expect(await rowOf(store, one)).toEqual(after);
    await failPin(store, await current(one), { ...failure, problem: 'access', isGone: true });
    expect(await rowOf(store, one)).toEqual({
      ...after,
      problem: 'access',
      failures: 2,
      state: 'gone',
      gone_reason: 'access',
    });
    expect(await pinsOf(store, one.guildId)).toContainEqual(await current(one));
    for (const other of others) expect(await current(other)).toEqual(other);
  });

  it('does not delay a pin because of a process whose clock is an hour ahead', async () => {
    const ahead = later(3_600_000);
    const isDue = async () => (await duePins(store, at(NOW), 9)).length > 0;
    const one = await savePin(store);
    await enqueuePin(store, one);
    const due = await current(one);
    await claimPin(store, due, new Date(ahead.getTime() + CLAIM_MS));
    expect(await isDue()).toBe(true);
    const nextTryAt = new Date(ahead.getTime() + 5000);
    await failPin(store, due, { problem: 'failed', isGone: false, isUnchanged: false, now: ahead, nextTryAt });
    expect(await isDue()).toBe(false);
    await retryFailedPins(store, one.guildId, { before: later(-60_000), claimedUntil });
    expect(await isDue()).toBe(true);
  });

  it('counts living pins, also those that are being edited', async () => {
    expect(await countQueuedPins(store)).toBe(0);
    await savePin(store);
    await savePinAs(store, { next_try_at: DUE });
    await savePinAs(store, { next_try_at: time(CLAIM_MS) });
    await savePinAs(store, { next_try_at: DUE, state: 'gone' });
    expect(await countQueuedPins(store)).toBe(2);
  });

  it('fails with the database', async () => {
    const one = await savePin(store);
    const failing = observed(store);
    failing.state.failure = down;
    const times = { claimedUntil, now: NOW, before: NOW };
    for (const act of [
      () => enqueuePin(failing.store, one),
      () => enqueueUrgentPin(failing.store, one, NOW),
      () => retryFailedPins(failing.store, 'g', times),
      () => enqueueUnreachablePins(failing.store),
      () => duePins(failing.store, at(NOW), 1),
      () => claimPin(failing.store, { ...one, nextTryAt: NOW }, NOW),
      () => releasePin(failing.store, one),
      () => completePin(failing.store, one, { claimedUntil, shownDigest: 'x' }),
      () => failPin(failing.store, one, { problem: 'x', isGone: false, isUnchanged: false, now: NOW, nextTryAt: NOW }),
      () => countQueuedPins(failing.store),
    ])
      await expect(act()).rejects.toBe(down);
  });
});
