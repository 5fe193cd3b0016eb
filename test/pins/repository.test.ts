import { describe, expect, test } from 'vitest';
import { completePin } from '../../src/pins/queue.ts';
import {
  AlreadyPinnedError,
  addPin,
  findLivingPins,
  findPin,
  markPinGone,
  pinsOf,
  removePin,
  restorePin,
} from '../../src/pins/repository.ts';
import { databases, openForAll } from '../store/databases.ts';
import { pin } from './pin.ts';

describe.each(databases)('living pins on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  test('a pin is found by channel and topic, by guild, and by topic, in its own guild only', async () => {
    const added = await addPin(store, pin({ guildId: 'find' }));
    expect(added).toMatchObject({ state: 'alive', shownDigest: 'old', goneReason: undefined });
    expect(await findPin(store, added)).toEqual(added);
    expect(await pinsOf(store, 'find')).toEqual([added]);
    expect(await findLivingPins(store, { guildId: 'find', topic: added.topic })).toEqual([added]);
    expect(await findLivingPins(store, { guildId: 'find', topic: 'r:other000' })).toEqual([]);
    const forged = { ...added, guildId: 'another' };
    expect(await findPin(store, forged)).toBeUndefined();
    for (const act of [removePin, (...[on, one]: Parameters<typeof removePin>) => markPinGone(on, one, 'message')])
      await act(store, forged);
    await completePin(store, forged, { claimedUntil: new Date(0), now: new Date(), shownDigest: 'new' });
    expect(await pinsOf(store, 'find')).toEqual([added]);
    await removePin(store, added);
    expect(await pinsOf(store, 'find')).toEqual([]);
  });

  test('a channel has one living pin per topic, even if several are added at the same time', async () => {
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

  test('a gone pin is still listed with its reason, and a new one can be added', async () => {
    const old = await addPin(store, pin({ guildId: 'gone', channelId: 'gone' }));
    await markPinGone(store, old, 'message deleted');
    expect(await findPin(store, old)).toBeUndefined();
    expect(await pinsOf(store, 'gone')).toMatchObject([{ state: 'gone', goneReason: 'message deleted' }]);
    await restorePin(store, old);
    expect(await findPin(store, old)).toMatchObject({ messageId: old.messageId, goneReason: undefined });
    await markPinGone(store, old, 'message deleted');
    await addPin(store, pin({ guildId: 'gone', channelId: 'gone' }));
    await expect(restorePin(store, old)).rejects.toThrow(AlreadyPinnedError);
  });
});
