// PostgreSQL: a pool for queries, and single connections for listening. Works through poolers, including in transaction
// mode.
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

/** Less than the 3 seconds in which an interaction must be answered. */
const CONNECT_TIMEOUT_MS = 2000;
/** Added to the server's statement timeout: how long to wait for a server or network that never responds. */
const RESPONSE_MARGIN_MS = 300;
const POOL_SIZE = 8;

/** How long a statement may take, in ms. */
const STATEMENT_TIMEOUT_MS = 2500;
/** For migrations, which may index a large table and wait for another process that migrates. */
export const MIGRATION_TIMEOUT_MS = 60_000;

/**
 * Without `statement_timeout`: poolers refuse startup parameters that they don't know
 * (https://www.pgbouncer.org/config.html, `ignore_startup_parameters`).
 */
function connectionOptions(url: string) {
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + RESPONSE_MARGIN_MS,
    keepAlive: true,
    application_name: 'guidepost',
  };
}

/**
 * A Kysely dialect with its own pool.
 * @param statementMs how long the server works on one statement
 */
export function postgresDialect(
  url: string,
  { log, clock, statementMs = STATEMENT_TIMEOUT_MS }: { log: Logger; clock: Clock; statementMs?: number },
): Dialect {
  const pool = new pg.Pool({
    ...connectionOptions(url),
    max: POOL_SIZE,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  // Without listeners, a connection that is lost while no query is running would end the process. The pool reports idle
  // connections, a client those in use, such as between two queries of a transaction.
  const onLost = (error: Error) => log.debug({ err: error }, 'database connection lost');
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  const limited: PostgresPool = {
    connect: async () => new TimeLimitedClient(await pool.connect(), clock, statementMs),
    end: () => pool.end(),
  };
  return new PostgresDialect({ pool: limited });
}

/**
 * A pooled connection whose statements have a timeout on the server. The timeout is set inside a transaction, and a
 * statement outside of one gets its own transaction: a session setting would affect other clients of a pooler in
 * transaction mode. Only a connection in an unknown state is discarded.
 */
class TimeLimitedClient implements PostgresPoolClient {
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
    const limitMs = this.#statementMs + RESPONSE_MARGIN_MS;
    if (/^(begin|start transaction)\b/.test(statement)) {
      await this.#begin(statement, limitMs);
      return { command: 'SELECT', rowCount: 0, rows: [] };
    }
    if (statement === 'commit' || statement === 'rollback') this.#isInTransaction = false;
    else if (!this.#isInTransaction) return this.#runAlone(statement, parameters, this.#clock.monotonic() + limitMs);
    return this.#send(statement, parameters, limitMs);
  }

  /** Runs one statement in its own transaction, all within the time limit. */
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

  /** Begins a transaction and sets its timeout in one round trip. */
  async #begin(statement: string, limitMs: number): Promise<void> {
    await this.#send(`${statement}; set local statement_timeout = ${this.#statementMs}`, [], limitMs);
    this.#isInTransaction = true;
  }

  async #send<R>(text: string, values: readonly unknown[], limitMs: number): Promise<PostgresQueryResult<R>> {
    const query = { text, values: [...values], query_timeout: Math.ceil(limitMs) };
    try {
      const result = await this.#client.query(query);
      // Kysely types `command` as the few commands that it knows; pg returns any string.
      return result as PostgresQueryResult<R>;
    } catch (error) {
      // After a timeout on our side, the query may still be running on the server.
      if (!(error instanceof pg.DatabaseError)) this.#isBroken = true;
      throw error;
    }
  }
}

/** Opens a single connection. @param onLost called once, when it is lost */
export async function connectClient(url: string, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client(connectionOptions(url));
  let isEnding = false;
  const handleLoss = () => {
    if (isEnding) return;
    isEnding = true;
    onLost();
  };
  client.on('error', handleLoss);
  client.on('end', handleLoss);
  try {
    await client.connect();
  } catch (error) {
    isEnding = true;
    client.end().catch(() => undefined);
    throw error;
  }
  return client;
}

/** Ends a connection without waiting for the server. */
export function endClient(client: pg.Client): void {
  client.removeAllListeners('end');
  client.end().catch(() => undefined);
}

/** @throws the driver's error if the server can't be reached or doesn't answer */
export async function pingServer(url: string): Promise<void> {
  const client = await connectClient(url, () => undefined);
  try {
    await client.query('select 1');
  } finally {
    endClient(client);
  }
}
