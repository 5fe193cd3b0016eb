// A pin as the tests add it.
import { expect } from 'vitest';
import { addPin, findPin, type Pin } from '../../src/pins/repository.ts';
import type { Store } from '../../src/store/store.ts';

let count = 0;

/** A new pin on a message and in a channel of its own. */
export const pin = (more: object = {}) => ({
  guildId: 'g',
  channelId: `c${++count}`,
  messageId: `m${++count}`,
  topic: 'close-account#money',
  shownDigest: 'old',
  pinnedBy: '77',
  ...more,
});

/** The same, saved. */
export async function savePin(store: Store, more: object): Promise<Pin> {
  const added = pin(more);
  await addPin(store, added);
  return (await findPin(store, added)) ?? expect.fail('it is saved');
}
