// Requests suggestions while a command is typed, and inserts the chosen one.
import type { SuggestionView } from '../src/page-types.ts';
import { ask } from './dom.ts';
import type { FileInputs } from './file-inputs.ts';
import { setUpSuggestions } from './suggestions.ts';

const TYPING_PAUSE_MS = 150;

/** Who acts, and in which channel, by id. */
export interface Actor {
  readonly as: string;
  readonly channel: string;
}

/** Suggestions for what is being typed. */
export interface Suggester {
  /** Returns whether it handled the key. */
  onKey(event: KeyboardEvent): boolean;
  /** Requests suggestions now, and the inputs for files. */
  update(options?: { showList?: boolean }): Promise<readonly SuggestionView[] | undefined>;
  /** Requests suggestions after a pause in typing. */
  schedule(): void;
  /** Hides the list, and ignores answers that are under way. */
  cancel(): void;
}

/**
 * Suggests how to go on with what is typed.
 * @param text the input
 * @param files the inputs for files that the command takes
 * @param actor returns who types and where
 */
export function createSuggester(
  text: HTMLInputElement,
  files: FileInputs,
  actor: () => Actor,
  showError: (error: unknown) => void,
): Suggester {
  let latest = 0;
  let timer: number | undefined;
  const list = setUpSuggestions(text, insert);

  async function insert(suggestion: SuggestionView) {
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
      const answer = await ask('suggest', { body: { ...actor(), text: text.value } });
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
