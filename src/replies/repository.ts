// A server's own replies: every save is a new revision, and of two at once exactly one wins.
import { StoreError } from '../store/errors.ts';
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { requireCapacity } from './capacity.ts';
import { checkDraft, type Draft, DraftError, normalizeDraft } from './draft.ts';
import { ConflictError, MissingReplyError, type Reply, toReply } from './reply.ts';
import { newTopic } from './topic-id.ts';

/** Who saves, and the interaction that asked for it: the same one delivered twice saves once. */
export interface Saving {
  readonly guildId: string;
  readonly authorId: string;
  readonly cause: string;
}

/** What the next revision holds; the rest follows from who saves and from the revision before. */
type Next = Pick<RevisionRow, 'title' | 'text' | 'aliases' | 'state' | 'action'>;

/**
 * Saves a new reply under a topic of its own.
 * @returns the reply, or the one that the same cause saved before
 * @throws {DraftError} where the draft breaks a limit
 * @throws {TooManyRepliesError} where the server shows as many as it may
 * @throws {StoreError} where the database fails
 */
export async function addReply(store: Store, saving: Saving, draft: Draft): Promise<Reply> {
  const words = wordsOf(draft);
  const earlier = (db: Db) => addedBy(db, saving);
  return save(store, saving, newTopic(store.clock), earlier, () => ({ ...words, state: 'shown', action: 'add' }));
}

/**
 * Saves new words for a reply, or the first words of this server over a page of the guides.
 * @param expected the revision that the moderator was shown; 0 where there was none
 * @throws {ConflictError} with the newest revision where another came in between
 * @throws {MissingReplyError} where an own reply of that topic does not exist
 * @throws {DraftError} where the draft breaks a limit
 * @throws {TooManyRepliesError} where the server shows as many as it may
 * @throws {StoreError} where the database fails
 */
export async function changeReply(
  store: Store,
  saving: Saving & { readonly topic: string; readonly expected: number },
  draft: Draft,
): Promise<Reply> {
  const words = wordsOf(draft);
  return save(store, saving, saving.topic, savedBy(saving, saving.topic), (newest) => {
    expect(saving, newest);
    if (!newest && saving.topic.startsWith('r:')) throw new MissingReplyError(saving.topic);
    return { ...words, state: 'shown', action: newest ? 'change' : 'add' };
  });
}

/**
 * Removes a reply, or this server's words over a page. `undoReply` brings it back.
 * @param expected the revision that the moderator was shown; without it, whichever is the newest
 * @throws {ConflictError} where another revision came in between
 * @throws {MissingReplyError} where nothing is shown under that topic
 * @throws {StoreError} where the database fails
 */
export async function removeReply(
  store: Store,
  saving: Saving & { readonly topic: string; readonly expected?: number },
): Promise<Reply> {
  return save(store, saving, saving.topic, savedBy(saving, saving.topic), (newest) => {
    expect(saving, newest);
    if (newest?.state !== 'shown') throw new MissingReplyError(saving.topic);
    return { title: newest.title, text: newest.text, aliases: newest.aliases, state: 'removed', action: 'remove' };
  });
}

/**
 * Returns to what was before the newest revision, as a new revision; so a second undo takes back the first. Before the
 * first revision there was nothing: an own reply is then removed, a page shows the guide's own words.
 * @param expected as for `removeReply`
 * @throws {ConflictError} where another revision came in between
 * @throws {MissingReplyError} where the topic has no revisions
 * @throws {TooManyRepliesError} where the server shows as many as it may
 * @throws {StoreError} where the database fails
 */
export async function undoReply(
  store: Store,
  saving: Saving & { readonly topic: string; readonly expected?: number },
): Promise<Reply> {
  const { guildId, topic } = saving;
  return save(store, saving, topic, savedBy(saving, topic), async (newest, db) => {
    expect(saving, newest);
    if (!newest) throw new MissingReplyError(topic);
    const before = await revisionsOf(db, guildId, topic)
      .where('number', '=', newest.number - 1)
      .executeTakeFirst();
    const { title, text, aliases } = before ?? newest;
    return { title, text, aliases, state: before?.state ?? 'removed', action: 'undo' };
  });
}

/**
 * The revisions of a topic, newest first.
 * @param limit how many at most
 * @param before only revisions with a lower number, for the next page
 * @throws {StoreError} where the database fails
 */
export async function historyOf(
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

/** The newest revision of a topic, also a removed one. @throws {StoreError} where the database fails */
export async function findReply(
  store: Store,
  { guildId, topic }: { guildId: string; topic: string },
): Promise<Reply | undefined> {
  const row = await store.run((db) => newestOf(db, guildId, topic));
  return row && toReply(row);
}

async function save(
  store: Store,
  saving: Saving,
  topic: string,
  earlier: (db: Db) => Promise<RevisionRow | undefined>,
  decide: (newest: RevisionRow | undefined, db: Db) => Next | Promise<Next>,
): Promise<Reply> {
  const { guildId, authorId, cause } = saving;
  const write = async (trx: Db) => {
    const saved = await earlier(trx);
    if (saved) return saved;
    const newest = await newestOf(trx, guildId, topic);
    const next = await decide(newest, trx);
    if (next.state === 'shown' && newest?.state !== 'shown') await requireCapacity(trx, store.kind, guildId, 1);
    const row: RevisionRow = {
      ...next,
      guild_id: guildId,
      topic,
      number: (newest?.number ?? 0) + 1,
      author_id: authorId,
      saved_at: new Date(store.clock.now()).toISOString(),
      cause,
    };
    await trx.insertInto('revisions').values(row).execute();
    return row;
  };
  try {
    return toReply(await store.transact(write, { changes: guildId }));
  } catch (error) {
    const isRace =
      error instanceof ConflictError ||
      error instanceof MissingReplyError ||
      (error instanceof StoreError && error.kind === 'duplicate');
    if (!isRace) throw error;
    // Somebody saved between our readings and our writing: perhaps the same interaction on another replica.
    const saved = await store.run(earlier);
    if (saved) return toReply(saved);
    if (!(error instanceof StoreError)) throw error;
    throw new ConflictError(topic, await findReply(store, { guildId, topic }));
  }
}

function expect({ topic, expected }: { topic: string; expected?: number }, newest: RevisionRow | undefined): void {
  if (expected === undefined || expected === (newest?.number ?? 0)) return;
  throw new ConflictError(topic, newest && toReply(newest));
}

function wordsOf(draft: Draft): Pick<RevisionRow, 'title' | 'text' | 'aliases'> {
  const problems = checkDraft(draft);
  if (problems.length > 0) throw new DraftError(problems);
  const { title, text, aliases } = normalizeDraft(draft);
  return { title, text, aliases: JSON.stringify(aliases) };
}

function revisionsOf(db: Db, guildId: string, topic: string) {
  return db.selectFrom('revisions').selectAll().where('guild_id', '=', guildId).where('topic', '=', topic);
}

function newestOf(db: Db, guildId: string, topic: string): Promise<RevisionRow | undefined> {
  return revisionsOf(db, guildId, topic).orderBy('number', 'desc').limit(1).executeTakeFirst();
}

function savedBy({ guildId, cause }: Saving, topic: string) {
  return (db: Db) => revisionsOf(db, guildId, topic).where('cause', '=', cause).executeTakeFirst();
}

function addedBy(db: Db, { guildId, cause }: Saving): Promise<RevisionRow | undefined> {
  return db
    .selectFrom('revisions')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('cause', '=', cause)
    .where('action', '=', 'add')
    .executeTakeFirst();
}
