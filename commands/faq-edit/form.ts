// The form of a reply: a modal with its title, its text and its other names, and a question to try it with.
import type { Answer } from '../../src/discord/answer.ts';
import type { ModalInteraction } from '../../src/discord/command.ts';
import { fieldValue, openModal } from '../../src/discord/views/modal.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { formatAliases, MAX_ALIASES_LENGTH, parseAliases } from '../../src/replies/aliases.ts';
import { DRAFT_LIMITS, type Draft } from '../../src/replies/draft.ts';
import { isOwnTopic } from '../../src/replies/topic-id.ts';
import { type EditId, writeEditId } from './ids.ts';

const MAX_QUESTION = 200;

/**
 * Opens the form.
 * @param id what is saved: `add`, or `change` with a topic
 * @param draft what it is filled in with
 */
export function openForm(id: EditId, draft: Partial<Draft>, { edit }: Messages): Answer {
  const { title = '', text = '', aliases = [] } = draft;
  return openModal(writeEditId(id), titleOf(id, edit), [
    { id: 'title', label: edit.title, maxLength: Math.max(DRAFT_LIMITS.title, title.length), value: title },
    {
      id: 'text',
      label: edit.text,
      description: edit.textHint,
      isLong: true,
      maxLength: DRAFT_LIMITS.text,
      value: text,
    },
    {
      id: 'aliases',
      label: edit.aliases,
      description: edit.aliasesHint,
      isLong: true,
      isOptional: true,
      maxLength: MAX_ALIASES_LENGTH,
      value: formatAliases(aliases),
    },
    {
      id: 'question',
      label: edit.trial.label,
      description: edit.trial.hint,
      isOptional: true,
      maxLength: MAX_QUESTION,
    },
  ]);
}

function titleOf({ action, topic }: EditId, edit: Messages['edit']): string {
  if (action === 'add') return edit.addTitle;
  return isOwnTopic(topic) ? edit.changeTitle : edit.overrideTitle;
}

/** What was typed. Forms that version 1.0.0 opened have no question. */
export function readForm(interaction: ModalInteraction): { draft: Draft; question: string } {
  const draft = {
    title: fieldValue(interaction, 'title'),
    text: fieldValue(interaction, 'text'),
    aliases: parseAliases(fieldValue(interaction, 'aliases')),
  };
  return { draft, question: fieldValue(interaction, 'question') };
}
