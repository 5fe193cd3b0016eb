// PostgreSQL: whether it can be reached and used, and what is in it.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postgresUrl } from '../database-url.ts';
import { connectClient, endClient } from '../store/postgres.ts';
import { type DoctorFinding, hint, problem } from './finding.ts';
import { decoded, type Redact } from './foreign.ts';
import { judgeSchema } from './schema.ts';

/** How long a notification may take to arrive, in ms. */
const NOTIFICATION_MS = 2000;

/** @param url as DATABASE_URL names it */
export async function checkPostgres(url: string, conceal: Redact): Promise<DoctorFinding[]> {
  const server = serverOf(url);
  let client: pg.Client;
  try {
    client = await connectClient(url, () => undefined);
  } catch (error) {
    return [explain(error, server, conceal)];
  }
  const findings: DoctorFinding[] = [];
  try {
    const found = await look(client, server);
    findings.push(found);
    if (found.level !== 'problem') findings.push(...(await checkNotifications(url, client, server)));
  } catch (error) {
    findings.push(explain(error, server, conceal));
  } finally {
    endClient(client);
  }
  return findings;
}

/** Whether a notification by one connection reaches another. Poolers in transaction mode lose it or refuse LISTEN. */
async function checkNotifications(url: string, listening: pg.Client, { place }: Server): Promise<DoctorFinding[]> {
  const channel = `guidepost_doctor_${randomUUID().replaceAll('-', '')}`;
  const timeout = new AbortController();
  const heard = new Promise<boolean>((hear) => listening.once('notification', () => hear(true)));
  const notifying = await connectClient(url, () => undefined);
  try {
    await listening.query(`listen ${channel}`);
    await notifying.query(`notify ${channel}`);
    const late = sleep(NOTIFICATION_MS, false, { signal: timeout.signal }).catch(() => false);
    if (await Promise.race([heard, late])) return [];
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
  } finally {
    timeout.abort();
    endClient(notifying);
  }
  const text = `what answers at ${place} does not pass on notifications (LISTEN), as a pooler in transaction mode`;
  const todo =
    'The bot works: several processes look for each other’s changes every 1.5 s. To have them notified, let DATABASE_URL name the server itself, or the pooler’s address for session mode.';
  return [hint('database', text, todo)];
}

interface Server {
  readonly user: string;
  readonly database: string;
  /** `host:port` */
  readonly place: string;
}

/** The parts of an address that the environment check let through. The host may be a unix socket that `?host=` names. */
function serverOf(url: string): Server {
  const parts = postgresUrl(url);
  const from = (name: string) => parts?.searchParams.get(name) ?? '';
  const hostname = URL.canParse(url) ? decoded(new URL(url).hostname) : '';
  const user = from('user') || decoded(parts?.username ?? '') || process.env.PGUSER || process.env.USER || '';
  const host = from('host') || hostname || process.env.PGHOST || 'localhost';
  const port = from('port') || parts?.port || process.env.PGPORT || '5432';
  const database = decoded(parts?.pathname.slice(1) ?? '') || process.env.PGDATABASE || user;
  return { user, database, place: `${host}:${port}` };
}

async function look(client: pg.Client, { user, database, place }: Server): Promise<DoctorFinding> {
  const { rows: states } = await client.query(
    `select current_setting('transaction_read_only') = 'on' as is_read_only, current_schema() as schema,
      has_schema_privilege(current_schema(), 'create') as may_create, to_regclass('kysely_migration') is not null as is_made`,
  );
  const { is_read_only, schema, may_create, is_made } = states[0];
  const name = `PostgreSQL database ${database} at ${place}`;
  if (is_read_only === true) {
    const todo = 'Let DATABASE_URL name the primary server: a standby takes no writes.';
    return problem('database', `${name} takes no writes`, todo);
  }
  if (is_made !== true) {
    if (may_create === true) return judgeSchema(name, undefined);
    return problem(
      'database',
      `${name}: the user ${user} may not make tables in it`,
      `As its owner run: grant create on schema ${schema ?? 'public'} to "${user}";`,
    );
  }
  const { rows } = await client.query('select name from kysely_migration order by name');
  return judgeSchema(
    name,
    rows.map(({ name: migration }) => String(migration)),
  );
}

const ENCODED = 'Signs such as @ / # ? % in it must be written as codes (@ as %40).';

function explain(error: unknown, { user, database, place }: Server, conceal: Redact): DoctorFinding {
  const { code, syscall, message } = factsOf(error);
  const found = (text: string, todo: string) => problem('database', text, todo);
  if (code === '28P01' || /password must be a string/.test(message)) {
    const text = `PostgreSQL at ${place} does not take the password of the user ${user}`;
    return found(text, `Correct the password in DATABASE_URL. ${ENCODED}`);
  }
  if (code.startsWith('28')) {
    const text = `PostgreSQL at ${place} does not let the user ${user} in`;
    return found(
      text,
      'Check the user in DATABASE_URL: it must exist (createuser), and pg_hba.conf must allow it from here.',
    );
  }
  if (code === '3D000') {
    const text = `PostgreSQL at ${place} has no database ${database}`;
    return found(
      text,
      `Make it on that server: createdb --owner="${user}" "${database}". Or correct the name in DATABASE_URL.`,
    );
  }
  if (code === '57P03') return found(`PostgreSQL at ${place} is starting or ending`, 'Run this again in a minute.');
  if (code === '53300') {
    const text = `PostgreSQL at ${place} has no connection free`;
    return found(
      text,
      'Raise max_connections, or end what holds the connections: each process of the bot uses up to 10.',
    );
  }
  if (syscall === 'open') {
    const text = `a file that DATABASE_URL names cannot be read: ${conceal(message)}`;
    return found(text, 'Correct sslrootcert, sslcert or sslkey in DATABASE_URL, or make the file readable.');
  }
  if (/SSL|certificate|self.signed/i.test(`${code} ${message}`)) {
    const text = `PostgreSQL at ${place}: no encrypted connection: ${conceal(message)}`;
    return found(text, 'Check sslmode in DATABASE_URL, and give the server’s certificate with sslrootcert.');
  }
  if (/^E[A-Z]{4,}/.test(code) || /timeout|terminated/.test(message)) {
    const text = `PostgreSQL at ${place} cannot be reached: ${code || conceal(message)}`;
    return found(text, 'Check that it runs, host and port in DATABASE_URL, and firewalls between here and there.');
  }
  return found(`PostgreSQL at ${place} cannot be used: ${conceal(message)}`, 'Look into the log of PostgreSQL.');
}

function factsOf(error: unknown): { code: string; syscall: string; message: string } {
  if (!(error instanceof Error)) return { code: '', syscall: '', message: String(error) };
  const code = 'code' in error ? String(error.code) : '';
  return { code, syscall: 'syscall' in error ? String(error.syscall) : '', message: error.message };
}
