// Requests suggestions while a command is typed, and inserts the chosen one.
import { ask } from './dom.js';
import { setUpSuggestions } from './suggestions.js';

const TYPING_PAUSE_MS = 150;

/**
 * @param text the input
 * @param files the inputs for files that the command takes
 * @param actor returns who types and where: `{ as, channel }`
 * @param showError shows an error
 */
export function createSuggester(text, files, actor, showError) {
  let latest = 0;
  let timer;
  const list = setUpSuggestions(text, insert);

  async function insert(suggestion) {
    text.value = suggestion.text;
    text.focus();
    const next = await update();
    // As in Discord, the first required option of a command is inserted automatically.
    if (suggestion.label.startsWith('/') && next?.[0]?.isRequired && text.value === suggestion.text) insert(next[0]);
  }

  async function update({ showList = true } = {}) {
    const request = ++latest;
    if (!/^\/|@\S*$/.test(text.value)) {
      files.show([]);
      list.show([]);
      return undefined;
    }
    try {
      const answer = await ask('suggest', { ...actor(), text: text.value });
      // Answers may arrive out of order; only the latest request counts.
      if (request !== latest) return undefined;
      files.show(answer.files);
      if (showList) list.show(answer.suggestions);
      return answer.suggestions;
    } catch (error) {
      if (request === latest) showError(error);
      return undefined;
    }
  }

  return {
    onKey: list.onKey,
    update,
    schedule() {
      clearTimeout(timer);
      timer = setTimeout(update, TYPING_PAUSE_MS);
    },
    cancel() {
      clearTimeout(timer);
      latest++;
      list.show([]);
    },
  };
}
