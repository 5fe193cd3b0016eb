// A store without a database: it records the statements that would run, and can be made to fail or to wait.
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Clock } from '../../src/clock.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { CountRow, QuestionRow, Tables } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { noProgress } from '../job-progress.ts';

export interface StatementStore {
  readonly store: Store;
  /** The statements of each transaction that was committed. */
  readonly transactions: CompiledQuery[][];
  /** The statements outside of transactions. */
  readonly statements: CompiledQuery[];
  /** The names of the locks that were taken. */
  readonly locks: string[];
  /** What the next transactions and locks fail with. */
  failure: Error | undefined;
  /** How many transactions were begun. */
  begun: number;
  /** The first of them whose work is done: large numbers of rows take long. */
  firstWorking: number;
  /** What each transaction, and work under a lock, waits for before it begins. */
  gate: Promise<void>;
}

export function createStatementStore(clock: Clock): StatementStore {
  let recorded: CompiledQuery[] = [];
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (own) => new SqliteIntrospector(own),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    log: ({ query }) => void recorded.push(query),
  });
  const world: StatementStore = {
    transactions: [],
    statements: [],
    locks: [],
    failure: undefined,
    begun: 0,
    firstWorking: 1,
    gate: Promise.resolve(),
    store: {
      kind: 'sqlite',
      clock,
      health: () => undefined,
      async run(work) {
        recorded = [];
        const result = await work(db);
        world.statements.push(...recorded);
        return result;
      },
      async transact(work) {
        world.begun += 1;
        await world.gate;
        if (world.failure) throw world.failure;
        recorded = [];
        // Its callers use no result.
        if (world.begun < world.firstWorking) return undefined as Awaited<ReturnType<typeof work>>;
        const result = await db.transaction().execute(work);
        world.transactions.push(recorded);
        return result;
      },
      async withLock(name, work) {
        world.locks.push(name);
        if (world.failure) throw world.failure;
        await world.gate;
        return work(new AbortController().signal);
      },
      changes: noProgress('changes'),
      onChange: () => () => undefined,
      close: async () => undefined,
    },
  };
  return world;
}

export const unavailable = () => new StoreError('unavailable', 'made to fail');

/** Rows of a table that statements insert. */
function inserted(queries: readonly CompiledQuery[], table: string, columns: readonly string[]): object[] {
  return queries
    .filter(({ sql }) => sql.startsWith(`insert into "${table}"`))
    .flatMap(({ parameters }) =>
      Array.from({ length: parameters.length / columns.length }, (_, i) =>
        Object.fromEntries(columns.map((column, at) => [column, parameters[i * columns.length + at]])),
      ),
    );
}

// The columns are those of the rows.
export const countsIn = (queries: readonly CompiledQuery[]): CountRow[] =>
  inserted(queries, 'counts', ['guild_id', 'day', 'kind', 'subject', 'n']) as CountRow[];
export const questionsIn = (queries: readonly CompiledQuery[]): QuestionRow[] =>
  inserted(queries, 'questions', ['guild_id', 'asked_on', 'id', 'text']) as QuestionRow[];
