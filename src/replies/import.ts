// Imports replies from a file: plans the changes, and saves them in one transaction.
import { createHash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { createTimeSlices, yieldToEventLoop } from '../slices.ts';
import { StoreError } from '../store/errors.ts';
import type { RevisionRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { isoTime } from '../time.ts';
import { requireCapacity } from './capacity.ts';
import { checkDraft, type Draft, DraftError, normalizeDraft } from './draft.ts';
import { latestNumbers, latestRevisionsOf } from './latest-revisions.ts';
import { ConflictError, isSameDraft, type Reply, toReply } from './reply.ts';
import type { SaveRequest } from './repository.ts';

/** A reply in a file. */
export interface IncomingReply extends Draft {
  readonly topic: string;
}

export interface ImportPlan {
  readonly added: readonly IncomingReply[];
  readonly changed: readonly IncomingReply[];
  readonly unchanged: readonly IncomingReply[];
  /** A digest of the changes and the revisions they replace, to detect a different plan. 16 characters of base64url. */
  readonly digest: string;
}

/** The replies have changed since the moderator confirmed the import. Nothing was saved. */
export class PlanChangedError extends Error {
  override readonly name = 'PlanChangedError';
  /** The plan for the current replies. */
  readonly plan: ImportPlan;

  constructor(plan: ImportPlan) {
    super('the replies have changed since the import was confirmed');
    this.plan = plan;
  }
}

interface ImportOptions {
  /** The digest of the confirmed plan, or the number of replies it saves. Without it, any plan is accepted. */
  readonly expected?: string | number;
  /** Called after each statement with the number of replies written so far. */
  readonly onProgress?: (written: number, total: number) => void;
}

/** Writing to SQLite blocks the process, and a reply may have 16 kB. */
const ROWS_PER_STATEMENT = 64;
/** A moderator who keeps saving must not make an import retry forever. */
const MAX_ATTEMPTS = 3;

/**
 * Compares the file with the current replies, in time slices.
 * @param current removed replies count as missing
 */
export async function planImport(current: readonly Reply[], incoming: readonly IncomingReply[]): Promise<ImportPlan> {
  const shown = new Map(current.filter(({ state }) => state === 'shown').map((reply) => [reply.topic, reply]));
  const plan = { added: [] as IncomingReply[], changed: [] as IncomingReply[], unchanged: [] as IncomingReply[] };
  const hash = createHash('sha256');
  const slices = createTimeSlices();
  for (const reply of incoming) {
    if (slices.isOver()) await slices.next();
    const now = shown.get(reply.topic);
    const { title, text, aliases } = normalizeDraft(reply);
    if (now && isSameDraft(normalizeDraft(now), { title, text, aliases })) {
      plan.unchanged.push(reply);
      continue;
    }
    (now ? plan.changed : plan.added).push(reply);
    hash.update(JSON.stringify([reply.topic, now?.revision ?? 0, title, text, aliases]));
  }
  return { ...plan, digest: hash.digest('base64url').slice(0, 16) };
}

/**
 * Saves the replies of a file in one transaction. Unchanged replies get no new revision, and replies that are not in the
 * file are kept.
 * @param incoming each topic at most once
 * @returns how many were saved, now or earlier by the same cause
 * @throws {DraftError} if a reply is not valid
 * @throws {PlanChangedError} if the plan is not the expected one
 * @throws {ConflictError} if other moderators kept saving some of the replies meanwhile
 * @throws {TooManyRepliesError} if the server would have too many
 * @throws {StoreError} if the database fails
 */
export async function importReplies(
  store: Store,
  request: SaveRequest,
  incoming: readonly IncomingReply[],
  options: ImportOptions = {},
): Promise<number> {
  await validateAll(incoming);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const earlier = await store.run((db) => countImported(db, request));
    if (earlier > 0) return earlier;
    const saved = await attemptImport(store, request, incoming, options).catch((error) => {
      if (!(error instanceof StoreError) || error.kind !== 'duplicate') throw error;
      return undefined;
    });
    // Another process may have saved everything for the same cause between the two.
    if (saved === 0) return store.run((db) => countImported(db, request));
    if (saved !== undefined) return saved;
  }
  throw new ConflictError('the file', undefined);
}

async function validateAll(incoming: readonly IncomingReply[]): Promise<void> {
  const slices = createTimeSlices();
  for (const reply of incoming) {
    if (slices.isOver()) await slices.next();
    const problems = checkDraft(reply);
    if (problems.length > 0) throw new DraftError(problems);
  }
}

/** @returns undefined if another moderator saved one of the replies meanwhile */
async function attemptImport(
  store: Store,
  request: SaveRequest,
  incoming: readonly IncomingReply[],
  { expected, onProgress }: ImportOptions,
): Promise<number | undefined> {
  const { guildId } = request;
  const topics = incoming.map(({ topic }) => topic);
  const latest = new Map((await latestRevisionsOf(store, guildId, topics)).map((row) => [row.topic, row]));
  const plan = await planImport([...latest.values()].map(toReply), incoming);
  const count = plan.added.length + plan.changed.length;
  if (expected !== undefined && expected !== (typeof expected === 'number' ? count : plan.digest))
    throw new PlanChangedError(plan);
  const rows = toRows(request, [...plan.added, ...plan.changed], latest, store.clock.now());
  if (rows.length === 0) return 0;
  return store.transact(
    async (trx) => {
      const earlier = await countImported(trx, request);
      if (earlier > 0) return earlier;
      await requireCapacity(trx, store.kind, guildId, plan.added.length);
      // Everything was read and compared before. The transaction, which blocks other writers, only verifies it.
      const numbers = await latestNumbers(trx, guildId, topics);
      if (topics.some((topic) => numbers.get(topic) !== latest.get(topic)?.number)) return undefined;
      await insertRows(trx, rows, onProgress);
      return rows.length;
    },
    { changedGuild: guildId },
  );
}

function toRows(
  { guildId, authorId, cause }: SaveRequest,
  replies: readonly IncomingReply[],
  latest: ReadonlyMap<string, RevisionRow>,
  now: number,
): RevisionRow[] {
  const saved_at = isoTime(now);
  return replies.map((reply) => {
    const { title, text, aliases } = normalizeDraft(reply);
    return {
      guild_id: guildId,
      topic: reply.topic,
      number: (latest.get(reply.topic)?.number ?? 0) + 1,
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

async function insertRows(
  trx: Db,
  rows: readonly RevisionRow[],
  onProgress: ImportOptions['onProgress'],
): Promise<void> {
  let statement: CompiledQuery | undefined;
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    const chunk = rows.slice(at, at + ROWS_PER_STATEMENT);
    if (chunk.length === ROWS_PER_STATEMENT && statement) {
      // Reused, because building such a large statement takes longer than running it.
      const values = chunk.flatMap((row) => toParameters(row));
      await trx.executeQuery(CompiledQuery.raw(statement.sql, values));
    } else {
      const query = trx.insertInto('revisions').values(chunk);
      if (chunk.length === ROWS_PER_STATEMENT) statement = query.compile();
      await query.execute();
    }
    onProgress?.(at + chunk.length, rows.length);
    await yieldToEventLoop();
  }
}

/** In the order of `toRows`, which is the order of the statement's parameters. */
function toParameters(row: RevisionRow): unknown[] {
  return Object.values(row);
}

async function countImported(db: Db, { guildId, cause }: SaveRequest): Promise<number> {
  const { count } = await db
    .selectFrom('revisions')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('guild_id', '=', guildId)
    .where('cause', '=', cause)
    .where('action', '=', 'import')
    .executeTakeFirstOrThrow();
  return Number(count);
}
