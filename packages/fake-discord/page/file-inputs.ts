// File inputs for the attachment options of the typed command.
import { byId, type ChosenFile, element, readFiles } from './dom.ts';

/** The inputs for files below the text. */
export interface FileInputs {
  /** Shows one input per option name. */
  show(names: readonly string[]): void;
  /** The chosen files by option name. @throws {Error} for a file that changed since it was chosen */
  read(): Promise<Record<string, ChosenFile>>;
}

/** @param onChange called when a file was chosen */
export function setUpFileInputs(onChange: () => void): FileInputs {
  const container = byId('files');
  const inputs = () => [...container.querySelectorAll('input')];
  container.addEventListener('input', onChange);
  return {
    show(names) {
      const shown = inputs().map(({ name }) => name);
      if (names.join() === shown.join()) return;
      container.replaceChildren(
        ...names.map((name) => element('label', {}, `${name}: `, element('input', { type: 'file', name }))),
      );
    },
    async read() {
      const entries = inputs().map(async (input) =>
        (await readFiles(input)).map((file) => [input.name, file] as const),
      );
      return Object.fromEntries((await Promise.all(entries)).flat());
    },
  };
}
