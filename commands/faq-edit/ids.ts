// The custom_ids of /faq-edit: what to do, and with which topic. They carry no secret and need no state on the server.
import { isOwnTopic, isPageTopic } from '../../src/replies/topic-id.ts';

const PREFIX = 'e1:';
/** The largest integer of the database's column. */
const MAX_NUMBER = 2 ** 31 - 1;

export const EDIT_ACTIONS = [
  'add',
  'change',
  'remove',
  'history',
  'import',
  'again',
  'export',
  'save',
  'rewrite',
] as const;
type EditAction = (typeof EDIT_ACTIONS)[number];

export interface EditId {
  readonly action: EditAction;
  /**
   * The revision that was shown (0: none); in a history, the revision to continue before; for an import, how many
   * replies it saves; for an export, the number of the next file.
   */
  readonly number: number;
  /** The topic; for an export, the one to continue after; for an import, empty. */
  readonly topic: string;
  /** Of an import's plan. Ids from version 1.0.0 have none. */
  readonly digest?: string | undefined;
}

const DIGEST = /^[\w-]{16}$/;

/** Writes a custom_id. It has at most 100 characters, because a topic has at most 81. */
export function writeEditId({ action, number, topic, digest = '' }: EditId): string {
  return `${PREFIX}${action}:${number.toString(36)}:${topic}${digest}`;
}

/** Reads one; undefined for anything else. */
export function readEditId(customId: string): EditId | undefined {
  if (!customId.startsWith(PREFIX)) return undefined;
  const [name, digits = '', ...rest] = customId.slice(PREFIX.length).split(':');
  const action = EDIT_ACTIONS.find((one) => one === name);
  const number = Number.parseInt(digits, 36);
  const topic = rest.join(':');
  if (!action || !Number.isSafeInteger(number) || number < 0 || number > MAX_NUMBER) return undefined;
  if (action === 'import' && DIGEST.test(topic)) return { action, number, topic: '', digest: topic };
  return topic === '' || isOwnTopic(topic) || isPageTopic(topic) ? { action, number, topic } : undefined;
}

/** Whether a custom_id belongs to /faq-edit. */
export function isEditId(customId: string): boolean {
  return readEditId(customId) !== undefined;
}
