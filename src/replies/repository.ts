// A server's own replies in the database: every save is a new revision, and of two concurrent ones exactly one succeeds.
import { StoreError } from '../store/errors.ts';
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { requireCapacity } from './capacity.ts';
import { checkDraft, type Draft, DraftError, normalizeDraft } from './draft.ts';
import { ConflictError, MissingReplyError, type Reply, toReply } from './reply.ts';
import { newTopic } from './topic-id.ts';

/** Who saves, and by which interaction (`cause`): if Discord delivers it twice, it is saved once. */
export interface SaveRequest {
  readonly guildId: string;
  readonly authorId: string;
  readonly cause: string;
}

/** The next revision, without the columns that follow from the request and the previous revision. */
type NextRevision = Pick<RevisionRow, 'title' | 'text' | 'aliases' | 'state' | 'action'>;

/**
 * Saves a new reply with a new topic.
 * @returns the reply, or the one that the same cause saved earlier
 * @throws {DraftError} if the draft is not valid
 * @throws {TooManyRepliesError} if the server has as many as it can
 * @throws {StoreError} if the database fails
 */
export async function addReply(store: Store, request: SaveRequest, draft: Draft): Promise<Reply> {
  const words = toColumns(draft);
  const earlier = (db: Db) => findAddedByCause(db, request);
  return save(store, request, newTopic(store.clock), earlier, () => ({ ...words, state: 'shown', action: 'add' }));
}

/**
 * Changes a reply, or overrides a page of the guides.
 * @param expected the revision that the moderator saw; 0 if there was none
 * @throws {ConflictError} with the latest revision, if that is another one
 * @throws {MissingReplyError} if the server has no reply with that topic
 * @throws {DraftError} if the draft is not valid
 * @throws {TooManyRepliesError} if the server has as many as it can
 * @throws {StoreError} if the database fails
 */
export async function changeReply(
  store: Store,
  request: SaveRequest & { readonly topic: string; readonly expected: number },
  draft: Draft,
): Promise<Reply> {
  const words = toColumns(draft);
  return save(store, request, request.topic, findByCause(request, request.topic), (latest) => {
    checkExpected(request, latest);
    if (!latest && request.topic.startsWith('r:')) throw new MissingReplyError(request.topic);
    return { ...words, state: 'shown', action: latest ? 'change' : 'add' };
  });
}

/**
 * Removes a reply, or this server's override of a page. `undoReply` restores it.
 * @param expected the revision that the moderator saw; without it, any revision is removed
 * @throws {ConflictError} if the latest revision is another one
 * @throws {MissingReplyError} if the topic has no reply, or it is removed already
 * @throws {StoreError} if the database fails
 */
export async function removeReply(
  store: Store,
  request: SaveRequest & { readonly topic: string; readonly expected?: number },
): Promise<Reply> {
  return save(store, request, request.topic, findByCause(request, request.topic), (latest) => {
    checkExpected(request, latest);
    if (latest?.state !== 'shown') throw new MissingReplyError(request.topic);
    return { title: latest.title, text: latest.text, aliases: latest.aliases, state: 'removed', action: 'remove' };
  });
}

/**
 * Restores the revision before the latest one, as a new revision; so a second undo reverts the first. Undoing the first
 * revision removes a server reply, or the override of a page.
 * @param expected as for `removeReply`
 * @throws {ConflictError} if the latest revision is another one
 * @throws {MissingReplyError} if the topic has no revisions
 * @throws {TooManyRepliesError} if the server has as many as it can
 * @throws {StoreError} if the database fails
 */
export async function undoReply(
  store: Store,
  request: SaveRequest & { readonly topic: string; readonly expected?: number },
): Promise<Reply> {
  const { guildId, topic } = request;
  return save(store, request, topic, findByCause(request, topic), async (latest, db) => {
    checkExpected(request, latest);
    if (!latest) throw new MissingReplyError(topic);
    const before = await revisionsOf(db, guildId, topic)
      .where('number', '=', latest.number - 1)
      .executeTakeFirst();
    const { title, text, aliases } = before ?? latest;
    return { title, text, aliases, state: before?.state ?? 'removed', action: 'undo' };
  });
}

