// The modal of /faq-edit add, filled in with an unanswered question.
import type { Answer } from '../../src/discord/answer.ts';
import { openModal } from '../../src/discord/views/modal.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { formatAliases, MAX_ALIASES_LENGTH } from '../../src/replies/aliases.ts';
import { DRAFT_LIMITS } from '../../src/replies/draft.ts';
import { aliasFor } from '../../src/stats/unanswered.ts';
import { writeEditId } from '../faq-edit/ids.ts';

const PREFIX = 'i1:write:';

/** The custom_id of a question's button. */
export function writeId(questionId: string): string {
  return `${PREFIX}${questionId}`;
}

/** Whether a custom_id is that of such a button. */
export function isWriteId(customId: string): boolean {
  return customId.startsWith(PREFIX);
}

/** The question's id in a custom_id, without NUL, which PostgreSQL does not accept. */
export function questionIdOf(customId: string): string {
  return customId.slice(PREFIX.length).replaceAll('\0', '');
}

/** Opens the modal. Saving it adds a reply. */
export function openWriter(question: string, { edit }: Messages): Answer {
  return openModal(writeEditId({ action: 'add', number: 0, topic: '' }), edit.addTitle, [
    { id: 'title', label: edit.title, maxLength: DRAFT_LIMITS.title, value: cutUnits(question, DRAFT_LIMITS.title) },
    { id: 'text', label: edit.text, description: edit.textHint, isLong: true, maxLength: DRAFT_LIMITS.text },
    {
      id: 'aliases',
      label: edit.aliases,
      description: edit.aliasesHint,
      isLong: true,
      isOptional: true,
      maxLength: MAX_ALIASES_LENGTH,
      value: formatAliases([aliasFor(question)]),
    },
  ]);
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
