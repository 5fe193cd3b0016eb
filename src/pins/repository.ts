// Pins in the database: which message shows which topic, what it showed last, and whether it is gone.
import { StoreError } from '../store/errors.ts';
import type { PinRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { isoTime } from '../time.ts';

export interface Pin {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly topic: string;
  /** A digest of the message's content. */
  readonly shownDigest: string;
  readonly state: PinRow['state'];
  /** Why it is gone, as defined by the caller. */
  readonly goneReason: string | undefined;
  /** When the next edit may be tried; undefined if the pin is not in the queue. */
  readonly nextTryAt: Date | undefined;
  /** Failed edits in a row. */
  readonly failures: number;
  /** Why the last edit failed, as defined by the caller. */
  readonly problem: string | undefined;
}

export type PinKey = Pick<Pin, 'guildId' | 'channelId' | 'messageId'>;

interface NewPin extends PinKey, Pick<Pin, 'topic' | 'shownDigest'> {
  /** The id of the moderator. */
  readonly pinnedBy: string;
}

/** The channel already has a living pin of that topic. */
export class AlreadyPinnedError extends Error {
  override readonly name = 'AlreadyPinnedError';
  readonly pin: Pin;

  constructor(pin: Pin) {
    super(`${pin.topic} is already pinned in channel ${pin.channelId}`);
    this.pin = pin;
  }
}

const NOT_QUEUED = { next_try_at: null, failures: null, problem: null } as const;
/** Rows per query when paging through all pins. */
const PAGE_SIZE = 100;

/**
 * Saves a pinned message. Does nothing if it is saved already.
 * @throws {AlreadyPinnedError} if another message in the channel is the living pin of that topic
 * @throws {StoreError} if the database fails
 */
export async function addPin(store: Store, pin: NewPin): Promise<void> {
  const now = isoTime(store.clock.now());
  const row: PinRow = {
    guild_id: pin.guildId,
    channel_id: pin.channelId,
    message_id: pin.messageId,
    topic: pin.topic,
    shown_hash: pin.shownDigest,
    state: 'alive',
    gone_reason: null,
    pinned_by: pin.pinnedBy,
    pinned_at: now,
    checked_at: now,
    ...NOT_QUEUED,
  };
  await rejectDuplicate(store, pin, async () => {
    await store.run((db) => db.insertInto('pins').values(row).execute());
  });
}

/** The living pin of a topic in a channel of a guild. @throws {StoreError} */
export async function findPin(
  store: Store,
  { guildId, channelId, topic }: Pick<Pin, 'guildId' | 'channelId' | 'topic'>,
): Promise<Pin | undefined> {
  const row = await store.run((db) =>
    selectPins(db)
      .where('guild_id', '=', guildId)
      .where('channel_id', '=', channelId)
      .where('topic', '=', topic)
      .where('state', '=', 'alive')
      .executeTakeFirst(),
  );
  return row && toPin(row);
}

/** All pins of a guild, including gone ones, sorted by topic and channel. @throws {StoreError} */
export async function pinsOf(store: Store, guildId: string): Promise<Pin[]> {
  const rows = await store.run((db) =>
    selectPins(db)
      .where('guild_id', '=', guildId)
      .orderBy('topic')
      .orderBy('channel_id')
      .orderBy('message_id')
      .execute(),
  );
  return rows.map(toPin);
}

/** The living pins of a guild. @throws {StoreError} */
export async function livingPinsOf(store: Store, guildId: string): Promise<Pin[]> {
  const rows = await store.run((db) =>
    selectPins(db)
      .where('state', '=', 'alive')
      .where('guild_id', '=', guildId)
      .orderBy('channel_id')
      .orderBy('message_id')
      .execute(),
  );
  return rows.map(toPin);
}

/** Marks a pin whose message or channel is gone. @param reason as defined by the caller @throws {StoreError} */
export async function markPinGone(store: Store, pin: PinKey, reason: string): Promise<void> {
  await updatePin(store, pin, {
    ...NOT_QUEUED,
    state: 'gone',
    gone_reason: reason,
    checked_at: isoTime(store.clock.now()),
  });
}

/**
 * Marks a gone pin as living again, after its message was found.
 * @throws {AlreadyPinnedError} if the topic was pinned again in that channel
 * @throws {StoreError} if the database fails
 */
export async function restorePin(store: Store, pin: Pin): Promise<void> {
  const alive = {
    ...NOT_QUEUED,
    state: 'alive',
    gone_reason: null,
    checked_at: isoTime(store.clock.now()),
  } as const;
  await rejectDuplicate(store, pin, () => updatePin(store, pin, alive));
}

/** Deletes a pin. @throws {StoreError} */
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

/** Pages through living pins that are not in the queue. @throws {StoreError} if the database fails */
export async function* unqueuedPins(store: Store): AsyncGenerator<Pin[]> {
  for (let last: PinRow | undefined; ; ) {
    const rows = await store.run((db) => unqueuedPage(db, last));
    if (rows.length > 0) yield rows.map(toPin);
    last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
  }
}

/** Pages by key, not by offset: pins that are added or deleted meanwhile must not shift the pages. */
function unqueuedPage(db: Db, after: PinRow | undefined): Promise<PinRow[]> {
  const query = selectPins(db)
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

function selectPins(db: Db) {
  return db.selectFrom('pins').selectAll();
}

async function updatePin(
  store: Store,
  { guildId, channelId, messageId }: PinKey,
  change: Partial<PinRow>,
): Promise<void> {
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

async function rejectDuplicate(
  store: Store,
  pin: PinKey & Pick<Pin, 'topic'>,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'duplicate') throw error;
    const living = await findPin(store, pin);
    if (living && living.messageId !== pin.messageId) throw new AlreadyPinnedError(living);
    if (!living) throw error;
  }
}

/** Converts a row to a pin. */
export function toPin(row: PinRow): Pin {
  return {
    guildId: row.guild_id,
    channelId: row.channel_id,
    messageId: row.message_id,
    topic: row.topic,
    shownDigest: row.shown_hash,
    state: row.state,
    goneReason: row.gone_reason ?? undefined,
    nextTryAt: row.next_try_at === null ? undefined : new Date(row.next_try_at),
    failures: row.failures ?? 0,
    problem: row.problem ?? undefined,
  };
}
