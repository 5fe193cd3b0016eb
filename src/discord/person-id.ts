// The custom_ids of “Ask a person” and of what follows: who asked and where are carried, so that nothing is stored.
import { isId } from './ids.ts';

const PREFIX = 'h1:';

/**
 * - `ask`: the button under an answer; `askPost`: the one under an answer in a forum, whose post is the question
 * - `send`: the form with the question
 * - `answered`: the button under the question in the helpers' channel; `answer`: its form
 */
export type PersonId =
  | { readonly action: 'ask' | 'askPost' | 'send' }
  | { readonly action: 'answered' | 'answer'; readonly userId: string; readonly channelId: string };

/** Whether a custom_id belongs to “Ask a person”. */
export function isPersonId(customId: string): boolean {
  return customId.startsWith(PREFIX);
}

/** Writes a custom_id of at most 60 characters. */
export function writePersonId(id: PersonId): string {
  return 'userId' in id ? `${PREFIX}${id.action}:${id.userId}:${id.channelId}` : `${PREFIX}${id.action}`;
}

/** Reads a custom_id. Undefined if no version of the bot wrote it. */
export function readPersonId(customId: string): PersonId | undefined {
  if (!isPersonId(customId)) return undefined;
  const [action, userId = '', channelId = '', ...rest] = customId.slice(PREFIX.length).split(':');
  if ((action === 'ask' || action === 'askPost' || action === 'send') && userId === '') return { action };
  const isWhole = isId(userId) && isId(channelId) && rest.length === 0;
  return (action === 'answered' || action === 'answer') && isWhole ? { action, userId, channelId } : undefined;
}
