// A server's own reply, as of one of its revisions, and the errors when saving one.
import type { RevisionRow } from '../store/schema.ts';
import { type Draft, repairDraft } from './draft.ts';
import { fileIdOf } from './topic-id.ts';

type RevisionAction = RevisionRow['action'];

/** One revision of a topic: its text and who saved it. The latest one is used. */
export interface Reply extends Draft {
  readonly guildId: string;
  /** A page's name (this server's override of the page) or `r:` and eight characters. */
  readonly topic: string;
  /** Whether members see it. A removed reply keeps its text and can be restored. */
  readonly state: RevisionRow['state'];
  /** Counts from 1. */
  readonly revision: number;
  readonly action: RevisionAction;
  readonly savedBy: string;
  readonly savedAt: Date;
}

/** The maximum number of replies of a server, including overrides of pages. More would slow down other servers. */
export const MAX_REPLIES = 10_000;

/** What is needed to find a removed reply. */
export type RemovedReply = Pick<Reply, 'topic' | 'title' | 'aliases'>;

/** Another moderator saved a revision meanwhile. Nothing was saved; the caller still has the draft. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  /** The latest revision, which may be removed; undefined if there is none. */
  readonly current: Reply | undefined;

  constructor(topic: string, current: Reply | undefined) {
    super(`${topic} was changed by someone else`);
    this.current = current;
  }
}

/** The reply doesn't exist (any more), so it can't be changed, removed or undone. */
export class MissingReplyError extends Error {
  override readonly name = 'MissingReplyError';

  constructor(topic: string) {
    super(`there is no reply ${topic}`);
  }
}

/** The server would have more than `MAX_REPLIES`. Nothing was saved. */
export class TooManyRepliesError extends Error {
  override readonly name = 'TooManyRepliesError';
  /** How many replies were to be added. */
  readonly added: number;

  constructor(added: number) {
    super(`a server can have at most ${MAX_REPLIES} replies`);
    this.added = added;
  }
}

/** Converts a row to a valid reply, even if an earlier version with other rules saved it. */
export function toReply(row: RevisionRow): Reply {
  const { title, text } = row;
  const aliases: unknown = JSON.parse(row.aliases);
  return {
    ...repairDraft({ title, text, aliases: Array.isArray(aliases) ? aliases.map(String) : [] }, fileIdOf(row.topic)),
    guildId: row.guild_id,
    topic: row.topic,
    state: row.state,
    revision: row.number,
    action: row.action,
    savedBy: row.author_id,
    savedAt: new Date(row.saved_at),
  };
}

/** Whether two drafts have the same content. */
export function isSameDraft(a: Draft, b: Draft): boolean {
  return (
    a.title === b.title &&
    a.text === b.text &&
    a.aliases.length === b.aliases.length &&
    a.aliases.every((alias, i) => alias === b.aliases[i])
  );
}
