// The tables. The same on SQLite and PostgreSQL: text, integers, nothing that only one of them has.

/**
 * A revision of a reply; rows are added and never changed.
 * Times are ISO 8601 text in UTC with milliseconds: always 24 characters, so that text order is time order, readable in
 * any database tool, and the same from both drivers (a bigint would come back as text from PostgreSQL).
 */
export interface RevisionRow {
  guild_id: string;
  topic: string;
  /** Counts from 1 in each topic. */
  number: number;
  title: string;
  text: string;
  /** A JSON list of strings. */
  aliases: string;
  state: 'shown' | 'removed';
  action: 'add' | 'change' | 'remove' | 'undo' | 'import';
  author_id: string;
  saved_at: string;
  /** The interaction that asked for it. */
  cause: string;
}

export interface PinRow {
  guild_id: string;
  channel_id: string;
  message_id: string;
  topic: string;
  /** A digest of what the message shows now. */
  shown_hash: string;
  state: 'alive' | 'gone';
  gone_reason: string | null;
  pinned_by: string;
  pinned_at: string;
  checked_at: string;
  /** When the next edit may be tried; while a process edits the message, until when it has it to itself. */
  next_try_at: string | null;
  /** Failed edits in a row; null counts as 0. */
  failures: number | null;
  /** Why the last edit failed. */
  problem: string | null;
}

/** Who holds a named lock, and until when by the database's clock. */
export interface LockRow {
  name: string;
  owner: string;
  expires_at: string;
}

/** How often something happened in a guild on a day. Who did it is written nowhere. */
export interface CountRow {
  guild_id: string;
  /** `YYYY-MM-DD` in UTC. */
  day: string;
  kind: 'seen' | 'left' | 'followed' | 'helped' | 'not-helped' | 'asked' | 'shown';
  /** What it happened to: a page, a topic, or how a question was answered. */
  subject: string;
  n: number;
}

/** A question that found no answer: its words and the day, nothing about who asked. */
export interface QuestionRow {
  guild_id: string;
  /** `YYYY-MM-DD` in UTC: a time of day would tell who asked to those who were there. */
  asked_on: string;
  id: string;
  text: string;
}

/** A server of which something is stored, and whether the bot is in it. */
export interface ServerRow {
  guild_id: string;
  /** The bot's application that was listed there: another bot on the same database is no sign of having left. */
  application_id: string;
  /** When it was last seen to be in the server, to the day or so. */
  listed_at: string;
  /** When it was first found missing; null while it is there. */
  left_at: string | null;
}

/** When the replies of a server last changed. Rows go after an hour. */
export interface ChangeRow {
  guild_id: string;
  /** By the database's clock, with milliseconds at least: any other value is another change. */
  changed_at: string;
}

export interface Tables {
  revisions: RevisionRow;
  pins: PinRow;
  locks: LockRow;
  counts: CountRow;
  questions: QuestionRow;
  servers: ServerRow;
  changes: ChangeRow;
}
