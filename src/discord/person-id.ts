// The custom_ids of “Ask a person” and of what follows: who asked and where are carried, so that nothing is stored.
import { isId } from './ids.ts';

const PREFIX = 'h1:';
const LOCALE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/**
 * With the language of the message:
 * - `ask`: the button under an answer; `askPost`: the one under an answer in a forum, whose post is the question
 * - `send`: the form with the question
 * - `answered`: the button under the question in the helpers' channel; `answer`: its form
 */
export type PersonId =
  | { readonly action: 'ask' | 'askPost' | 'send'; readonly locale?: string }
  | { readonly action: 'answered' | 'answer'; readonly userId: string; readonly channelId: string };

/** Whether a custom_id belongs to “Ask a person”. */
export function isPersonId(customId: string): boolean {
  return customId.startsWith(PREFIX);
}

/** Writes a custom_id of at most 60 characters. */
export function writePersonId(id: PersonId): string {
  if ('userId' in id) return `${PREFIX}${id.action}:${id.userId}:${id.channelId}`;
  return [`${PREFIX}${id.action}`, ...(id.locale === undefined ? [] : [id.locale])].join(':');
}

/** Reads a custom_id. Undefined if no version of the bot wrote it. */
export function readPersonId(customId: string): PersonId | undefined {
  if (!isPersonId(customId)) return undefined;
  const [action, userId = '', channelId = '', ...rest] = customId.slice(PREFIX.length).split(':');
  if (action === 'ask' || action === 'askPost' || action === 'send') {
    if (userId === '') return { action };
    return LOCALE.test(userId) && channelId === '' ? { action, locale: userId } : undefined;
  }
  const isWhole = isId(userId) && isId(channelId) && rest.length === 0;
  return (action === 'answered' || action === 'answer') && isWhole ? { action, userId, channelId } : undefined;
}
