// Every change of the schema, oldest first. Forward only: a migration that has been released is never edited.
// A migration of PostgreSQL only adds, so that a process of the version before can run on beside a newer one.
import { type Kysely, SqliteAdapter, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { StoreError } from './errors.ts';

/** Names sort in the order in which they run. */
const MIGRATIONS: Record<string, (db: Kysely<unknown>) => Promise<void>> = {
  '0001-replies-and-pins': createRepliesAndPins,
  '0002-counts-and-questions': createCountsAndQuestions,
  '0003-servers': createServers,
  '0004-pin-retries': addPinRetries,
  '0005-changes': createChanges,
};

/** The names of all migrations that this version of the bot knows, in their order. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS).sort();

/** The table of Kysely's own migrator, with which version 1.0.0 migrated. */
const TABLE = 'kysely_migration';
/** The advisory lock that it holds meanwhile. */
const KYSELY_LOCK = '3853314791062309107';

/**
 * Brings the schema up to date, all of it or nothing. Several processes may do so at once: PostgreSQL holds an advisory
 * lock of the transaction meanwhile, SQLite the write lock of its file. Writes nothing where nothing is to be done.
 *
 * Kysely's migrator is not used: its lock belongs to the session, which a pooler hands on to others, and it takes
 * migrations for corrupted that ran while the clock was wrong.
 * @param beforeUpgrade called before the first migration of a database that an older version made
 * @throws {StoreError} of the kind `newer` where a newer version has migrated it; else whatever the driver throws
 */
export async function migrate(
  db: Kysely<unknown>,
  clock: Clock,
  beforeUpgrade: (first: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const applied = await appliedMigrations(db);
  const [first] = pendingOf(applied);
  if (first === undefined) return;
  if (applied.length > 0) await beforeUpgrade(first);
  await db.transaction().execute(async (trx) => {
    if (!isSqlite(trx)) await sql`select pg_advisory_xact_lock(${sql.lit(KYSELY_LOCK)}::bigint)`.execute(trx);
    await trx.schema
      .createTable(TABLE)
      .ifNotExists()
      .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
      .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
      .execute();
    for (const name of pendingOf(await appliedMigrations(trx))) {
      await MIGRATIONS[name]?.(trx);
      const timestamp = new Date(clock.now()).toISOString();
      await sql`insert into ${sql.table(TABLE)} (name, timestamp) values (${name}, ${timestamp})`.execute(trx);
    }
  });
}

/** The migrations that a database has gone through; none where it has none of the bot's tables yet. */
async function appliedMigrations(db: Kysely<unknown>): Promise<string[]> {
  const exists = isSqlite(db)
    ? sql`select 1 from sqlite_master where type = 'table' and name = ${TABLE}`
    : sql`select 1 where to_regclass(${TABLE}) is not null`;
  if ((await exists.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
}

/** @throws {StoreError} where some of the applied ones are not known here */
function pendingOf(applied: readonly string[]): string[] {
  const unknown = applied.filter((name) => !MIGRATION_NAMES.includes(name)).sort();
  if (unknown.length > 0) {
    throw new StoreError(
      'newer',
      `the database was made by a newer version of the bot (${unknown.join(', ')}): run that version again, or restore the backup from before the upgrade`,
    );
  }
  return MIGRATION_NAMES.filter((name) => !applied.includes(name));
}

function isSqlite(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

async function createRepliesAndPins(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('revisions')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('aliases', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('author_id', 'text', (column) => column.notNull())
    .addColumn('saved_at', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    // The key also finds a guild's replies and a topic's newest revision, and lets one of two racing writers win.
    .addPrimaryKeyConstraint('revisions_key', ['guild_id', 'topic', 'number'])
    .execute();
  // An interaction that Discord delivers twice saves once …
  await db.schema
    .createIndex('revisions_cause')
    .unique()
    .on('revisions')
    .columns(['guild_id', 'cause', 'topic'])
    .execute();
  // … also where the topic is made up anew each time, as it is for a new reply.
  await db.schema
    .createIndex('revisions_added')
    .unique()
    .on('revisions')
    .columns(['guild_id', 'cause'])
    .where(sql.ref('action'), '=', 'add')
    .execute();

  await db.schema
    .createTable('pins')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('topic', 'text', (column) => column.notNull())
    .addColumn('shown_hash', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('gone_reason', 'text')
    .addColumn('pinned_by', 'text', (column) => column.notNull())
    .addColumn('pinned_at', 'text', (column) => column.notNull())
    .addColumn('checked_at', 'text', (column) => column.notNull())
    // Also the order in which a refresh walks through all pins.
    .addPrimaryKeyConstraint('pins_key', ['channel_id', 'message_id'])
    .execute();
  await db.schema
    .createIndex('pins_alive')
    .unique()
    .on('pins')
    .columns(['channel_id', 'topic'])
    .where(sql.ref('state'), '=', 'alive')
    .execute();
  await db.schema.createIndex('pins_guild').on('pins').columns(['guild_id', 'topic']).execute();
  await db.schema.createIndex('pins_topic').on('pins').columns(['topic']).execute();

  await db.schema
    .createTable('locks')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
}

async function createCountsAndQuestions(db: Kysely<unknown>): Promise<void> {
  const counts = db.schema
    .createTable('counts')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('counts_key', ['guild_id', 'day', 'kind', 'subject']);
  const questions = db.schema
    .createTable('questions')
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('asked_on', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('questions_key', ['guild_id', 'asked_on', 'id']);
  // SQLite would keep the rows and, beside them, an index that repeats nearly all of each: twice the file.
  for (const table of [counts, questions]) {
    await (isSqlite(db) ? table.modifyEnd(sql`without rowid`) : table).execute();
  }
}

async function createServers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('servers')
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('listed_at', 'text', (column) => column.notNull())
    .addColumn('left_at', 'text')
    .execute();
}

/** Only adds columns that may be empty: a process of version 1.0 goes on writing the others. */
async function addPinRetries(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('pins').addColumn('next_try_at', 'text').execute();
  await db.schema.alterTable('pins').addColumn('failures', 'integer').execute();
  await db.schema.alterTable('pins').addColumn('problem', 'text').execute();
  await db.schema
    .createIndex('pins_next_try')
    .on('pins')
    .columns(['next_try_at'])
    .where(sql.ref('next_try_at'), 'is not', null)
    .execute();
}

/**
 * When the replies of a server last changed, for processes that hear no notifications. The table may be there: a backup
 * of version 1.0.0 restored over a database removes what is in the backup, and no other table.
 */
async function createChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('changes')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute();
}
