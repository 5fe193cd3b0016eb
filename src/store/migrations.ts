// Every change of the schema, oldest first. Forward only: a migration that has been released is never edited.
import { type Kysely, type Migration, Migrator, SqliteAdapter, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** Names sort in the order in which they run. */
const MIGRATIONS: Record<string, Migration> = {
  '0001-replies-and-pins': { up: createRepliesAndPins },
  '0002-counts-and-questions': { up: createCountsAndQuestions },
  '0003-servers': { up: createServers },
  '0004-pin-retries': { up: addPinRetries },
};

/** The names of all migrations that this version of the bot knows, in their order. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS).sort();

/**
 * Brings the schema up to date. Several processes may do so at once: PostgreSQL holds an advisory lock meanwhile,
 * SQLite the write lock of its file.
 * @throws whatever the driver throws
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
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
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  for (const table of [counts, questions]) {
    await (isSqlite ? table.modifyEnd(sql`without rowid`) : table).execute();
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
