// File inputs for the attachment options of the typed command.
import { byId, element, readFiles } from './dom.js';

/** @returns `show(names)`, with one input per option name, and `read()`, which returns the chosen files by name */
export function setUpFileInputs(onChange) {
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
      const chosen = inputs().filter((input) => input.files.length > 0);
      const entries = chosen.map(async (input) => [input.name, (await readFiles(input))[0]]);
      return Object.fromEntries(await Promise.all(entries));
    },
  };
}
