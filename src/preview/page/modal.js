// A modal of the bot's as a dialog with a form.
import { byId, element, readFiles } from './dom.js';
import { markdown } from './markdown.js';

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
    const field = fieldFor(input, label);
    fields.push({ id: input.custom_id, read: field.read });
    return element(
      'div',
      {},
      field.isGroup ? null : element('label', { for: field.id }, label),
      description ? element('small', {}, description) : null,
      field.node,
    );
  });
  const notice = element('p', { role: 'alert' });
  const form = element(
    'form',
    {
      onsubmit: async (event) => {
        event.preventDefault();
        try {
          const values = await Promise.all(fields.map(async ({ id, read }) => [id, await read()]));
          await send(Object.fromEntries(values.filter(([, value]) => value !== undefined)));
          dialog.close();
        } catch (error) {
          notice.textContent = error.message;
        }
      },
    },
    element('h2', { id: 'modal-title' }, modal.title),
    parts,
    notice,
    element(
      'div',
      { class: 'row' },
      element('button', { class: 'style-1' }, 'Submit'),
      element('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
    ),
  );
  dialog.replaceChildren(form);
  dialog.showModal();
}

function fieldFor(input, label) {
  const id = `field-${input.custom_id}`;
  const isRequired = input.required ?? true;
  if (input.type === 4) {
    const limits = {
      minlength: input.min_length,
      maxlength: input.max_length ?? 4000,
      placeholder: input.placeholder,
      required: isRequired,
    };
    const node = element(input.style === 2 ? 'textarea' : 'input', {
      id,
      rows: input.style === 2 ? 8 : undefined,
      ...limits,
    });
    node.value = input.value ?? '';
    return { id, node, read: () => node.value };
  }
  if (input.type === 19) {
    const node = element('input', { id, type: 'file', multiple: (input.max_values ?? 1) > 1, required: isRequired });
    return { id, node, read: () => readFiles(node) };
  }
  if (input.type === 3) {
    const node = element(
      'select',
      { id, multiple: (input.max_values ?? 1) > 1, required: isRequired },
      input.options.map((option) => element('option', { value: option.value, selected: option.default }, option.label)),
    );
    return { id, node, read: () => [...node.selectedOptions].map(({ value }) => value) };
  }
  if (input.type === 23) {
    const node = element('input', { id, type: 'checkbox', checked: input.default });
    return { id, node, read: () => node.checked };
  }
  if (input.type === 21 || input.type === 22) {
    const kind = input.type === 21 ? 'radio' : 'checkbox';
    const boxes = input.options.map((option) =>
      element(
        'label',
        {},
        element('input', { type: kind, name: id, value: option.value, checked: option.default }),
        ` ${option.label}`,
      ),
    );
    const node = element('fieldset', {}, element('legend', {}, label), boxes);
    return { id, node, isGroup: true, read: () => [...node.querySelectorAll(':checked')].map(({ value }) => value) };
  }
  const node = element('input', { id, placeholder: 'Ids, with blanks between', required: isRequired });
  return { id, node, read: () => node.value.split(/\s+/).filter(Boolean) };
}
