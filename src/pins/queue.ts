// The queue of pins to edit: in the database, so that it survives a restart and is shared by all processes.
import { sql } from 'kysely';
import type { Db, Store } from '../store/store.ts';
import { type Pin, type PinKey, toPin } from './repository.ts';

/** Sort before every real time: first in the queue are a moderator's changes, then pins that need not wait. */
const URGENT = new Date(0).toISOString();
const DUE = new Date(1).toISOString();

/** Adds a pin to the queue, unless it is in it already. @throws {StoreError} */
export async function enqueuePin(store: Store, pin: PinKey): Promise<void> {
  await store.run((db) =>
    updatePin(db, pin).set({ next_try_at: DUE }).where('next_try_at', 'is', null).executeTakeFirst(),
  );
}

/**
 * Adds a pin to the front of the queue, even during an edit. A failed pin keeps a retry time after `claimedUntil`.
 * @param claimedUntil the latest end of a claim: times up to here may belong to a running edit
 * @throws {StoreError} if the database fails
 */
export async function enqueueUrgentPin(store: Store, pin: PinKey, claimedUntil: Date): Promise<void> {
  await store.run((db) =>
    updatePin(db, pin)
      .set({ next_try_at: URGENT })
      .where((eb) => eb.or([eb('problem', 'is', null), eb('next_try_at', '<=', claimedUntil.toISOString())]))
      .executeTakeFirst(),
  );
}

/**
 * Retries failed pins of a guild immediately.
 * @param before only pins that were last tried before this time: Discord blocks bots that cause many errors
 * @param claimedUntil as for `enqueueUrgentPin`
 * @throws {StoreError} if the database fails
 */
export async function retryFailedPins(
  store: Store,
  guildId: string,
  { before, claimedUntil }: { before: Date; claimedUntil: Date },
): Promise<void> {
  await store.run((db) =>
    db
      .updateTable('pins')
      .set({ next_try_at: URGENT })
      .where('guild_id', '=', guildId)
      .where('problem', 'is not', null)
      // A time in the future is from a clock that was ahead.
      .where((eb) =>
        eb.or([eb('checked_at', '<', before.toISOString()), eb('checked_at', '>', claimedUntil.toISOString())]),
      )
      .where('next_try_at', '>', claimedUntil.toISOString())
      .executeTakeFirst(),
  );
}

/**
 * Adds unreachable pins that are not in the queue: `/faq-pin list` and version 1.0 mark them without adding them.
 * @throws {StoreError} if the database fails
 */
export async function enqueueUnreachablePins(store: Store): Promise<void> {
  await store.run((db) =>
    db
      .updateTable('pins')
      .set({ next_try_at: DUE })
      .where('state', '=', 'gone')
      .where('gone_reason', '=', 'access')
      .where('next_try_at', 'is', null)
      .executeTakeFirst(),
  );
}

/** The current time, and the latest valid times in the queue: later ones are from a clock that was ahead. */
export interface QueueTimes {
  readonly now: Date;
  /** The latest end of a claim. */
  readonly latestClaim: Date;
  /** The latest retry after a failure. */
  readonly latestRetry: Date;
}

/** Pins that are due or have an invalid time, in the order of the queue. @throws {StoreError} */
export async function duePins(
  store: Store,
  { now, latestClaim, latestRetry }: QueueTimes,
  limit: number,
): Promise<Pin[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('pins')
      .selectAll()
      .where((eb) =>
        eb.or([
          eb('next_try_at', '<=', now.toISOString()),
          eb('next_try_at', '>', latestRetry.toISOString()),
          eb('problem', 'is', null).and('next_try_at', '>', latestClaim.toISOString()),
        ]),
      )
      .orderBy('next_try_at')
      .orderBy('channel_id')
      .orderBy('message_id')
      .limit(limit)
      .execute(),
  );
  return rows.map(toPin);
}

/** In place of the digest of a copy during an edit: if the process dies, nobody knows whether the edit took effect. */
const UNKNOWN = '';

/**
 * Claims a pin for an edit. Only one of several processes succeeds. Until the edit is recorded, what the copy shows is
 * unknown.
 * @param until the end of the claim: the pin is due again if this process dies meanwhile
 * @returns false if another process was faster, or the pin was removed
 * @throws {StoreError} if the database fails
 */
export async function claimPin(store: Store, pin: Pin, until: Date): Promise<boolean> {
  const { nextTryAt } = pin;
  if (!nextTryAt) return false;
  const { numUpdatedRows } = await store.run((db) =>
    updatePin(db, pin)
      .set({ next_try_at: until.toISOString(), shown_hash: UNKNOWN })
      .where('next_try_at', '=', nextTryAt.toISOString())
      .where('shown_hash', '=', pin.shownDigest)
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

/** Ends a claim whose edit was cancelled: the pin is due immediately. @throws {StoreError} */
export async function releasePin(store: Store, pin: PinKey): Promise<void> {
  await store.run((db) => updatePin(db, pin).set({ next_try_at: URGENT }).executeTakeFirst());
}

/**
 * Records what a pin shows after a successful edit, or that no edit was needed.
 * @param claimedUntil the end of the claim; a pin that was enqueued again meanwhile stays in the queue
 * @param editedAt undefined if no edit was needed
 * @throws {StoreError} if the database fails
 */
export async function completePin(
  store: Store,
  pin: PinKey,
  { claimedUntil, shownDigest, editedAt }: { claimedUntil: Date; shownDigest: string; editedAt?: Date },
): Promise<void> {
  const claim = claimedUntil.toISOString();
  await store.run((db) =>
    updatePin(db, pin)
      .set({
        shown_hash: shownDigest,
        ...(editedAt ? { checked_at: editedAt.toISOString() } : {}),
        next_try_at: sql<string | null>`case when next_try_at = ${claim} then null else next_try_at end`,
        failures: null,
        problem: null,
      })
      .executeTakeFirst(),
  );
}

/**
 * Records a failed edit.
 * @param problem the reason, as defined by the caller
 * @param isGone whether the pin is gone until an edit succeeds
 * @param isUnchanged whether the copy certainly shows what it did before
 * @throws {StoreError} if the database fails
 */
export async function failPin(
  store: Store,
  pin: Pin,
  {
    problem,
    isGone,
    isUnchanged,
    now,
    nextTryAt,
  }: { problem: string; isGone: boolean; isUnchanged: boolean; now: Date; nextTryAt: Date },
): Promise<void> {
  const gone = isGone ? { state: 'gone' as const, gone_reason: problem } : {};
  await store.run((db) =>
    updatePin(db, pin)
      .set({
        ...gone,
        ...(isUnchanged ? { shown_hash: pin.shownDigest } : {}),
        problem,
        failures: pin.failures + 1,
        checked_at: now.toISOString(),
        next_try_at: nextTryAt.toISOString(),
      })
      .executeTakeFirst(),
  );
}

/** Counts living pins in the queue, including those being edited. @throws {StoreError} */
export async function countQueuedPins(store: Store): Promise<number> {
  const { n } = await store.run((db) =>
    db
      .selectFrom('pins')
      .select(({ fn }) => fn.countAll<number | string>().as('n'))
      .where('next_try_at', 'is not', null)
      .where('state', '=', 'alive')
      .executeTakeFirstOrThrow(),
  );
  return Number(n);
}

function updatePin(db: Db, { guildId, channelId, messageId }: PinKey) {
  return db
    .updateTable('pins')
    .where('channel_id', '=', channelId)
    .where('message_id', '=', messageId)
    .where('guild_id', '=', guildId);
}
