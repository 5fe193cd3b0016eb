// Many replies saved at once, from a file: what would change, and the change itself.
import { createHash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { createTimeSlices, yieldToEventLoop } from '../slices.ts';
import { StoreError } from '../store/errors.ts';
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { requireCapacity } from './capacity.ts';
import { checkDraft, type Draft, DraftError, normalizeDraft } from './draft.ts';
import { latestNumbers, latestRevision } from './latest-revisions.ts';
import { ConflictError, isSame, type Reply, toReply } from './reply.ts';
import type { Saving } from './repository.ts';

/** A reply of a file. */
export interface IncomingReply extends Draft {
  readonly topic: string;
}

export interface ImportPlan {
  readonly added: readonly IncomingReply[];
  readonly changed: readonly IncomingReply[];
  readonly same: readonly IncomingReply[];
  /** Of what would be saved, over which revisions: another plan has another one. 16 letters, digits, `-` and `_`. */
  readonly digest: string;
}

/** The replies are not as they were when somebody was asked. Nothing was saved. */
export class PlanChangedError extends Error {
  override readonly name = 'PlanChangedError';
  /** What the import would do now. */
  readonly plan: ImportPlan;

  constructor(plan: ImportPlan) {
    super('the replies have changed since the question');
    this.plan = plan;
  }
}

export interface ImportOptions {
  /** The digest of the plan that was agreed to, or how many replies it would save. Without it any plan will do. */
  readonly expected?: string | number;
  /** Told now and then how many replies are written. */
  readonly onProgress?: (written: number, total: number) => void;
}

/** Rows of one statement: writing SQLite stops everything else, and a reply may have 16 kB. */
const CHUNK = 64;
/** Somebody who saves all the time must not keep an import going round for ever. */
const TRIES = 3;

/**
 * What an import would do, found out in slices.
 * @param current the replies that are shown now; removed ones may be among them and count as missing
 */
export async function planImport(current: readonly Reply[], incoming: readonly IncomingReply[]): Promise<ImportPlan> {
  const shown = new Map(current.filter(({ state }) => state === 'shown').map((reply) => [reply.topic, reply]));
  const plan = { added: [] as IncomingReply[], changed: [] as IncomingReply[], same: [] as IncomingReply[] };
  const hash = createHash('sha256');
  const slices = createTimeSlices();
  for (const reply of incoming) {
    if (slices.isOver()) await slices.next();
    const now = shown.get(reply.topic);
    const { title, text, aliases } = normalizeDraft(reply);
    if (now && isSame(normalizeDraft(now), { title, text, aliases })) {
      plan.same.push(reply);
      continue;
    }
    (now ? plan.changed : plan.added).push(reply);
    hash.update(JSON.stringify([reply.topic, now?.revision ?? 0, title, text, aliases]));
  }
  return { ...plan, digest: hash.digest('base64url').slice(0, 16) };
}

/**
 * Saves replies of a file, all or none. What is the same already gets no new revision; what the file does not name stays.
 * @param incoming each topic once
 * @returns how many were saved, or how many the same cause saved before
 * @throws {DraftError} where one breaks a limit
 * @throws {PlanChangedError} where it would save something else than what was agreed to
 * @throws {ConflictError} where others saved some of them again and again
 * @throws {TooManyRepliesError} where the server would have too many
 * @throws {StoreError} where the database fails
 */
export async function importReplies(
  store: Store,
  saving: Saving,
  incoming: readonly IncomingReply[],
  options: ImportOptions = {},
): Promise<number> {
  await requireValid(incoming);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const earlier = await store.run((db) => importedBy(db, saving));
    if (earlier > 0) return earlier;
    const saved = await tryOnce(store, saving, incoming, options).catch((error) => {
      if (!(error instanceof StoreError) || error.kind !== 'duplicate') throw error;
      return undefined;
    });
    if (saved !== undefined) return saved;
  }
  throw new ConflictError('the file', undefined);
}

async function requireValid(incoming: readonly IncomingReply[]): Promise<void> {
  const slices = createTimeSlices();
  for (const reply of incoming) {
    if (slices.isOver()) await slices.next();
    const problems = checkDraft(reply);
    if (problems.length > 0) throw new DraftError(problems);
  }
}

/** @returns undefined where somebody saved one of them in the meantime */
async function tryOnce(
  store: Store,
  saving: Saving,
  incoming: readonly IncomingReply[],
  { expected, onProgress }: ImportOptions,
): Promise<number | undefined> {
  const { guildId } = saving;
  const topics = incoming.map(({ topic }) => topic);
  const newest = new Map((await latestRevision(store, guildId, topics)).map((row) => [row.topic, row]));
  const plan = await planImport([...newest.values()].map(toReply), incoming);
  const count = plan.added.length + plan.changed.length;
  if (expected !== undefined && expected !== (typeof expected === 'number' ? count : plan.digest))
    throw new PlanChangedError(plan);
  const rows = rowsOf(saving, [...plan.added, ...plan.changed], newest, store.clock.now());
  if (rows.length === 0) return 0;
  return store.transact(
    async (trx) => {
      const earlier = await importedBy(trx, saving);
      if (earlier > 0) return earlier;
      await requireCapacity(trx, store.kind, guildId, plan.added.length);
      // Everything else was read and compared before: the transaction, which keeps others waiting, only makes sure of it.
      const numbers = await latestNumbers(trx, guildId, topics);
      if (topics.some((topic) => numbers.get(topic) !== newest.get(topic)?.number)) return undefined;
      await insert(trx, rows, onProgress);
      return rows.length;
    },
    { changes: guildId },
  );
}

function rowsOf(
  { guildId, authorId, cause }: Saving,
  replies: readonly IncomingReply[],
  newest: ReadonlyMap<string, RevisionRow>,
  now: number,
): RevisionRow[] {
  const saved_at = new Date(now).toISOString();
  return replies.map((reply) => {
    const { title, text, aliases } = normalizeDraft(reply);
    return {
      guild_id: guildId,
      topic: reply.topic,
      number: (newest.get(reply.topic)?.number ?? 0) + 1,
      title,
      text,
      aliases: JSON.stringify(aliases),
      state: 'shown',
      action: 'import',
      author_id: authorId,
      saved_at,
      cause,
    };
  });
}

async function insert(trx: Db, rows: readonly RevisionRow[], onProgress: ImportOptions['onProgress']): Promise<void> {
  let statement: CompiledQuery | undefined;
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK);
    if (chunk.length === CHUNK && statement) {
      // Building a statement of so many parameters takes longer than the database does.
      const values = chunk.flatMap((row) => columnsOf(row));
      await trx.executeQuery(CompiledQuery.raw(statement.sql, values));
    } else {
      const query = trx.insertInto('revisions').values(chunk);
      if (chunk.length === CHUNK) statement = query.compile();
      await query.execute();
    }
    onProgress?.(at + chunk.length, rows.length);
    await yieldToEventLoop();
  }
}

/** In the order in which `rowsOf` writes them, which is the order of the statement's parameters. */
function columnsOf(row: RevisionRow): unknown[] {
  return Object.values(row);
}

async function importedBy(db: Db, { guildId, cause }: Saving): Promise<number> {
  const { count } = await db
    .selectFrom('revisions')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('guild_id', '=', guildId)
    .where('cause', '=', cause)
    .where('action', '=', 'import')
    .executeTakeFirstOrThrow();
  return Number(count);
}
