// PostgreSQL: a pool for the queries, and single connections for listening. Works through poolers, also in transaction mode.
import {
  type Dialect,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

/** Below the 3 seconds that Discord gives for an answer. */
const CONNECT_MS = 2000;
/** For a server or a network that takes a query and never answers: longer than the server's own limit. */
const ANSWER_MARGIN_MS = 300;
const POOL_SIZE = 8;

/** How long a statement may take, in ms. */
export const STATEMENT_MS = 2500;
/** The same for migrations, which may make an index of a large table and wait for another process that migrates. */
export const MIGRATION_MS = 60_000;

/**
 * What is sent while connecting. Poolers refuse parameters that they do not know, such as `statement_timeout`
 * (https://www.pgbouncer.org/config.html, `ignore_startup_parameters`).
 */
function settings(url: string) {
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS + ANSWER_MARGIN_MS,
    keepAlive: true,
    application_name: 'guidepost',
  };
}

/**
 * A dialect with a pool of its own.
 * @param statementMs how long the server works on one statement
 */
export function postgresDialect(
  url: string,
  { log, clock, statementMs = STATEMENT_MS }: { log: Logger; clock: Clock; statementMs?: number },
): Dialect {
  const pool = new pg.Pool({ ...settings(url), max: POOL_SIZE, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
  // Without listeners, a connection that is lost while no query waits on it would end the process: the pool reports
  // those that lie idle, a client those that are in use, as between two queries of a transaction.
  const lose = (error: Error) => log.debug({ err: error }, 'database connection lost');
  pool.on('error', lose);
  pool.on('connect', (client) => client.on('error', lose));
  const limited: PostgresPool = {
    connect: async () => new LimitedClient(await pool.connect(), clock, statementMs),
    end: () => pool.end(),
  };
  return new PostgresDialect({ pool: limited });
}

/**
 * A connection of the pool whose statements have a time limit on the server. The limit is set inside a transaction, and
 * a statement outside one gets one of its own: a setting of the session would reach other clients of a pooler in
 * transaction mode. A connection whose state is not known goes back to the pool as broken, and only that one.
 */
class LimitedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #clock: Clock;
  readonly #statementMs: number;
  #isInTransaction = false;
  #isBroken = false;

  constructor(client: pg.PoolClient, clock: Clock, statementMs: number) {
    this.#client = client;
    this.#clock = clock;
    this.#statementMs = statementMs;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    statement: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof statement !== 'string') throw new TypeError('cursors are not used here');
    return this.#run<R>(statement, parameters);
  }

  release(): void {
    this.#client.release(this.#isBroken || this.#isInTransaction);
  }

  async #run<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const limitMs = this.#statementMs + ANSWER_MARGIN_MS;
    if (/^(begin|start transaction)\b/.test(statement)) {
      await this.#begin(statement, limitMs);
      return { command: 'SELECT', rowCount: 0, rows: [] };
    }
    if (statement === 'commit' || statement === 'rollback') this.#isInTransaction = false;
    else if (!this.#isInTransaction) return this.#runAlone(statement, parameters, this.#clock.monotonic() + limitMs);
    return this.#send(statement, parameters, limitMs);
  }

  /** One statement in a transaction of its own, all of it within the time limit. */
  async #runAlone<R>(statement: string, parameters: readonly unknown[], until: number) {
    const left = () => Math.max(until - this.#clock.monotonic(), 1);
    await this.#begin('begin', left());
    try {
      const result = await this.#send<R>(statement, parameters, left());
      await this.#send('commit', [], left());
      return result;
    } catch (error) {
      if (!this.#isBroken) await this.#send('rollback', [], left()).catch(() => undefined);
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /** Begins a transaction and sets its limit in one message. */
  async #begin(statement: string, limitMs: number): Promise<void> {
    await this.#send(`${statement}; set local statement_timeout = ${this.#statementMs}`, [], limitMs);
    this.#isInTransaction = true;
  }

  async #send<R>(text: string, values: readonly unknown[], limitMs: number): Promise<PostgresQueryResult<R>> {
    const query = { text, values: [...values], query_timeout: Math.ceil(limitMs) };
    try {
      const result = await this.#client.query(query);
      // Kysely looks for the few commands that it knows among those of the server.
      return result as PostgresQueryResult<R>;
    } catch (error) {
      // After a time limit of our own the query may still be running there.
      if (!(error instanceof pg.DatabaseError)) this.#isBroken = true;
      throw error;
    }
  }
}

/** One connection that lives until it is ended or lost. @param onLost called once, when it is lost */
export async function connectClient(url: string, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client(settings(url));
  let isEnding = false;
  const lose = () => {
    if (isEnding) return;
    isEnding = true;
    onLost();
  };
  client.on('error', lose);
  client.on('end', lose);
  try {
    await client.connect();
  } catch (error) {
    isEnding = true;
    client.end().catch(() => undefined);
    throw error;
  }
  return client;
}

/** Ends a connection without waiting for a server that does not answer. */
export function endClient(client: pg.Client): void {
  client.removeAllListeners('end');
  client.end().catch(() => undefined);
}

/** @throws whatever the driver throws where no connection can be made or it answers nothing */
export async function checkServer(url: string): Promise<void> {
  const client = await connectClient(url, () => undefined);
  try {
    await client.query('select 1');
  } finally {
    endClient(client);
  }
}
