// PostgreSQL: a pool for the queries, single connections for listening and for locks.
import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';

/** All below the 3 seconds that Discord gives for an answer. */
const CONNECT_MS = 2000;
const STATEMENT_MS = 2500;
/** For a server that takes the query and never answers. */
const QUERY_MS = 2800;
const POOL_SIZE = 8;

function settings(url: string) {
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    application_name: 'guidepost',
  };
}

/** A dialect with a pool of its own. */
export function postgresDialect(url: string, log: Logger): Dialect {
  const pool = new pg.Pool({ ...settings(url), max: POOL_SIZE, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
  // Without listeners, a connection that is lost while no query waits on it would end the process: the pool reports
  // those that lie idle, a client those that are in use, as between two queries of a transaction.
  const lose = (error: Error) => log.debug({ err: error }, 'a connection to the database was lost');
  pool.on('error', lose);
  pool.on('connect', (client) => client.on('error', lose));
  return new PostgresDialect({ pool });
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
