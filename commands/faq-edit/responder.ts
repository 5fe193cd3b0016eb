// The buttons and modals of /faq-edit; each asks anew whether the person may.
import { messageBody, updateMessage } from '../../src/discord/answer.ts';
import type { Responder } from '../../src/discord/command.ts';
import { deferPrivately, deferUpdate } from '../../src/discord/deferred.ts';
import { requireModerator } from '../../src/discord/permissions.ts';
import { readingFor } from '../../src/discord/render-context.ts';
import { CANCEL } from '../../src/discord/views/buttons.ts';
import { lostButton } from '../../src/discord/walk-buttons.ts';
import { remove } from './acts.ts';
import { openEditor, saveDraft } from './editor.ts';
import { exportFiles } from './export.ts';
import { historyPage } from './history.ts';
import { isEditId, readEditId } from './ids.ts';
import { runImport } from './import.ts';

export const editing: Responder = {
  owns: isEditId,
  async press(interaction, bot) {
    const reading = await readingFor(interaction, bot);
    const guildId = requireModerator(interaction, reading.words, 'ManageMessages');
    const id = readEditId(interaction.data.custom_id);
    switch (id?.act) {
      case 'remove':
        return deferUpdate(() => remove(interaction, id, reading, bot));
      case 'history':
        return deferUpdate(() => historyPage(guildId, id.topic, id.revision, reading, bot));
      case 'import':
        return deferUpdate((progress) => runImport(interaction, guildId, id, reading, bot, progress));
      case 'export':
        return deferPrivately(() => exportFiles(interaction, guildId, reading.words, bot, id));
      case 'again':
        return openEditor(reading.topics.find(id.topic), reading.words);
      default:
        return lostButton.press(interaction, bot);
    }
  },
  async submit(interaction, bot) {
    const { words } = await readingFor(interaction, bot);
    const guildId = requireModerator(interaction, words, 'ManageMessages');
    const id = readEditId(interaction.data.custom_id) ?? { act: 'add' as const, revision: 0, topic: '' };
    return saveDraft(interaction, id, guildId, words, bot);
  },
};

/** Cancel, of whichever question: nothing happens. */
export const cancelling: Responder = {
  owns: (customId) => customId === CANCEL,
  async press(interaction, bot) {
    const { words } = await readingFor(interaction, bot);
    return updateMessage(messageBody({ content: words.confirm.cancelled }));
  },
};
