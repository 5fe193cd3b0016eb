// The custom_ids of /faq-edit: what to do, and with which topic. They carry names, no secret, and need no memory.
import { isOwnTopic, isPageTopic } from '../../src/faq/topic.ts';

const PREFIX = 'e1:';
/** The largest number that the database has room for. */
const MOST_REVISIONS = 2 ** 31 - 1;

export const ACTS = ['add', 'change', 'remove', 'history', 'import', 'again'] as const;
export type Act = (typeof ACTS)[number];

export interface EditId {
  readonly act: Act;
  /** The revision that the person was shown (0: none), or the one to go on before in a history. */
  readonly revision: number;
  readonly topic: string;
}

/** Writes a custom_id: at most 100 characters, for a topic has 81 at most. */
export function writeEditId({ act, revision, topic }: EditId): string {
  return `${PREFIX}${act}:${revision.toString(36)}:${topic}`;
}

/** Reads one; undefined for anything else. */
export function readEditId(customId: string): EditId | undefined {
  if (!customId.startsWith(PREFIX)) return undefined;
  const [name, count = '', ...topic] = customId.slice(PREFIX.length).split(':');
  const act = ACTS.find((one) => one === name);
  const revision = Number.parseInt(count, 36);
  const id = { revision, topic: topic.join(':') };
  if (!act || !Number.isSafeInteger(revision) || Math.abs(revision) > MOST_REVISIONS) return undefined;
  return id.topic === '' || isOwnTopic(id.topic) || isPageTopic(id.topic) ? { act, ...id } : undefined;
}

/** Whether a custom_id belongs to /faq-edit. */
export function isEditId(customId: string): boolean {
  return readEditId(customId) !== undefined;
}
