// The buttons and modals of /faq-edit; each asks anew whether the person may.
import { messageBody, updateMessage } from '../../src/discord/answer.ts';
import type { Responder } from '../../src/discord/command.ts';
import { deferPrivately, deferUpdate } from '../../src/discord/deferred.ts';
import { requireModerator } from '../../src/discord/permissions.ts';
import { contextFor } from '../../src/discord/render-context.ts';
import { CANCEL } from '../../src/discord/views/buttons.ts';
import { unknownButton } from '../../src/discord/walk-buttons.ts';
import { remove } from './acts.ts';
import { openEditor, saveDraft } from './editor.ts';
import { exportFiles } from './export.ts';
import { historyPage } from './history.ts';
import { isEditId, readEditId } from './ids.ts';
import { runImport } from './import.ts';

export const editComponents: Responder = {
  matches: isEditId,
  async onComponent(interaction, bot) {
    const context = await contextFor(interaction, bot);
    const guildId = requireModerator(interaction, context.messages, 'ManageMessages');
    const id = readEditId(interaction.data.custom_id);
    switch (id?.act) {
      case 'remove':
        return deferUpdate(() => remove(interaction, id, context, bot));
      case 'history':
        return deferUpdate(() => historyPage(guildId, id.topic, id.revision, context, bot));
      case 'import':
        return deferUpdate((progress) => runImport(interaction, guildId, id, context, bot, progress));
      case 'export':
        return deferPrivately(() => exportFiles(interaction, guildId, context.messages, bot, id));
      case 'again':
        return openEditor(context.topics.find(id.topic), context.messages);
      default:
        return unknownButton.onComponent(interaction, bot);
    }
  },
  async onModal(interaction, bot) {
    const { messages } = await contextFor(interaction, bot);
    const guildId = requireModerator(interaction, messages, 'ManageMessages');
    const id = readEditId(interaction.data.custom_id) ?? { act: 'add' as const, revision: 0, topic: '' };
    return saveDraft(interaction, id, guildId, messages, bot);
  },
};

/** Cancel, of whichever question: nothing happens. */
export const cancelButton: Responder = {
  matches: (customId) => customId === CANCEL,
  async onComponent(interaction, bot) {
    const { messages } = await contextFor(interaction, bot);
    return updateMessage(messageBody({ content: messages.confirm.cancelled }));
  },
};
