// Posts in forums that were read, in the database: each is answered once at most, and answers end where they are refused.
import type { PostRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { DAY_MS, HOUR_MS, isoTime } from '../time.ts';
import { lockForums, type Settings, stopForum } from './settings.ts';

/** Days that a post is remembered. */
const KEPT_DAYS = 30;
/** Answers in forums: how many an hour in one server, and how many refusals a day stop them in a forum. */
export const POST_LIMITS = { answersPerHour: 20, refusalsPerDay: 3 } as const;

/** A post in a forum; its thread has the id of its first message. */
export interface Post {
  readonly guildId: string;
  readonly threadId: string;
  readonly forumId: string;
}

/** A post that is not answered: the bot is not sure, or somebody else has written there. */
export interface SilentPost extends Post {
  readonly state: 'silent' | 'overtaken';
}

/**
 * Records that a post is answered, before it is: so that only the caller does, also after a restart and among several
 * processes.
 * @returns `taken` if it was read before; `full` if its server had its answers of this hour: then it stays silent
 * @throws {StoreError} then it may be recorded, and is not answered
 */
export async function claimPost(store: Store, post: Post): Promise<'claimed' | 'taken' | 'full'> {
  const now = store.clock.now();
  return store.transact(async (trx) => {
    await lockForums(trx, store, post.guildId);
    const { answered } = await trx
      .selectFrom('posts')
      .select(({ fn }) => fn.countAll<number | string>().as('answered'))
      .where('guild_id', '=', post.guildId)
      .where('state', 'in', ['answered', 'refused'])
      .where('read_at', '>', isoTime(now - HOUR_MS))
      .executeTakeFirstOrThrow();
    const isFull = Number(answered) >= POST_LIMITS.answersPerHour;
    const isNew = await addPost(trx, post, isFull ? 'silent' : 'answered', now);
    return !isNew ? 'taken' : isFull ? 'full' : 'claimed';
  });
}

/**
 * Remembers posts that are not answered.
 * @returns the ids of the threads among them that were not read before
 * @throws {StoreError}
 */
export async function recordSilences(store: Store, posts: readonly SilentPost[]): Promise<ReadonlySet<string>> {
  const rows = posts.map((post) => rowOf(post, post.state, store.clock.now()));
  const added = await store.transact((trx) =>
    trx
      .insertInto('posts')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['guild_id', 'thread_id']).doNothing())
      .returning('thread_id')
      .execute(),
  );
  return new Set(added.map(({ thread_id }) => thread_id));
}

/** Records that Discord has refused the answer to a claimed post. @throws {StoreError} */
export async function markSilent(store: Store, { guildId, threadId }: Post): Promise<void> {
  await store.run((db) =>
    db
      .updateTable('posts')
      .set({ state: 'silent' })
      .where('guild_id', '=', guildId)
      .where('thread_id', '=', threadId)
      .where('state', '=', 'answered')
      .executeTakeFirst(),
  );
}

/**
 * Records “Not this” once for an answer, and stops answers in its forum after the third in 24 hours.
 * @returns `isNew`: whether it was the first press; `stoppedForum`: the forum, if this press has stopped it
 * @throws {StoreError}
 */
export async function refuseAnswer(
  store: Store,
  { guildId, threadId }: Pick<Post, 'guildId' | 'threadId'>,
  { resumedAt }: Pick<Settings, 'resumedAt'>,
): Promise<{ isNew: boolean; stoppedForum?: string }> {
  const now = store.clock.now();
  const write = async (trx: Db) => {
    await lockForums(trx, store, guildId);
    const refused = await trx
      .updateTable('posts')
      .set({ state: 'refused', refused_at: isoTime(now) })
      .where('guild_id', '=', guildId)
      .where('thread_id', '=', threadId)
      .where('state', '=', 'answered')
      .returning('forum_id')
      .executeTakeFirst();
    if (!refused) return { isNew: false };
    const forumId = refused.forum_id;
    const since = Math.max(now - DAY_MS, resumedAt.get(forumId)?.getTime() ?? 0);
    const { refusals } = await trx
      .selectFrom('posts')
      .select(({ fn }) => fn.countAll<number | string>().as('refusals'))
      .where('guild_id', '=', guildId)
      .where('forum_id', '=', forumId)
      .where('refused_at', '>', isoTime(since))
      .executeTakeFirstOrThrow();
    const isEnough = Number(refusals) >= POST_LIMITS.refusalsPerDay;
    const isStopped = isEnough && (await stopForum(trx, store, guildId, forumId));
    return { isNew: true, ...(isStopped ? { stoppedForum: forumId } : {}) };
  };
  return store.transact(write, { changedGuild: guildId });
}

/** Whether somebody has refused the answer to a post. @throws {StoreError} */
export async function isRefused(store: Store, { guildId, threadId }: Post): Promise<boolean> {
  const row = await store.run((db) =>
    db
      .selectFrom('posts')
      .select('state')
      .where('guild_id', '=', guildId)
      .where('thread_id', '=', threadId)
      .executeTakeFirst(),
  );
  return row?.state === 'refused';
}

/** The latest posts that were not answered, newest first, by thread id. @throws {StoreError} */
export async function silentPosts(store: Store, guildId: string, limit: number): Promise<string[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('posts')
      .select('thread_id')
      .where('guild_id', '=', guildId)
      .where('state', '=', 'silent')
      .orderBy('read_at', 'desc')
      .limit(limit)
      .execute(),
  );
  return rows.map(({ thread_id }) => thread_id);
}

/** Forgets a post that needs no answer any more. @throws {StoreError} */
export async function forgetSilence(store: Store, guildId: string, threadId: string): Promise<void> {
  await store.run((db) =>
    db
      .deleteFrom('posts')
      .where('guild_id', '=', guildId)
      .where('thread_id', '=', threadId)
      .where('state', '=', 'silent')
      .executeTakeFirst(),
  );
}

/** Deletes posts that were read more than 30 days ago. @throws {StoreError} */
export async function deleteOldPosts(store: Store): Promise<void> {
  const before = isoTime(store.clock.now() - KEPT_DAYS * DAY_MS);
  await store.run((db) => db.deleteFrom('posts').where('read_at', '<', before).executeTakeFirst());
}

/** @returns whether it was added: false if it was read before */
async function addPost(db: Db, post: Post, state: PostRow['state'], now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('posts')
    .values(rowOf(post, state, now))
    .onConflict((conflict) => conflict.columns(['guild_id', 'thread_id']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

function rowOf({ guildId, threadId, forumId }: Post, state: PostRow['state'], now: number): PostRow {
  const [guild_id, thread_id, forum_id, read_at] = [guildId, threadId, forumId, isoTime(now)];
  return { guild_id, thread_id, forum_id, state, read_at, refused_at: null };
}
