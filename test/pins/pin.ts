// Pins as the tests add and read them.
import { expect } from 'vitest';
import { addPin, findPin, type Pin, type PinKey } from '../../src/pins/repository.ts';
import type { PinRow } from '../../src/store/schema.ts';
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
export async function savePin(store: Store, more: object = {}): Promise<Pin> {
  const added = pin(more);
  await addPin(store, added);
  return (await findPin(store, added)) ?? expect.fail('it is saved');
}

/** A pin's row; undefined if it is not saved. */
export function rowOf(store: Store, { channelId, messageId }: PinKey): Promise<PinRow | undefined> {
  return store.run((db) =>
    db
      .selectFrom('pins')
      .selectAll()
      .where('channel_id', '=', channelId)
      .where('message_id', '=', messageId)
      .executeTakeFirst(),
  );
}

/** A new pin whose row has some other values. */
export async function savePinAs(store: Store, change: Partial<PinRow>, more: object = {}): Promise<Pin> {
  const saved = await savePin(store, more);
  await store.run((db) =>
    db
      .updateTable('pins')
      .set(change)
      .where('channel_id', '=', saved.channelId)
      .where('message_id', '=', saved.messageId)
      .execute(),
  );
  return saved;
}

export async function deletePins(store: Store): Promise<void> {
  await store.run((db) => db.deleteFrom('pins').execute());
}
