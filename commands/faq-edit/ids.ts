// The custom_ids of /faq-edit: what to do, and with which topic. They carry names, no secret, and need no memory.
import { isOwnTopic, isPageTopic } from '../../src/replies/topic-id.ts';

const PREFIX = 'e1:';
/** The largest number that the database has room for. */
const MOST_REVISIONS = 2 ** 31 - 1;

export const EDIT_ACTIONS = ['add', 'change', 'remove', 'history', 'import', 'again', 'export'] as const;
export type EditAction = (typeof EDIT_ACTIONS)[number];

export interface EditId {
  readonly act: EditAction;
  /**
   * The revision that the person was shown (0: none), the one to go on before in a history, how many replies an import
   * saves, or the number of the next file of an export.
   */
  readonly revision: number;
  /** The topic; for an export the one to go on after, for an import none. */
  readonly topic: string;
  /** Of the plan of an import. Ids that version 1.0.0 wrote have none. */
  readonly digest?: string | undefined;
}

const DIGEST = /^[\w-]{16}$/;

/** Writes a custom_id: at most 100 characters, for a topic has 81 at most. */
export function writeEditId({ act, revision, topic, digest = '' }: EditId): string {
  return `${PREFIX}${act}:${revision.toString(36)}:${topic}${digest}`;
}

/** Reads one; undefined for anything else. */
export function readEditId(customId: string): EditId | undefined {
  if (!customId.startsWith(PREFIX)) return undefined;
  const [name, count = '', ...topic] = customId.slice(PREFIX.length).split(':');
  const act = EDIT_ACTIONS.find((one) => one === name);
  const revision = Number.parseInt(count, 36);
  const id = { revision, topic: topic.join(':') };
  if (!act || !Number.isSafeInteger(revision) || Math.abs(revision) > MOST_REVISIONS) return undefined;
  if (act === 'import' && DIGEST.test(id.topic)) return { act, revision, topic: '', digest: id.topic };
  return id.topic === '' || isOwnTopic(id.topic) || isPageTopic(id.topic) ? { act, ...id } : undefined;
}

/** Whether a custom_id belongs to /faq-edit. */
export function isEditId(customId: string): boolean {
  return readEditId(customId) !== undefined;
}
