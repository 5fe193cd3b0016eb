// A reply of a server's own, as one of its revisions has it, and the errors of saving one.
import type { RevisionRow } from '../store/schema.ts';
import { type Draft, fitDraft } from './draft.ts';
import { idOf } from './topic-id.ts';

export type RevisionAction = RevisionRow['action'];

/** One revision of a topic: its words and who saved them. The newest one counts. */
export interface Reply extends Draft {
  readonly guildId: string;
  /** A page's name (this server's words over it) or `r:` and eight characters. */
  readonly topic: string;
  /** Whether members see it. A removed one keeps its words, to be brought back. */
  readonly state: RevisionRow['state'];
  /** Counts from 1. */
  readonly revision: number;
  readonly action: RevisionAction;
  readonly savedBy: string;
  readonly savedAt: Date;
}

/** How many replies a server shows at most, words over pages included. More of them would make other servers wait. */
export const MAX_REPLIES = 10_000;

/** What a removed reply is found by. */
export type RemovedReply = Pick<Reply, 'topic' | 'title' | 'aliases'>;

/** Another revision came in between. Nothing was saved; the caller still has the draft. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  /** The newest revision, also where that is removed; undefined where there is none any more. */
  readonly current: Reply | undefined;

  constructor(topic: string, current: Reply | undefined) {
    super(`${topic} was changed by somebody else in the meantime`);
    this.current = current;
  }
}

/** There is no such reply (any more), so that it cannot be changed, removed or undone. */
export class MissingReplyError extends Error {
  override readonly name = 'MissingReplyError';

  constructor(topic: string) {
    super(`there is no reply ${topic}`);
  }
}

/** The server would show more than `MAX_REPLIES`. Nothing was saved. */
export class TooManyRepliesError extends Error {
  override readonly name = 'TooManyRepliesError';
  /** How many more it was to show. */
  readonly added: number;

  constructor(added: number) {
    super(`a server has at most ${MAX_REPLIES} replies`);
    this.added = added;
  }
}

/** A row of the database as a reply, in words that can be saved again, whichever version saved them. */
export function toReply(row: RevisionRow): Reply {
  const { title, text } = row;
  const aliases: unknown = JSON.parse(row.aliases);
  return {
    ...fitDraft({ title, text, aliases: Array.isArray(aliases) ? aliases.map(String) : [] }, idOf(row.topic)),
    guildId: row.guild_id,
    topic: row.topic,
    state: row.state,
    revision: row.number,
    action: row.action,
    savedBy: row.author_id,
    savedAt: new Date(row.saved_at),
  };
}

/** Whether two drafts say the same. */
export function isSame(a: Draft, b: Draft): boolean {
  return (
    a.title === b.title &&
    a.text === b.text &&
    a.aliases.length === b.aliases.length &&
    a.aliases.every((alias, i) => alias === b.aliases[i])
  );
}