/**
 * The revisions of a topic, latest first.
 * @param before only revisions with a lower number, for the next page
 * @throws {StoreError} if the database fails
 */
export async function replyHistory(
  store: Store,
  { guildId, topic }: { guildId: string; topic: string },
  limit: number,
  before?: number,
): Promise<Reply[]> {
  const rows = await store.run((db) => {
    const query = revisionsOf(db, guildId, topic).orderBy('number', 'desc').limit(limit);
    return (before === undefined ? query : query.where('number', '<', before)).execute();
  });
  return rows.map(toReply);
}

/** The latest revision of a topic, which may be removed. @throws {StoreError} if the database fails */
export async function findReply(
  store: Store,
  { guildId, topic }: { guildId: string; topic: string },
): Promise<Reply | undefined> {
  const row = await store.run((db) => findLatest(db, guildId, topic));
  return row && toReply(row);
}

async function save(
  store: Store,
  request: SaveRequest,
  topic: string,
  earlier: (db: Db) => Promise<RevisionRow | undefined>,
  decide: (latest: RevisionRow | undefined, db: Db) => NextRevision | Promise<NextRevision>,
): Promise<Reply> {
  const { guildId, authorId, cause } = request;
  const write = async (trx: Db) => {
    const saved = await earlier(trx);
    if (saved) return saved;
    const latest = await findLatest(trx, guildId, topic);
    const next = await decide(latest, trx);
    if (next.state === 'shown' && latest?.state !== 'shown') await requireCapacity(trx, store.kind, guildId, 1);
    const row: RevisionRow = {
      ...next,
      guild_id: guildId,
      topic,
      number: (latest?.number ?? 0) + 1,
      author_id: authorId,
      saved_at: isoTime(store.clock.now()),
      cause,
    };
    await trx.insertInto('revisions').values(row).execute();
    return row;
  };
  try {
    return toReply(await store.transact(write, { changedGuild: guildId }));
  } catch (error) {
    const isRace =
      error instanceof ConflictError ||
      error instanceof MissingReplyError ||
      (error instanceof StoreError && error.kind === 'duplicate');
    if (!isRace) throw error;
    // A revision was saved concurrently, possibly by the same interaction in another process.
    const saved = await store.run(earlier);
    if (saved) return toReply(saved);
    if (!(error instanceof StoreError)) throw error;
    throw new ConflictError(topic, await findReply(store, { guildId, topic }));
  }
}

function checkExpected(
  { topic, expected }: { topic: string; expected?: number },
  latest: RevisionRow | undefined,
): void {
  if (expected === undefined || expected === (latest?.number ?? 0)) return;
  throw new ConflictError(topic, latest && toReply(latest));
}

function toColumns(draft: Draft): Pick<RevisionRow, 'title' | 'text' | 'aliases'> {
  const problems = checkDraft(draft);
  if (problems.length > 0) throw new DraftError(problems);
  const { title, text, aliases } = normalizeDraft(draft);
  return { title, text, aliases: JSON.stringify(aliases) };
}

function revisionsOf(db: Db, guildId: string, topic: string) {
  return db.selectFrom('revisions').selectAll().where('guild_id', '=', guildId).where('topic', '=', topic);
}

function findLatest(db: Db, guildId: string, topic: string): Promise<RevisionRow | undefined> {
  return revisionsOf(db, guildId, topic).orderBy('number', 'desc').limit(1).executeTakeFirst();
}

function findByCause({ guildId, cause }: SaveRequest, topic: string) {
  return (db: Db) => revisionsOf(db, guildId, topic).where('cause', '=', cause).executeTakeFirst();
}

function findAddedByCause(db: Db, { guildId, cause }: SaveRequest): Promise<RevisionRow | undefined> {
  return db
    .selectFrom('revisions')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('cause', '=', cause)
    .where('action', '=', 'add')
    .executeTakeFirst();
}
