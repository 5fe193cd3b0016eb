// A modal of the bot's as a dialog with a form.
import { byId, element } from './dom.js';
import { markdown } from './markdown.js';
import { fieldFor } from './modal-field.js';

/**
 * Shows the modal. Closing it sends nothing, as in Discord.
 * @param modal title, custom_id and components as the bot sent them
 * @param send takes the values by custom_id; a failure it throws is shown and keeps the form open
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
    const wrong = fields.filter((field) => field.mark());
    notice.textContent = wrong.map((field) => field.mark()).join(' ');
    wrong[0]?.node.focus();
    if (wrong.length > 0) return;
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
  dialog.onclose = focusAnew;
  dialog.replaceChildren(form);
  dialog.showModal();
}

/** Chromium gives the focus back without a place to type at: keys reach the box, but no letter is written. */
function focusAnew() {
  const { activeElement } = document;
  activeElement.blur();
  activeElement.focus({ preventScroll: true });
}
