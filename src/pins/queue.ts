// Which pins are to be edited, when, and by whom: a queue in the database, so that it survives a restart and replicas share it.
import { sql } from 'kysely';
import type { Db, Store } from '../store/store.ts';
import { type Pin, type PinKey, toPin } from './repository.ts';

/** A moderator's change comes before everything else in the queue, and all that waits for no time after it. */
const FIRST = new Date(0).toISOString();
const NEXT = new Date(1).toISOString();

/** Puts a pin into the queue, unless something is planned for it already. @throws {StoreError} */
export async function markDue(store: Store, pin: PinKey): Promise<void> {
  await store.run((db) =>
    update(db, pin).set({ next_try_at: NEXT }).where('next_try_at', 'is', null).executeTakeFirst(),
  );
}

/**
 * Puts a pin into the queue before others, also while it is being edited. One whose edit failed keeps its time.
 * @param claimedUntil what is planned up to here may be an edit that is going on
 * @throws {StoreError} where the database fails
 */
export async function markUrgent(store: Store, pin: PinKey, claimedUntil: Date): Promise<void> {
  await store.run((db) =>
    update(db, pin)
      .set({ next_try_at: FIRST })
      .where((eb) => eb.or([eb('problem', 'is', null), eb('next_try_at', '<=', claimedUntil.toISOString())]))
      .executeTakeFirst(),
  );
}

/**
 * Lets pins that wait after a failure be tried at once.
 * @param before only those that were last tried before this time, so that nobody can make Discord refuse without end
 * @param claimedUntil what is planned up to here may be an edit that is going on
 * @throws {StoreError} where the database fails
 */
export async function retryNow(
  store: Store,
  guildId: string,
  { before, claimedUntil }: { before: Date; claimedUntil: Date },
): Promise<void> {
  await store.run((db) =>
    db
      .updateTable('pins')
      .set({ next_try_at: FIRST })
      .where('guild_id', '=', guildId)
      .where('problem', 'is not', null)
      // A later one than now is of a clock that was ahead.
      .where((eb) =>
        eb.or([eb('checked_at', '<', before.toISOString()), eb('checked_at', '>', claimedUntil.toISOString())]),
      )
      .where('next_try_at', '>', claimedUntil.toISOString())
      .executeTakeFirst(),
  );
}

/** Puts those in that a process of version 1.0 found out of reach. @throws {StoreError} */
export async function markUnreachableDue(store: Store): Promise<void> {
  await store.run((db) =>
    db
      .updateTable('pins')
      .set({ next_try_at: NEXT })
      .where('state', '=', 'gone')
      .where('gone_reason', '=', 'access')
      .where('next_try_at', 'is', null)
      .executeTakeFirst(),
  );
}

/** The time, and the latest times that can be planned now: what is later was written by a clock that was ahead. */
export interface QueueTimes {
  readonly now: Date;
  /** For an edit that is going on. */
  readonly latestClaim: Date;
  /** For another try after a failure. */
  readonly latestTry: Date;
}

/** Pins whose time has come, or cannot be right, the most urgent first. @throws {StoreError} */
export async function duePins(
  store: Store,
  { now, latestClaim, latestTry }: QueueTimes,
  limit: number,
): Promise<Pin[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('pins')
      .selectAll()
      .where((eb) =>
        eb.or([
          eb('next_try_at', '<=', now.toISOString()),
          eb('next_try_at', '>', latestTry.toISOString()),
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

/**
 * Takes a pin out of the queue for an edit. Of several processes one gets it.
 * @param until when it is due again, should this process die meanwhile
 * @returns false where another process was faster, or the pin was removed
 * @throws {StoreError} where the database fails
 */
export async function claimPin(store: Store, pin: Pin, until: Date): Promise<boolean> {
  const { nextTryAt } = pin;
  if (!nextTryAt) return false;
  const { numUpdatedRows } = await store.run((db) =>
    update(db, pin)
      .set({ next_try_at: until.toISOString() })
      .where('next_try_at', '=', nextTryAt.toISOString())
      .where('shown_hash', '=', pin.shownHash)
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}

/** Puts a claimed pin back, due at once. @throws {StoreError} */
export async function releasePin(store: Store, pin: PinKey): Promise<void> {
  await store.run((db) => update(db, pin).set({ next_try_at: FIRST }).executeTakeFirst());
}

/**
 * Remembers that an edit succeeded, or (without a hash) that there was nothing to edit.
 * @param claimedUntil as for `claimPin`; a pin that was put into the queue again meanwhile stays there
 * @throws {StoreError} where the database fails
 */
export async function settlePin(
  store: Store,
  pin: PinKey,
  { claimedUntil, now, shownHash }: { claimedUntil: Date; now: Date; shownHash?: string },
): Promise<void> {
  const claim = claimedUntil.toISOString();
  await store.run((db) =>
    update(db, pin)
      .set({
        ...(shownHash === undefined ? {} : { shown_hash: shownHash, checked_at: now.toISOString() }),
        next_try_at: sql<string | null>`case when next_try_at = ${claim} then null else next_try_at end`,
        failures: null,
        problem: null,
      })
      .executeTakeFirst(),
  );
}

/**
 * Remembers that an edit failed.
 * @param problem a word of the caller's own
 * @param isGone whether the pin counts as gone until an edit succeeds
 * @throws {StoreError} where the database fails
 */
export async function setFailed(
  store: Store,
  pin: Pin,
  { problem, isGone, now, nextTryAt }: { problem: string; isGone: boolean; now: Date; nextTryAt: Date },
): Promise<void> {
  const gone = isGone ? { state: 'gone' as const, gone_reason: problem } : {};
  await store.run((db) =>
    update(db, pin)
      .set({
        ...gone,
        problem,
        failures: pin.failures + 1,
        checked_at: now.toISOString(),
        next_try_at: nextTryAt.toISOString(),
      })
      .executeTakeFirst(),
  );
}

/** How many living pins are being edited or wait for it. @throws {StoreError} */
export async function countBehind(store: Store): Promise<number> {
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

function update(db: Db, { guildId, channelId, messageId }: PinKey) {
  return db
    .updateTable('pins')
    .where('channel_id', '=', channelId)
    .where('message_id', '=', messageId)
    .where('guild_id', '=', guildId);
}
