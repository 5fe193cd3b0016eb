// Shows a modal of the bot as a dialog with a form.
import type { ModalPartView, ModalView } from '../src/message-types.ts';
import type { ChoicesView, NamesView } from '../src/page-types.ts';
import { byId, element, messageOf } from './dom.ts';
import { markdown } from './markdown.ts';
import { type Field, type FieldValue, fieldFor } from './modal-field.ts';

/** By custom_id. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/**
 * Shows the modal. Closing it sends nothing, as in Discord.
 * @param view names for mentions, and what menus list
 * @param send if it throws, the error is shown and the form stays open
 */
export function openModal(
  modal: ModalView,
  view: NamesView & { readonly choices: ChoicesView },
  send: (values: FieldValues) => Promise<unknown>,
): void {
  const dialog = byId('modal', HTMLDialogElement);
  const fields: Field[] = [];
  const parts = modal.components.map((part) => {
    if (part.type === 10) return element('div', { class: 'text' }, markdown(part.content, view));
    const field = fieldOf(part, fields.length, view.choices);
    if (field) fields.push(field);
    return field?.box;
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
  const sendOnce = async (event: Event) => {
    event.preventDefault();
    if (isSending) return;
    const invalid = fields.filter((field) => field.validate());
    notice.textContent = invalid.map((field) => field.validate()).join(' ');
    invalid[0]?.node.focus();
    if (invalid.length > 0) return;
    isSending = true;
    submit.setAttribute('aria-busy', 'true');
    try {
      const values = await Promise.all(fields.map(async ({ id, read }) => [id, await read()] as const));
      await send(Object.fromEntries(values));
      dialog.close();
    } catch (error) {
      notice.textContent = messageOf(error);
    }
    isSending = false;
    submit.removeAttribute('aria-busy');
  };
  dialog.onclose = refocus;
  dialog.replaceChildren(form);
  dialog.showModal();
}

/** The field of a label, or of the older form: an input with its own label. */
function fieldOf(part: Exclude<ModalPartView, { type: 10 }>, at: number, choices: ChoicesView): Field | undefined {
  if (part.type === 18) return fieldFor(part.component, part.label, part.description, at, choices);
  const [input] = part.components;
  return input && fieldFor(input, input.label ?? '', undefined, at, choices);
}

/** Chromium restores the focus without a text cursor: the input gets key events, but typing inserts nothing. */
function refocus(): void {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement)) return;
  activeElement.blur();
  activeElement.focus({ preventScroll: true });
}
