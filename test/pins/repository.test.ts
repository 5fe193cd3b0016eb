// Pins in the database.
import { beforeEach, describe, expect, it } from 'vitest';
import { completePin } from '../../src/pins/queue.ts';
import {
  AlreadyPinnedError,
  addPin,
  findPin,
  livingPinsOf,
  markPinGone,
  type Pin,
  pinsOf,
  removePin,
  restorePin,
  unqueuedPins,
} from '../../src/pins/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { PinRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { down, observed, openInMemory } from '../replies/stores.ts';
import { databases } from '../store/databases.ts';
import { deletePins, pin, rowOf, savePin, savePinAs } from './pin.ts';

const LATER = '2027-01-01T00:00:00.000Z';
const QUEUED = { next_try_at: LATER, failures: 2, problem: 'x' } as const;

/** The store at another time. */
const atTime = (store: Store, time: string): Store => ({
  ...store,
  clock: { ...store.clock, now: () => Date.parse(time) },
});

describe.each(databases)('pins on $name', async (kind) => {
  const { store } = await openInMemory(kind);
  const later = atTime(store, LATER);
  beforeEach(() => deletePins(store));

  /** Pins whose keys differ from another pin's in one part. */
  const neighbours = async ({ channelId, messageId }: Pin) => [
    await savePin(store, { channelId, topic: 'r:abcd1234' }),
    await savePin(store, { messageId }),
  ];

  it('are saved as they are added', async () => {
    const added = pin();
    await addPin(atTime(store, '2026-01-02T03:04:05.006Z'), added);
    expect(await rowOf(store, added)).toEqual({
      guild_id: added.guildId,
      channel_id: added.channelId,
      message_id: added.messageId,
      topic: added.topic,
      shown_hash: 'old',
      state: 'alive',
      gone_reason: null,
      pinned_by: '77',
      pinned_at: '2026-01-02T03:04:05.006Z',
      checked_at: '2026-01-02T03:04:05.006Z',
      next_try_at: null,
      failures: null,
      problem: null,
    });
    const { pinnedBy: _, ...shown } = added;
    expect(await findPin(store, added)).toStrictEqual({
      ...shown,
      state: 'alive',
      goneReason: undefined,
      nextTryAt: undefined,
      failures: 0,
      problem: undefined,
    });
  });

  it('are read with their place in the queue', async () => {
    const one = await savePinAs(store, { ...QUEUED, gone_reason: 'access' });
    expect(await findPin(store, one)).toStrictEqual({
      ...one,
      goneReason: 'access',
      nextTryAt: new Date(LATER),
      failures: 2,
      problem: 'x',
    });
  });

  it('are found by channel and topic, and by guild, in their own guild only', async () => {
    const added = await savePin(store, { guildId: 'find' });
    await neighbours(added);
    expect(await findPin(store, added)).toEqual(added);
    expect(await pinsOf(store, 'find')).toEqual([added]);
    expect(await livingPinsOf(store, 'find')).toEqual([added]);
    expect(await livingPinsOf(store, 'another')).toEqual([]);
    for (const change of [{ guildId: 'another' }, { channelId: 'another' }, { topic: 'another' }])
      expect(await findPin(store, { ...added, ...change })).toBeUndefined();
  });

  it('are changed in their own guild only', async () => {
    const added = await savePin(store, { guildId: 'find' });
    const forged = { ...added, guildId: 'another' };
    await removePin(store, forged);
    await markPinGone(store, forged, 'message');
    await completePin(store, forged, { claimedUntil: new Date(0), editedAt: new Date(), shownDigest: 'new' });
    expect(await pinsOf(store, 'find')).toEqual([added]);
  });

  it('are removed one by one', async () => {
    const added = await savePin(store);
    const others = await neighbours(added);
    await removePin(store, added);
    expect(await rowOf(store, added)).toBeUndefined();
    for (const other of others) expect(await findPin(store, other)).toEqual(other);
  });

  it('are one living pin per topic and channel, even if several are added at the same time', async () => {
    const added = [1, 2, 3].map(() => pin({ channelId: 'one' }));
    const results = await Promise.allSettled(added.map((one) => addPin(store, one)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const won = added[results.findIndex(({ status }) => status === 'fulfilled')] ?? expect.fail();
    const living = (await findPin(store, won)) ?? expect.fail();
    expect(living.messageId).toBe(won.messageId);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      expect(result.reason).toBeInstanceOf(AlreadyPinnedError);
      expect(result.reason).toMatchObject({
        name: 'AlreadyPinnedError',
        message: `${won.topic} is already pinned in channel one`,
        pin: living,
      });
    }
    await addPin(store, won);
    expect(await pinsOf(store, won.guildId)).toEqual([living]);
  });

  it('of another topic can’t be on the same message', async () => {
    const one = await savePin(store);
    await expect(addPin(store, pin({ ...one, topic: 'r:abcd1234' }))).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'duplicate',
    });
    expect(await pinsOf(store, one.guildId)).toEqual([one]);
  });

  it('are listed by topic, channel and message', async () => {
    const add = (topic: string, channelId: string, messageId: string, state: PinRow['state'] = 'alive') =>
      savePinAs(store, { state }, { guildId: 'list', topic, channelId, messageId });
    await add('b', 'x', '3');
    await add('b', 'w', '9');
    await add('a', 'z', '2', 'gone');
    await add('a', 'z', '1', 'gone');
    await add('a', 'z', '4');
    await add('a', 'y', '5');
    await add('c', 'z', '0');
    const keys = (pins: readonly Pin[]) => pins.map(({ topic, channelId, messageId }) => topic + channelId + messageId);
    expect(keys(await pinsOf(store, 'list'))).toEqual(['ay5', 'az1', 'az2', 'az4', 'bw9', 'bx3', 'cz0']);
    expect(keys(await livingPinsOf(store, 'list'))).toEqual(['bw9', 'bx3', 'ay5', 'cz0', 'az4']);
  });

  it('that are gone leave the queue, and tell why', async () => {
    const one = await savePinAs(store, QUEUED);
    const before = await rowOf(store, one);
    const others = await neighbours(one);
    await markPinGone(later, one, 'message');
    expect(await rowOf(store, one)).toEqual({
      ...before,
      state: 'gone',
      gone_reason: 'message',
      checked_at: LATER,
      next_try_at: null,
      failures: null,
      problem: null,
    });
    expect(await findPin(store, one)).toBeUndefined();
    for (const other of others) expect(await findPin(store, other)).toEqual(other);
  });

  it('that are found again are living, and leave the queue', async () => {
    const one = await savePinAs(store, { ...QUEUED, state: 'gone', gone_reason: 'access' });
    const before = await rowOf(store, one);
    const others = await neighbours(one);
    await restorePin(later, one);
    expect(await rowOf(store, one)).toEqual({
      ...before,
      state: 'alive',
      gone_reason: null,
      checked_at: LATER,
      next_try_at: null,
      failures: null,
      problem: null,
    });
    for (const other of others) expect(await findPin(store, other)).toEqual(other);
  });

  it('that are found again stay gone if their topic was pinned again', async () => {
    const old = await savePin(store, { channelId: 'gone' });
    await markPinGone(store, old, 'message');
    const added = await savePin(store, { channelId: 'gone' });
    await expect(restorePin(store, old)).rejects.toMatchObject({ name: 'AlreadyPinnedError', pin: added });
    expect(await rowOf(store, old)).toMatchObject({ state: 'gone' });
  });

  it('fail with the database', async () => {
    const one = await savePin(store);
    const failing = observed(store);
    for (const failure of [down, new TypeError('a bug')]) {
      failing.state.failure = failure;
      for (const act of [
        () => addPin(failing.store, pin()),
        () => findPin(failing.store, one),
        () => pinsOf(failing.store, 'g'),
        () => livingPinsOf(failing.store, 'g'),
        () => markPinGone(failing.store, one, 'x'),
        () => restorePin(failing.store, one),
        () => removePin(failing.store, one),
        () => unqueuedPins(failing.store).next(),
      ])
        await expect(act()).rejects.toBe(failure);
    }
    // A lost connection is not a duplicate, so it searches for no other pin.
    expect(failing.state.reads).toBe(16);
    failing.state.failure = new StoreError('duplicate', 'exists');
    await expect(addPin(failing.store, pin(one))).rejects.toBe(failing.state.failure);
  });

  describe('that are not in the queue', () => {
    const numbered = (i: number) => String(i).padStart(3, '0');
    /** Saves living pins in a few channels, by one statement. */
    const saveMany = (from: number, to: number) =>
      store.run((db) =>
        db
          .insertInto('pins')
          .values(
            Array.from({ length: to - from }, (_, i) => ({
              guild_id: 'g',
              channel_id: `c${Math.floor((from + i) / 40)}`,
              message_id: numbered(from + i),
              topic: numbered(from + i),
              shown_hash: 'old',
              state: 'alive' as const,
              gone_reason: null,
              pinned_by: '7',
              pinned_at: LATER,
              checked_at: LATER,
              next_try_at: null,
              failures: null,
              problem: null,
            })),
          )
          .execute(),
      );

    async function pages(from: Store = store, onPage = async () => {}) {
      const all: string[][] = [];
      for await (const page of unqueuedPins(from)) {
        all.push(page.map(({ messageId }) => messageId));
        await onPage();
      }
      return all;
    }

    it('are read 100 at a time, by channel and message', async () => {
      const { store: counted, state } = observed(store);
      expect(await pages(counted)).toEqual([]);
      expect(state.reads).toBe(1);
      let from = 0;
      for (const [count, sizes, reads] of [
        [99, [99], 1],
        [100, [100], 2],
        [101, [100, 1], 2],
        [201, [100, 100, 1], 3],
      ] as const) {
        await saveMany(from, count);
        from = count;
        state.reads = 0;
        const all = await pages(counted);
        expect(all.map((page) => page.length)).toEqual(sizes);
        expect(all.flat()).toEqual(Array.from({ length: count }, (_, i) => numbered(i)));
        expect(state.reads).toBe(reads);
      }
    });

    it('are living ones', async () => {
      await savePinAs(store, { state: 'gone' });
      await savePinAs(store, { next_try_at: LATER });
      const one = await savePin(store);
      expect(await pages()).toEqual([[one.messageId]]);
    });

    it('are all read, even if others are removed meanwhile', async () => {
      await saveMany(0, 201);
      const remove = async () => {
        await store.run((db) => db.deleteFrom('pins').where('message_id', '<', '050').execute());
      };
      expect((await pages(store, remove)).flat()).toHaveLength(201);
    });
  });
});
