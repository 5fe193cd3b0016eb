// Buttons and select menus of a message, in Discord's colours.
import { element, externalLink } from './dom.js';

const labelOf = ({ label, emoji }) => [emoji?.name, label].filter(Boolean).join(' ');

/** The component rows below a message. Calls `handlers.press` and `handlers.choose`. */
export function componentRows(message, handlers) {
  return message.components.map((row) =>
    element(
      'div',
      { class: 'row' },
      row.components.map((each) => control(each, message, handlers)),
    ),
  );
}

function control(component, message, handlers) {
  const { type, custom_id: id, disabled, placeholder } = component;
  if (type === 2) return buttonOf(component, message, handlers);
  if (type === 3) return stringMenu(component, message, handlers);
  const input = element('input', { 'aria-label': placeholder ?? 'IDs', placeholder: 'IDs, separated by spaces' });
  const values = () => input.value.split(/\s+/).filter(Boolean);
  return element(
    'span',
    { class: 'row' },
    input,
    chooseButton(disabled, () => handlers.choose(message, id, values())),
  );
}

function buttonOf(component, message, handlers) {
  const { custom_id: id, url, disabled, style } = component;
  if (url) return externalLink(url, `${labelOf(component)} ↗`, { class: 'button style-2' });
  return element(
    'button',
    {
      type: 'button',
      class: `style-${style}`,
      disabled,
      'data-control': id,
      onclick: async ({ currentTarget: pressed }) => {
        pressed.setAttribute('aria-busy', 'true');
        await handlers.press(message, id);
        pressed.removeAttribute('aria-busy');
      },
    },
    labelOf(component),
  );
}

function stringMenu(component, message, handlers) {
  const {
    custom_id: id,
    disabled,
    placeholder = 'Choose',
    options,
    min_values: min = 1,
    max_values: max = 1,
  } = component;
  const isMultiple = max > 1;
  const items = options.map(({ label, value, description, default: isChosen }) =>
    element('option', { value, selected: isChosen }, description ? `${label} – ${description}` : label),
  );
  if (!isMultiple && !options.some((option) => option.default))
    items.unshift(element('option', { value: '', selected: true, disabled: true }, placeholder));
  const menu = element(
    'select',
    { 'aria-label': placeholder, multiple: isMultiple, disabled, 'data-control': id },
    items,
  );
  const values = () => [...menu.selectedOptions].map(({ value }) => value).filter(Boolean);
  // A button sends the choice, because arrow keys change the selection on the way to an option.
  const send = chooseButton(disabled, () => handlers.choose(message, id, values()));
  const update = () => {
    send.disabled = Boolean(disabled) || (min > 0 && values().length === 0);
  };
  menu.addEventListener('change', update);
  update();
  return element('span', { class: 'row' }, menu, send);
}

const chooseButton = (disabled, onclick) =>
  element('button', { type: 'button', class: 'style-2', disabled, onclick }, 'Choose');
