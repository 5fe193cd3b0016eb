// Living pins: which message in which channel shows which topic, and what it showed last.
import { StoreError } from '../store/errors.ts';
import type { PinRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';

export interface Pin {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly topic: string;
  /** A digest of what the message shows. */
  readonly shownHash: string;
  readonly state: PinRow['state'];
  /** Why it is gone, in the words of whoever marked it. */
  readonly goneReason: string | undefined;
  readonly pinnedBy: string;
  readonly pinnedAt: Date;
  readonly checkedAt: Date;
  /** When the next edit may be tried; undefined where none is planned. */
  readonly nextTryAt: Date | undefined;
  /** Failed edits in a row. */
  readonly failures: number;
  /** Why the last edit failed, in a word of the caller's own. */
  readonly problem: string | undefined;
}

export type NewPin = Pick<Pin, 'guildId' | 'channelId' | 'messageId' | 'topic' | 'shownHash' | 'pinnedBy'>;
export type PinKey = Pick<Pin, 'guildId' | 'channelId' | 'messageId'>;

/** The channel has a living pin of that topic already. */
export class AlreadyPinnedError extends Error {
  override readonly name = 'AlreadyPinnedError';
  readonly pin: Pin;

  constructor(pin: Pin) {
    super(`${pin.topic} is pinned in channel ${pin.channelId} already`);
    this.pin = pin;
  }
}

/** Nothing is planned for a pin. */
const SETTLED = { next_try_at: null, failures: null, problem: null } as const;
/** Rows per page of a walk through all pins. */
const PAGE_SIZE = 100;

/**
 * Remembers a pinned message.
 * @returns the pin, or the one remembered before under the same message
 * @throws {AlreadyPinnedError} where another message of the channel is the living pin of that topic
 * @throws {StoreError} where the database fails
 */
export async function addPin(store: Store, pin: NewPin): Promise<Pin> {
  const now = new Date(store.clock.now()).toISOString();
  const row: PinRow = {
    guild_id: pin.guildId,
    channel_id: pin.channelId,
    message_id: pin.messageId,
    topic: pin.topic,
    shown_hash: pin.shownHash,
    state: 'alive',
    gone_reason: null,
    pinned_by: pin.pinnedBy,
    pinned_at: now,
    checked_at: now,
    ...SETTLED,
  };
  return orAlreadyPinned(store, pin, async () => {
    await store.run((db) => db.insertInto('pins').values(row).execute());
    return toPin(row);
  });
}

/** The living pin of a topic in a channel of a guild. @throws {StoreError} */
export async function findPin(
  store: Store,
  { guildId, channelId, topic }: Pick<Pin, 'guildId' | 'channelId' | 'topic'>,
): Promise<Pin | undefined> {
  const row = await store.run((db) =>
    pins(db)
      .where('guild_id', '=', guildId)
      .where('channel_id', '=', channelId)
      .where('topic', '=', topic)
      .where('state', '=', 'alive')
      .executeTakeFirst(),
  );
  return row && toPin(row);
}

/** All pins of a guild, also those that are gone, by topic and channel. @throws {StoreError} */
export async function pinsOf(store: Store, guildId: string): Promise<Pin[]> {
  const rows = await store.run((db) =>
    pins(db).where('guild_id', '=', guildId).orderBy('topic').orderBy('channel_id').orderBy('message_id').execute(),
  );
  return rows.map(toPin);
}

/** Living pins of a guild, of a topic, or of a topic in a guild. @throws {StoreError} */
export async function pinsShowing(
  store: Store,
  { guildId, topic }: { guildId?: string; topic?: string },
): Promise<Pin[]> {
  const rows = await store.run((db) => {
    let query = pins(db).where('state', '=', 'alive');
    if (guildId !== undefined) query = query.where('guild_id', '=', guildId);
    if (topic !== undefined) query = query.where('topic', '=', topic);
    return query.orderBy('channel_id').orderBy('message_id').execute();
  });
  return rows.map(toPin);
}

/** Marks a pin whose message or channel is gone. @param reason a word of the caller's own @throws {StoreError} */
export async function markGone(store: Store, pin: PinKey, reason: string): Promise<void> {
  await update(store, pin, {
    ...SETTLED,
    state: 'gone',
    gone_reason: reason,
    checked_at: new Date(store.clock.now()).toISOString(),
  });
}

/**
 * Takes a pin for living again, after its message was found.
 * @throws {AlreadyPinnedError} where the topic was pinned anew in that channel
 * @throws {StoreError} where the database fails
 */
export async function revive(store: Store, pin: Pin): Promise<void> {
  const alive = {
    ...SETTLED,
    state: 'alive',
    gone_reason: null,
    checked_at: new Date(store.clock.now()).toISOString(),
  } as const;
  await orAlreadyPinned(store, pin, () => update(store, pin, alive));
}

/** Forgets a pin. @throws {StoreError} */
export async function removePin(store: Store, pin: PinKey): Promise<void> {
  await store.run((db) =>
    db
      .deleteFrom('pins')
      .where('guild_id', '=', pin.guildId)
      .where('channel_id', '=', pin.channelId)
      .where('message_id', '=', pin.messageId)
      .executeTakeFirst(),
  );
}

/**
 * Forgets a guild that the bot left.
 * @param keepReplies whether its replies stay, for its return
 * @throws {StoreError} where the database fails; then nothing was forgotten
 */
export async function removeGuild(store: Store, guildId: string, keepReplies: boolean): Promise<void> {
  await store.transact(
    async (trx) => {
      await trx.deleteFrom('pins').where('guild_id', '=', guildId).executeTakeFirst();
      if (!keepReplies) await trx.deleteFrom('revisions').where('guild_id', '=', guildId).executeTakeFirst();
    },
    { changes: guildId },
  );
}

/** Pages through living pins that nothing is planned for. @throws {StoreError} where the database fails */
export async function* settledPins(store: Store): AsyncGenerator<Pin[]> {
  for (let last: PinRow | undefined; ; ) {
    const rows = await store.run((db) => settledPage(db, last));
    if (rows.length > 0) yield rows.map(toPin);
    last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
  }
}

/** Pages by key, not by number: pins that come or go meanwhile move no other across a page's edge. */
function settledPage(db: Db, after: PinRow | undefined): Promise<PinRow[]> {
  const query = pins(db)
    .where('state', '=', 'alive')
    .where('next_try_at', 'is', null)
    .orderBy('channel_id')
    .orderBy('message_id')
    .limit(PAGE_SIZE);
  if (!after) return query.execute();
  return query
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('channel_id', 'message_id'), '>', tuple(after.channel_id, after.message_id)),
    )
    .execute();
}

