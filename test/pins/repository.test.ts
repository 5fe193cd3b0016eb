import { describe, expect, test } from 'vitest';
import { completePin } from '../../src/pins/queue.ts';
import {
  AlreadyPinnedError,
  addPin,
  findPin,
  livingPinsOf,
  markPinGone,
  pinsOf,
  removePin,
  restorePin,
} from '../../src/pins/repository.ts';
import { databases, openForAll } from '../store/databases.ts';
import { pin, savePin } from './pin.ts';

describe.each(databases)('living pins on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  test('a pin is found by channel and topic, and by guild, in its own guild only', async () => {
    const added = await savePin(store, { guildId: 'find' });
    expect(added).toMatchObject({ state: 'alive', shownDigest: 'old', goneReason: undefined });
    expect(await pinsOf(store, 'find')).toEqual([added]);
    expect(await livingPinsOf(store, 'find')).toEqual([added]);
    expect(await livingPinsOf(store, 'another')).toEqual([]);
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
    const added = [1, 2, 3].map(() => pin({ guildId: 'one', channelId }));
    const results = await Promise.allSettled(added.map((one) => addPin(store, one)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const won = added[results.findIndex(({ status }) => status === 'fulfilled')] ?? expect.fail();
    const living = (await findPin(store, won)) ?? expect.fail();
    expect(living.messageId).toBe(won.messageId);
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      expect(result.reason).toBeInstanceOf(AlreadyPinnedError);
      expect(result.reason.pin).toEqual(living);
    }
    await addPin(store, won);
    expect(await pinsOf(store, 'one')).toEqual([living]);
  });

  test('a gone pin is still listed with its reason, and a new one can be added', async () => {
    const old = await savePin(store, { guildId: 'gone', channelId: 'gone' });
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
