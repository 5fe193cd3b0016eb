// All schema migrations, oldest first. Forward only: a released migration is never edited.
// On PostgreSQL a migration only adds, so that a process of the previous version can run beside a newer one.
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { isoTime } from '../time.ts';
import { isSqlite } from './dialect.ts';
import { StoreError } from './errors.ts';

/** Since this one, helpers see questions without an answer: older ones stay with moderators. */
export const SETTINGS_MIGRATION = '0006-settings';

/** Names sort in the order in which they run. */
const MIGRATIONS: Record<string, (db: Kysely<unknown>) => Promise<void>> = {
  '0001-replies-and-pins': createReplyAndPinTables,
  '0002-counts-and-questions': createCountAndQuestionTables,
  '0003-servers': createServerTable,
  '0004-pin-retries': addPinRetryColumns,
  '0005-changes': createChangeTable,
  [SETTINGS_MIGRATION]: createSettingTables,
};

/** The names of all migrations that this version of the bot knows, in order. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS).sort();

/** The table of Kysely's migrator, which version 1.0.0 used. */
export const MIGRATION_TABLE = 'kysely_migration';
/** The advisory lock of Kysely's migrator. */
const KYSELY_LOCK = '3853314791062309107';

/**
 * Brings the schema up to date in one transaction. Several processes may call it at the same time: on PostgreSQL it
 * takes a transaction-level advisory lock, on SQLite the write lock of the file. Writes nothing if the schema is up to
 * date.
 *
 * Kysely's migrator is not used: its lock belongs to the session, which a pooler passes on to other clients, and it
 * reports migrations as corrupted that ran while the clock was wrong.
 * @param beforeUpgrade called with the name of the first pending migration, if an older version created the database
 * @throws {StoreError} of kind `newer` if a newer version has migrated it; otherwise the driver's errors
 */
export async function migrate(
  db: Kysely<unknown>,
  clock: Clock,
  beforeUpgrade: (first: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const applied = await appliedMigrations(db);
  const [first] = pendingMigrations(applied);
  if (first === undefined) return;
  if (applied.length > 0) await beforeUpgrade(first);
  await db.transaction().execute(async (trx) => {
    if (!isSqlite(trx)) await sql`select pg_advisory_xact_lock(${sql.lit(KYSELY_LOCK)}::bigint)`.execute(trx);
    await trx.schema
      .createTable(MIGRATION_TABLE)
      .ifNotExists()
      .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
      .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
      .execute();
    // The same for all: a database that is new shows the same time in each row.
    const timestamp = isoTime(clock.now());
    for (const name of pendingMigrations(await appliedMigrations(trx))) {
      await MIGRATIONS[name]?.(trx);
      await sql`insert into ${sql.table(MIGRATION_TABLE)} (name, timestamp) values (${name}, ${timestamp})`.execute(
        trx,
      );
    }
  });
}

/** The migrations that a database has; empty if it has none of the bot's tables yet. */
async function appliedMigrations(db: Kysely<unknown>): Promise<string[]> {
  const exists = isSqlite(db)
    ? sql`select 1 from sqlite_master where type = 'table' and name = ${MIGRATION_TABLE}`
    : sql`select 1 where to_regclass(${MIGRATION_TABLE}) is not null`;
  if ((await exists.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)}`.execute(db);
  return rows.map(({ name }) => name);
}

/** @throws {StoreError} if an applied migration is unknown to this version */
function pendingMigrations(applied: readonly string[]): string[] {
  const unknown = applied.filter((name) => !MIGRATION_NAMES.includes(name)).sort();
  if (unknown.length > 0) {
    throw new StoreError(
      'newer',
      `the database is from a newer version of the bot (${unknown.join(', ')}): run that version again, or restore the backup from before the upgrade`,
    );
  }
  return MIGRATION_NAMES.filter((name) => !applied.includes(name));
}

async function createReplyAndPinTables(db: Kysely<unknown>): Promise<void> {
  await createRevisionTable(db);
  await createPinTable(db);
  await db.schema
    .createTable('locks')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
}

async function createRevisionTable(db: Kysely<unknown>): Promise<void> {
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
    // The key also finds a guild's replies and a topic's latest revision, and makes one of two concurrent writers fail.
    .addPrimaryKeyConstraint('revisions_key', ['guild_id', 'topic', 'number'])
    .execute();
  // An interaction that Discord delivers twice is saved once; the next index does the same for a new reply, whose topic
  // is random.
  await db.schema
    .createIndex('revisions_cause')
    .unique()
    .on('revisions')
    .columns(['guild_id', 'cause', 'topic'])
    .execute();
  await db.schema
    .createIndex('revisions_added')
    .unique()
    .on('revisions')
    .columns(['guild_id', 'cause'])
    .where(sql.ref('action'), '=', 'add')
    .execute();
}

async function createPinTable(db: Kysely<unknown>): Promise<void> {
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
    // Also the order in which all pins are paged through.
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
}

async function createCountAndQuestionTables(db: Kysely<unknown>): Promise<void> {
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
  // With row ids, SQLite would store an index that repeats nearly all columns: twice the size.
  for (const table of [counts, questions]) {
    await (isSqlite(db) ? table.modifyEnd(sql`without rowid`) : table).execute();
  }
}

async function createServerTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('servers')
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('listed_at', 'text', (column) => column.notNull())
    .addColumn('left_at', 'text')
    .execute();
}

/** Adds nullable columns only: a process of version 1.0 keeps writing the others. */
async function addPinRetryColumns(db: Kysely<unknown>): Promise<void> {
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
 * When the replies of a server last changed, for processes that get no notifications. The table may already exist:
 * restoring a backup of version 1.0.0 over a database replaces only the tables in the backup.
 */
async function createChangeTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('changes')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.primaryKey())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute();
}

/**
 * A server's settings, the posts of its forums that were read, and questions to its helpers that wait for an answer. Like
 * the table of changes, they may already exist.
 */
async function createSettingTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('settings')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'text')
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('settings_key', ['guild_id', 'name'])
    .execute();
  await db.schema
    .createTable('posts')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('thread_id', 'text', (column) => column.notNull())
    .addColumn('forum_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('read_at', 'text', (column) => column.notNull())
    .addColumn('refused_at', 'text')
    .addPrimaryKeyConstraint('posts_key', ['guild_id', 'thread_id'])
    .execute();
  await db.schema
    .createIndex('posts_read')
    .ifNotExists()
    .on('posts')
    .columns(['guild_id', 'state', 'read_at'])
    .execute();
  await db.schema
    .createTable('open_questions')
    .ifNotExists()
    .addColumn('guild_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('listed_on', 'text')
    .addPrimaryKeyConstraint('open_questions_key', ['guild_id', 'message_id'])
    .execute();
}
