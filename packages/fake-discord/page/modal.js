// Shows a modal of the bot as a dialog with a form.
import { byId, element } from './dom.js';
import { markdown } from './markdown.js';
import { fieldFor } from './modal-field.js';

/**
 * Shows the modal. Closing it sends nothing, as in Discord.
 * @param modal title, custom_id and components as the bot sent them
 * @param send called with the values by custom_id; if it throws, the error is shown and the form stays open
 */
export function openModal(modal, view, send) {
  const dialog = byId('modal');
  const fields = [];
  const parts = modal.components.map((part) => {
    if (part.type === 10) return element('div', { class: 'text' }, markdown(part.content, view));
    const [label, description, input] =
      part.type === 18
        ? [part.label, part.description, part.component]
        : [part.components[0].label, undefined, part.components[0]];
    const field = fieldFor(input, label, description);
    fields.push(field);
    return field.box;
  });
  const notice = element('p', { role: 'alert' });
  const submit = element('button', { class: 'style-1' }, 'Submit');
  const form = element(
    'form',
    { novalidate: true, onsubmit: (event) => sendOnce(event) },
    element('h2', { id: 'modal-title' }, modal.title),
    parts,
    notice,
    element(
      'div',
      { class: 'row' },
      submit,
      element('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
    ),
  );

  let isSending = false;
  const sendOnce = async (event) => {
    event.preventDefault();
    if (isSending) return;
    const invalid = fields.filter((field) => field.validate());
    notice.textContent = invalid.map((field) => field.validate()).join(' ');
    invalid[0]?.node.focus();
    if (invalid.length > 0) return;
    isSending = true;
    submit.setAttribute('aria-busy', 'true');
    try {
      const values = await Promise.all(fields.map(async ({ id, read }) => [id, await read()]));
      await send(Object.fromEntries(values.filter(([, value]) => value !== undefined)));
      dialog.close();
    } catch (error) {
      notice.textContent = error.message;
    }
    isSending = false;
    submit.removeAttribute('aria-busy');
  };
  dialog.onclose = refocus;
  dialog.replaceChildren(form);
  dialog.showModal();
}

/** Chromium restores the focus without a text cursor: the input gets key events, but typing inserts nothing. */
function refocus() {
  const { activeElement } = document;
  activeElement.blur();
  activeElement.focus({ preventScroll: true });
}
