// The custom_ids of /faq-edit: what to do, and with which topic. They carry names, no secret, and need no memory.

const PREFIX = 'e1:';

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
  return act && Number.isSafeInteger(revision) ? { act, revision, topic: topic.join(':') } : undefined;
}

/** Whether a custom_id belongs to /faq-edit. */
export function isEditId(customId: string): boolean {
  return readEditId(customId) !== undefined;
}
