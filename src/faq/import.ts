// Many replies saved at once, from a file: what would change, and the change itself.
import { StoreError } from '../store/errors.ts';
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { checkDraft, type Draft, DraftError, tidyDraft } from './draft.ts';
import { newestAfter } from './newest.ts';
import type { Saving } from './replies.ts';
import { ConflictError, isSame, type Reply, toReply } from './reply.ts';

/** A reply of a file. */
export interface IncomingReply extends Draft {
  readonly topic: string;
}

export interface ImportPlan {
  readonly added: readonly IncomingReply[];
  readonly changed: readonly IncomingReply[];
  readonly same: readonly IncomingReply[];
}

/** Rows of one statement: each has 11 parameters, and writing SQLite stops everything else. */
const CHUNK = 200;

/**
 * What an import would do.
 * @param current the replies that are shown now; removed ones may be among them and count as missing
 */
export function planImport(current: readonly Reply[], incoming: readonly IncomingReply[]): ImportPlan {
  const shown = new Map(current.filter(({ state }) => state === 'shown').map((reply) => [reply.topic, reply]));
  const plan = { added: [] as IncomingReply[], changed: [] as IncomingReply[], same: [] as IncomingReply[] };
  for (const reply of incoming) {
    const now = shown.get(reply.topic);
    if (!now) plan.added.push(reply);
    else if (isSame(now, tidyDraft(reply))) plan.same.push(reply);
    else plan.changed.push(reply);
  }
  return plan;
}

/**
 * Saves replies of a file, all or none. What is the same already gets no new revision; what the file does not name stays.
 * @param incoming each topic once
 * @returns the saved revisions, or those that the same cause saved before
 * @throws {DraftError} where one breaks a limit
 * @throws {ConflictError} where somebody saved one of them at the same moment
 * @throws {StoreError} where the database fails
 */
export async function importReplies(
  store: Store,
  saving: Saving,
  incoming: readonly IncomingReply[],
): Promise<Reply[]> {
  const problems = incoming.flatMap((reply) => checkDraft(reply));
  if (problems.length > 0) throw new DraftError(problems);
  const earlier = (db: Db) => importedBy(db, saving);
  try {
    const rows = await store.transact(
      async (trx) => {
        const saved = await earlier(trx);
        if (saved.length > 0) return saved;
        const fresh = await nextRevisions(trx, saving, incoming);
        for (let i = 0; i < fresh.length; i += CHUNK) {
          await trx
            .insertInto('revisions')
            .values(fresh.slice(i, i + CHUNK))
            .execute();
          await new Promise(setImmediate);
        }
        return fresh;
      },
      { changes: saving.guildId },
    );
    return rows.map(toReply);
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'duplicate') throw error;
    const saved = await store.run(earlier);
    if (saved.length > 0) return saved.map(toReply);
    throw new ConflictError('the file', undefined);
  }
}

async function nextRevisions(db: Db, saving: Saving, incoming: readonly IncomingReply[]): Promise<RevisionRow[]> {
  const newest = new Map<string, RevisionRow>();
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows: RevisionRow[] = await newestAfter(db, saving.guildId, after);
    for (const row of rows) newest.set(row.topic, row);
    after = rows.at(-1)?.topic;
    await new Promise(setImmediate);
  }
  const { changed, added } = planImport([...newest.values()].map(toReply), incoming);
  const saved_at = new Date().toISOString();
  return [...added, ...changed].map((reply) => {
    const { title, text, aliases } = tidyDraft(reply);
    return {
      guild_id: saving.guildId,
      topic: reply.topic,
      number: (newest.get(reply.topic)?.number ?? 0) + 1,
      title,
      text,
      aliases: JSON.stringify(aliases),
      state: 'shown',
      action: 'import',
      author_id: saving.authorId,
      saved_at,
      cause: saving.cause,
    };
  });
}

function importedBy(db: Db, { guildId, cause }: Saving): Promise<RevisionRow[]> {
  return db
    .selectFrom('revisions')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('cause', '=', cause)
    .where('action', '=', 'import')
    .orderBy('topic')
    .execute();
}
