// A database as version 1.0.0 left it: its tables, and a row in each.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import pg from 'pg';
import { sqlitePath } from '../../src/store/sqlite.ts';

/** For both databases; `without rowid` is for SQLite only. */
const TABLES = `
create table "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
create table "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
create table "revisions" ("guild_id" text not null, "topic" text not null, "number" integer not null, "title" text not null, "text" text not null, "aliases" text not null, "state" text not null, "action" text not null, "author_id" text not null, "saved_at" text not null, "cause" text not null, constraint "revisions_key" primary key ("guild_id", "topic", "number"));
create unique index "revisions_cause" on "revisions" ("guild_id", "cause", "topic");
create unique index "revisions_added" on "revisions" ("guild_id", "cause") where "action" = 'add';
create table "pins" ("guild_id" text not null, "channel_id" text not null, "message_id" text not null, "topic" text not null, "shown_hash" text not null, "state" text not null, "gone_reason" text, "pinned_by" text not null, "pinned_at" text not null, "checked_at" text not null, constraint "pins_key" primary key ("channel_id", "message_id"));
create unique index "pins_alive" on "pins" ("channel_id", "topic") where "state" = 'alive';
create index "pins_guild" on "pins" ("guild_id", "topic");
create index "pins_topic" on "pins" ("topic");
create table "locks" ("name" text primary key, "owner" text not null, "expires_at" text not null);
create table "counts" ("guild_id" text not null, "day" text not null, "kind" text not null, "subject" text not null, "n" integer not null, constraint "counts_key" primary key ("guild_id", "day", "kind", "subject")) without rowid;
create table "questions" ("guild_id" text not null, "asked_on" text not null, "id" text not null, "text" text not null, constraint "questions_key" primary key ("guild_id", "asked_on", "id")) without rowid;
create table "servers" ("guild_id" text primary key, "application_id" text not null, "listed_at" text not null, "left_at" text);
insert into "kysely_migration_lock" values ('migration_lock', 0);
`;

/** Its migrations. */
const APPLIED = ['0001-replies-and-pins', '0002-counts-and-questions', '0003-servers'].map(
  (name, i) => `insert into "kysely_migration" values ('${name}', '2026-11-26T09:28:49.38${i}Z');`,
);

/** Statements that create the tables. */
export function tablesOfVersion1(kind: 'SQLite' | 'PostgreSQL'): string {
  const tables = kind === 'SQLite' ? TABLES : TABLES.replaceAll(' without rowid', '');
  return `${tables}${APPLIED.join('\n')}`;
}

/** Statements that write one row in each table, as version 1.0.0 does. @param id makes the rows unique */
export function rowsOfVersion1(id: string): string[] {
  const insert = (table: string, columns: string, values: string) =>
    `insert into "${table}" (${columns}) values (${values})`;
  const time = '2026-11-26T09:00:00.000Z';
  return [
    insert(
      'revisions',
      '"guild_id", "topic", "number", "title", "text", "aliases", "state", "action", "author_id", "saved_at", "cause"',
      `'1', 'r:${id}', 1, 'Refunds', 'Ask the client.', '[]', 'shown', 'add', '2', '${time}', '${id}'`,
    ),
    insert(
      'pins',
      '"guild_id", "channel_id", "message_id", "topic", "shown_hash", "state", "gone_reason", "pinned_by", "pinned_at", "checked_at"',
      `'1', '${id}', '9', 'r:${id}', 'x', 'alive', null, '2', '${time}', '${time}'`,
    ),
    insert('locks', '"name", "owner", "expires_at"', `'${id}', 'o', '2000-01-01T00:00:00.000Z'`),
    `${insert('counts', '"guild_id", "day", "kind", "subject", "n"', `'1', '2026-11-26', 'seen', '${id}', 1`)} on conflict ("guild_id", "day", "kind", "subject") do update set "n" = "counts"."n" + 1`,
    insert('questions', '"guild_id", "asked_on", "id", "text"', `'1', '2026-11-26', '${id}', 'why'`),
    insert('servers', '"guild_id", "application_id", "listed_at", "left_at"', `'${id}', '3', '${time}', null`),
    `update "pins" set "shown_hash" = 'y', "checked_at" = '${time}' where "channel_id" = '${id}' and "message_id" = '9'`,
  ];
}

/** Runs statements as another program would. */
export async function execute(url: string, statements: readonly string[]): Promise<void> {
  if (isSqlite(url)) {
    const database = new Database(sqlitePath(url));
    for (const statement of statements) database.exec(statement);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Creates the tables in an empty database, with a row in each. @param id makes the rows unique */
export async function fillAsVersion1(url: string, id: string): Promise<void> {
  if (isSqlite(url)) mkdirSync(dirname(sqlitePath(url)), { recursive: true });
  await execute(url, [tablesOfVersion1(isSqlite(url) ? 'SQLite' : 'PostgreSQL'), ...rowsOfVersion1(id)]);
}

/** Whether a URL is that of a SQLite file, not of a PostgreSQL database. */
export function isSqlite(url: string): boolean {
  return url.startsWith('file:');
}
