// Checks a PostgreSQL database: connection, permissions, schema version, notifications.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { parsePostgresUrl } from '../database-url.ts';
import { connectClient, endClient } from '../store/postgres.ts';
import { type DoctorFinding, hint, problem } from './finding.ts';
import { decodePercent, type Redact } from './redact.ts';
import { checkSchema } from './schema.ts';

/** How long a notification may take to arrive, in ms. */
const NOTIFICATION_TIMEOUT_MS = 2000;

/** @param url the value of DATABASE_URL */
export async function checkPostgres(url: string, redact: Redact): Promise<DoctorFinding[]> {
  const server = parseServer(url);
  let client: pg.Client;
  try {
    client = await connectClient(url, () => undefined);
  } catch (error) {
    return [explainError(error, server, redact)];
  }
  const findings: DoctorFinding[] = [];
  try {
    const found = await inspectDatabase(client, server);
    findings.push(found);
    if (found.level !== 'problem') findings.push(...(await checkNotifications(url, client, server)));
  } catch (error) {
    findings.push(explainError(error, server, redact));
  } finally {
    endClient(client);
  }
  return findings;
}

/** Whether a notification from one connection reaches another. Poolers in transaction mode drop it or refuse LISTEN. */
async function checkNotifications(
  url: string,
  listening: pg.Client,
  { address }: PostgresServer,
): Promise<DoctorFinding[]> {
  const channel = `guidepost_doctor_${randomUUID().replaceAll('-', '')}`;
  const timeout = new AbortController();
  const received = new Promise<boolean>((resolve) => listening.once('notification', () => resolve(true)));
  const notifying = await connectClient(url, () => undefined);
  try {
    await listening.query(`listen ${channel}`);
    await notifying.query(`notify ${channel}`);
    const late = sleep(NOTIFICATION_TIMEOUT_MS, false, { signal: timeout.signal }).catch(() => false);
    if (await Promise.race([received, late])) return [];
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
  } finally {
    timeout.abort();
    endClient(notifying);
  }
  const text = `${address} does not pass on notifications (LISTEN), like a pooler in transaction mode`;
  const advice =
    'The bot works: several processes poll for changes every 1.5 s. For notifications, set DATABASE_URL to the server itself, or to the pooler’s address for session mode.';
  return [hint('database', text, advice)];
}

interface PostgresServer {
  readonly user: string;
  readonly database: string;
  /** `host:port` */
  readonly address: string;
}

/** The parts of a URL that passed the environment check, as the driver reads them. `?host=` may name a Unix socket. */
function parseServer(url: string): PostgresServer {
  const parts = parsePostgresUrl(url);
  const from = (name: string) => parts?.searchParams.get(name) ?? '';
  const hostname = URL.canParse(url) ? decodePercent(new URL(url).hostname) : '';
  const user = from('user') || decodePercent(parts?.username ?? '') || process.env.PGUSER || process.env.USER || '';
  const host = from('host') || hostname || process.env.PGHOST || 'localhost';
  const port = from('port') || parts?.port || process.env.PGPORT || '5432';
  const database = decodePercent(parts?.pathname.slice(1) ?? '') || process.env.PGDATABASE || user;
  return { user, database, address: `${host}:${port}` };
}

async function inspectDatabase(client: pg.Client, { user, database, address }: PostgresServer): Promise<DoctorFinding> {
  const { rows: states } = await client.query(
    `select current_setting('transaction_read_only') = 'on' as is_read_only, current_schema() as schema,
      has_schema_privilege(current_schema(), 'create') as may_create, to_regclass('kysely_migration') is not null as has_tables`,
  );
  const { is_read_only, schema, may_create, has_tables } = states[0];
  const name = `PostgreSQL database ${database} at ${address}`;
  if (is_read_only === true) {
    const advice = 'Set DATABASE_URL to the primary server: a standby is read-only.';
    return problem('database', `${name} is read-only`, advice);
  }
  if (has_tables !== true) {
    if (may_create === true) return checkSchema(name, undefined);
    return problem(
      'database',
      `${name}: the user ${user} is not allowed to create tables`,
      `As the database’s owner run: grant create on schema ${schema ?? 'public'} to "${user}";`,
    );
  }
  const { rows } = await client.query('select name from kysely_migration order by name');
  return checkSchema(
    name,
    rows.map(({ name: migration }) => String(migration)),
  );
}

const PERCENT_ENCODING = 'Characters such as @ / # ? % in it must be percent-encoded (@ as %40).';

function explainError(error: unknown, { user, database, address }: PostgresServer, redact: Redact): DoctorFinding {
  const { code, syscall, message } = errorDetails(error);
  const found = (text: string, advice: string) => problem('database', text, advice);
  if (code === '28P01' || /password must be a string/.test(message)) {
    const text = `PostgreSQL at ${address} rejects the password of the user ${user}`;
    return found(text, `Fix the password in DATABASE_URL. ${PERCENT_ENCODING}`);
  }
  if (code.startsWith('28')) {
    const text = `PostgreSQL at ${address} rejects the user ${user}`;
    return found(
      text,
      'Check the user in DATABASE_URL: it must exist (createuser), and pg_hba.conf must allow it from here.',
    );
  }
  if (code === '3D000') {
    const text = `PostgreSQL at ${address} has no database ${database}`;
    return found(
      text,
      `Create it on that server: createdb --owner="${user}" "${database}". Or fix the name in DATABASE_URL.`,
    );
  }
  if (code === '57P03')
    return found(`PostgreSQL at ${address} is starting or shutting down`, 'Run this again in a minute.');
  if (code === '53300') {
    const text = `PostgreSQL at ${address} has no free connection`;
    return found(text, 'Raise max_connections, or close other connections. Each process of the bot uses up to 10.');
  }
  if (syscall === 'open') {
    const text = `a file that DATABASE_URL names cannot be read: ${redact(message)}`;
    return found(text, 'Fix sslrootcert, sslcert or sslkey in DATABASE_URL, or make the file readable.');
  }
  if (/SSL|certificate|self.signed/i.test(`${code} ${message}`)) {
    const text = `PostgreSQL at ${address}: the encrypted connection failed: ${redact(message)}`;
    return found(text, 'Check sslmode in DATABASE_URL, and set sslrootcert to the server’s certificate.');
  }
  if (/^E[A-Z]{4,}/.test(code) || /timeout|terminated/.test(message)) {
    const text = `PostgreSQL at ${address} can’t be reached: ${code || redact(message)}`;
    return found(text, 'Check that it is running, the host and port in DATABASE_URL, and firewalls in between.');
  }
  return found(`PostgreSQL at ${address} can’t be used: ${redact(message)}`, 'Check PostgreSQL’s log.');
}

function errorDetails(error: unknown): { code: string; syscall: string; message: string } {
  if (!(error instanceof Error)) return { code: '', syscall: '', message: String(error) };
  const code = 'code' in error ? String(error.code) : '';
  return { code, syscall: 'syscall' in error ? String(error.syscall) : '', message: error.message };
}
