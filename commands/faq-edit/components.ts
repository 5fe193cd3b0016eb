// The buttons and modals of /faq-edit; each checks the person's permissions again.
import { messageBody, updateMessage } from '../../src/discord/answer.ts';
import type { ComponentHandler } from '../../src/discord/command.ts';
import { deferPrivately, deferUpdate } from '../../src/discord/deferred.ts';
import { CANCEL } from '../../src/discord/views/buttons.ts';
import { answerUnknownButton } from '../../src/discord/walk-buttons.ts';
import { requireEditing } from './access.ts';
import { openEditor, saveDraft, submitForm } from './editor.ts';
import { exportFiles } from './export.ts';
import { openForm } from './form.ts';
import { historyPage } from './history.ts';
import { isEditId, readEditId } from './ids.ts';
import { runImport } from './import.ts';
import { remove } from './remove-undo.ts';
import type { EditServices } from './services.ts';
import { draftOf } from './trial.ts';

/** Creates the handler of the buttons and modals, which checks the person's permissions again (`requireEditing`). */
export function editComponents(services: EditServices): ComponentHandler {
  return {
    matches: isEditId,
    async onComponent(interaction) {
      const context = await services.contexts.contextFor(interaction);
      const id = readEditId(interaction.data.custom_id);
      const guildId = requireEditing(interaction, id?.action, context);
      switch (id?.action) {
        case 'remove':
          return deferUpdate(() => remove(interaction, id, context, services.store));
        case 'history':
          return deferUpdate(() => historyPage(guildId, id.topic, id.number, context, services.store));
        case 'import':
          return deferUpdate((progress) => runImport(interaction, guildId, id, context, services, progress));
        case 'export':
          return deferPrivately(() => exportFiles(interaction, guildId, context.messages, services, id));
        case 'again':
          return openEditor(context.topics.find(id.topic), context.messages);
        case 'save':
        case 'rewrite': {
          const draft = draftOf(interaction.message);
          if (!draft) return answerUnknownButton(services.contexts, interaction);
          if (id.action === 'save') {
            // A double click is two interactions of one message.
            const place = { guildId, cause: interaction.message.id };
            return deferUpdate(() => saveDraft(interaction, id, draft, place, context.messages, services));
          }
          return openForm({ ...id, action: id.topic === '' ? 'add' : 'change' }, draft, context.messages);
        }
        default:
          return answerUnknownButton(services.contexts, interaction);
      }
    },
    async onModal(interaction) {
      const context = await services.contexts.contextFor(interaction);
      const id = readEditId(interaction.data.custom_id);
      const guildId = requireEditing(interaction, id?.action, context);
      if (!id) throw new TypeError('not a custom_id of /faq-edit');
      return submitForm(interaction, id, guildId, context, services);
    },
  };
}

/** **Cancel** under any question: replaces the question, and changes nothing else. */
export function cancelButton({ contexts }: Pick<EditServices, 'contexts'>): ComponentHandler {
  return {
    matches: (customId) => customId === CANCEL,
    async onComponent(interaction) {
      const { messages } = await contexts.contextFor(interaction);
      return updateMessage(messageBody({ content: messages.confirm.cancelled }));
    },
  };
}
