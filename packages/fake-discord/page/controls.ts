// Buttons and select menus of a message, in Discord's colours.
import type { ButtonView, ControlView, EntityMenuView, RowView, StringMenuView } from '../src/message-types.ts';
import { element, externalLink } from './dom.ts';

/** What the components of a message do. */
export interface ControlHandlers<Message> {
  press(message: Message, customId: string): Promise<unknown>;
  /** Missing where there are no select menus. */
  choose?(message: Message, customId: string, values: readonly string[]): Promise<unknown>;
}

const labelOf = ({ label, emoji }: ButtonView) => [emoji?.name, label].filter(Boolean).join(' ');

/** The component rows below a message. */
export function componentRows<Message extends { readonly components: readonly RowView[] }>(
  message: Message,
  handlers: ControlHandlers<Message>,
): HTMLElement[] {
  const press = (customId: string) => handlers.press(message, customId);
  const choose = (customId: string, values: readonly string[]) => handlers.choose?.(message, customId, values);
  return message.components.map((row) =>
    element(
      'div',
      { class: 'row' },
      row.components.map((each) => control(each, press, choose)),
    ),
  );
}

type Press = (customId: string) => Promise<unknown>;
type Choose = (customId: string, values: readonly string[]) => unknown;

function control(component: ControlView, press: Press, choose: Choose): HTMLElement {
  if (component.type === 2) return buttonOf(component, press);
  return component.type === 3 ? stringMenu(component, choose) : entityMenu(component, choose);
}

function entityMenu({ custom_id: id, disabled, placeholder }: EntityMenuView, choose: Choose): HTMLElement {
  const input = element('input', { 'aria-label': placeholder ?? 'IDs', placeholder: 'IDs, separated by spaces' });
  const values = () => input.value.split(/\s+/).filter(Boolean);
  return element(
    'span',
    { class: 'row' },
    input,
    chooseButton(disabled, () => choose(id, values())),
  );
}

function buttonOf(component: ButtonView, press: Press): HTMLElement {
  const { custom_id: id, url, disabled, style } = component;
  if (url) return externalLink(url, `${labelOf(component)} ↗`, { class: 'button style-2' });
  const button: HTMLElement = element(
    'button',
    {
      type: 'button',
      class: `style-${style}`,
      disabled,
      'data-control': id,
      onclick: async () => {
        if (id === undefined) return;
        button.setAttribute('aria-busy', 'true');
        await press(id);
        button.removeAttribute('aria-busy');
      },
    },
    labelOf(component),
  );
  return button;
}

function stringMenu(component: StringMenuView, choose: Choose): HTMLElement {
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
  const send = chooseButton(disabled, () => choose(id, values()));
  const update = () => {
    send.disabled = Boolean(disabled) || (min > 0 && values().length === 0);
  };
  menu.addEventListener('change', update);
  update();
  return element('span', { class: 'row' }, menu, send);
}

const chooseButton = (disabled: boolean | undefined, onclick: () => unknown) =>
  element('button', { type: 'button', class: 'style-2', disabled, onclick }, 'Choose');
