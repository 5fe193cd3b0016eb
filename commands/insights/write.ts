// The modal of /faq-edit add, filled in with an unanswered question.
import type { Answer } from '../../src/discord/answer.ts';
import { isId } from '../../src/discord/ids.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { DRAFT_LIMITS } from '../../src/replies/draft.ts';
import { aliasFor } from '../../src/stats/unanswered.ts';
import { openForm } from '../faq-edit/form.ts';

const PREFIX = 'i1:write:';
const POST_PREFIX = 'i1:post:';

/** The custom_id of a question's button. */
export function writeId(questionId: string): string {
  return `${PREFIX}${questionId}`;
}

/** Whether a custom_id is that of such a button. */
export function isWriteId(customId: string): boolean {
  return customId.startsWith(PREFIX) || customId.startsWith(POST_PREFIX);
}

/** The question's id in a custom_id, without NUL, which PostgreSQL does not accept. */
export function questionIdOf(customId: string): string {
  return customId.slice(PREFIX.length).replaceAll('\0', '');
}

/** The custom_id of the button for a post in a forum. */
export function postId(threadId: string): string {
  return `${POST_PREFIX}${threadId}`;
}

/** The thread's id in a custom_id; undefined if it belongs to a stored question. */
export function threadIdOf(customId: string): string | undefined {
  const id = customId.startsWith(POST_PREFIX) ? customId.slice(POST_PREFIX.length) : '';
  return isId(id) ? id : undefined;
}

/** Opens the modal. Saving it adds a reply. */
export function openWriter(question: string, messages: Messages): Answer {
  const draft = { title: cutUnits(question, DRAFT_LIMITS.title), aliases: [aliasFor(question)] };
  return openForm({ action: 'add', number: 0, topic: '' }, draft, messages);
}

/** Cuts a text to UTF-16 units: it then fits whether Discord counts these or code points. */
function cutUnits(text: string, units: number): string {
  let cut = '';
  for (const point of text) {
    if (cut.length + point.length > units) break;
    cut += point;
  }
  return cut;
}
