// The tables. The same on SQLite and PostgreSQL: text and integers only.

/**
 * A revision of a reply. Rows are added and never changed.
 * Times are ISO 8601 text in UTC with milliseconds: always 24 characters, so that they sort by time, are readable in any
 * database tool, and are the same from both drivers (PostgreSQL's would return a bigint as text).
 */
export interface RevisionRow {
  guild_id: string;
  topic: string;
  /** Counts from 1 within a topic. */
  number: number;
  title: string;
  text: string;
  /** A JSON array of strings. */
  aliases: string;
  state: 'shown' | 'removed';
  action: 'add' | 'change' | 'remove' | 'undo' | 'import';
  author_id: string;
  saved_at: string;
  /** The id of the interaction that saved it. */
  cause: string;
}

export interface PinRow {
  guild_id: string;
  channel_id: string;
  message_id: string;
  topic: string;
  /** A digest of the message's current content. */
  shown_hash: string;
  state: 'alive' | 'gone';
  gone_reason: string | null;
  pinned_by: string;
  pinned_at: string;
  checked_at: string;
  /** When the next edit may be tried; during an edit, the end of the process's claim. */
  next_try_at: string | null;
  /** Failed edits in a row; null counts as 0. */
  failures: number | null;
  /** Why the last edit failed. */
  problem: string | null;
}

/** Who holds a named lock, and until when by the database's clock. */
interface LockRow {
  name: string;
  owner: string;
  expires_at: string;
}

/** How often something happened in a guild on a day. Who did it is not stored. */
export interface CountRow {
  guild_id: string;
  /** `YYYY-MM-DD` in UTC. */
  day: string;
  kind: 'seen' | 'left' | 'followed' | 'helped' | 'not-helped' | 'asked' | 'refused' | 'none' | 'shown' | 'post';
  /** What was counted: a page, a topic, or how a question was answered. */
  subject: string;
  n: number;
}

/** An unanswered question: its words and the day, nothing about who asked. */
export interface QuestionRow {
  guild_id: string;
  /** `YYYY-MM-DD` in UTC: a time of day could identify who asked. */
  asked_on: string;
  id: string;
  text: string;
}

/** A server with stored data, and whether the bot is in it. */
export interface ServerRow {
  guild_id: string;
  /** The bot's application in that server: another bot on the same database must not count as having left. */
  application_id: string;
  /** When the bot was last seen in the server, accurate to about a day. */
  listed_at: string;
  /** When the bot was first found missing; null while it is in the server. */
  left_at: string | null;
}

/** When the replies of a server last changed. Rows older than an hour are deleted, once an hour. */
interface ChangeRow {
  guild_id: string;
  /** The database's time, with milliseconds or finer: a different value means another change. */
  changed_at: string;
}

/** A setting of a server, one row each: two people who change different ones at the same time lose nothing. */
export interface SettingRow {
  guild_id: string;
  name: string;
  /** JSON, as defined by `servers/settings.ts`. */
  value: string;
  /** Null if the bot itself wrote it. */
  changed_by: string | null;
  changed_at: string;
}

/** A post in a forum that was read: it is never answered a second time. Its title is not stored, nor who wrote it. */
export interface PostRow {
  guild_id: string;
  thread_id: string;
  forum_id: string;
  /** `answered` is written before the answer is posted: it may not have arrived. */
  state: 'answered' | 'refused' | 'silent' | 'overtaken';
  read_at: string;
  /** When its answer was refused with “Not this”. */
  refused_at: string | null;
}

/** A question to the helpers that waits for an answer: where it was posted. Its text and who asked are not stored. */
export interface OpenQuestionRow {
  guild_id: string;
  /** The helpers' channel at that time. */
  channel_id: string;
  message_id: string;
  asked_at: string;
  /** `YYYY-MM-DD` in UTC: the last day on which the helpers were reminded of it. */
  listed_on: string | null;
}

export interface Tables {
  revisions: RevisionRow;
  pins: PinRow;
  locks: LockRow;
  counts: CountRow;
  questions: QuestionRow;
  servers: ServerRow;
  changes: ChangeRow;
  settings: SettingRow;
  posts: PostRow;
  open_questions: OpenQuestionRow;
}