function pins(db: Db) {
  return db.selectFrom('pins').selectAll();
}

async function update(store: Store, { guildId, channelId, messageId }: PinKey, change: Partial<PinRow>): Promise<void> {
  await store.run((db) =>
    db
      .updateTable('pins')
      .set(change)
      .where('guild_id', '=', guildId)
      .where('channel_id', '=', channelId)
      .where('message_id', '=', messageId)
      .executeTakeFirst(),
  );
}

async function orAlreadyPinned<T>(store: Store, pin: NewPin, act: () => Promise<T>): Promise<T | Pin> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'duplicate') throw error;
    const living = await findPin(store, pin);
    if (living && living.messageId !== pin.messageId) throw new AlreadyPinnedError(living);
    if (living) return living;
    throw error;
  }
}

/** A row of the database as a pin. */
export function toPin(row: PinRow): Pin {
  return {
    guildId: row.guild_id,
    channelId: row.channel_id,
    messageId: row.message_id,
    topic: row.topic,
    shownHash: row.shown_hash,
    state: row.state,
    goneReason: row.gone_reason ?? undefined,
    pinnedBy: row.pinned_by,
    pinnedAt: new Date(row.pinned_at),
    checkedAt: new Date(row.checked_at),
    nextTryAt: row.next_try_at === null ? undefined : new Date(row.next_try_at),
    failures: row.failures ?? 0,
    problem: row.problem ?? undefined,
  };
}
