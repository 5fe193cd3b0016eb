// Buttons and select menus of a message, in Discord's colours.
import type { ButtonView, ControlView, EntityMenuView, RowView, StringMenuView } from '../src/message-types.ts';
import type { ChoicesView } from '../src/page-types.ts';
import { element, externalLink } from './dom.ts';
import { entityInput, NO_CHOICES } from './entity-input.ts';
import { chosenValues, menuOptions } from './menu-options.ts';

/** What the components of a message do. */
export interface ControlHandlers<Message> {
  press(message: Message, customId: string): Promise<unknown>;
  /** Missing where there are no select menus. */
  choose?(message: Message, customId: string, values: readonly string[]): Promise<unknown>;
  /** What menus of users, roles and channels list. Missing where there are none. */
  choices?(): ChoicesView;
}

const PREMIUM = 6;

/** The emoji of a server may come with its id alone, and a premium button has a text of Discord's own. */
const labelOf = ({ label, emoji, style }: ButtonView) =>
  [emoji && (emoji.name ?? '(emoji)'), label].filter(Boolean).join(' ') || (style === PREMIUM ? 'Premium' : '');

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
      row.components.map((each) => control(each, press, choose, handlers.choices?.() ?? NO_CHOICES)),
    ),
  );
}

type Press = (customId: string) => Promise<unknown>;
type Choose = (customId: string, values: readonly string[]) => unknown;

function control(component: ControlView, press: Press, choose: Choose, choices: ChoicesView): HTMLElement {
  if (component.type === 2) return buttonOf(component, press);
  return component.type === 3 ? stringMenu(component, choose) : entityMenu(component, choose, choices);
}

function entityMenu(component: EntityMenuView, choose: Choose, choices: ChoicesView): HTMLElement {
  const { placeholder = 'Choose', min_values: min = 1, max_values: max = 1 } = component;
  const name = max > 1 ? {} : { 'aria-label': placeholder };
  const { node, values } = entityInput(component, choices, placeholder, min === 0, name);
  return withChooseButton(component, node, values, choose);
}

function buttonOf(component: ButtonView, press: Press): HTMLElement {
  const { custom_id: id, url, disabled, style } = component;
  if (url) return externalLink(url, `${labelOf(component)} ↗`, { class: 'button style-2' });
  const button: HTMLElement = element(
    'button',
    {
      type: 'button',
      class: `style-${style === PREMIUM ? 1 : style}`,
      disabled: disabled || id === undefined,
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
  const { custom_id: id, disabled, placeholder = 'Choose', min_values: min = 1, max_values: max = 1 } = component;
  const menu = element(
    'select',
    { 'aria-label': placeholder, multiple: max > 1, disabled, 'data-control': id },
    menuOptions(component, min === 0),
  );
  return withChooseButton(component, menu, () => chosenValues(menu), choose);
}

/**
 * A menu with a button that sends the choice, because arrow keys change the selection on the way to an option. The button
 * is enabled while as many values are chosen as the menu takes.
 */
function withChooseButton(
  { custom_id: id, disabled, min_values: min = 1, max_values: max = 1 }: StringMenuView | EntityMenuView,
  input: HTMLElement,
  values: () => string[],
  choose: Choose,
): HTMLElement {
  const onclick = () => choose(id, values());
  const attributes = { type: 'button', class: 'style-2', 'data-control': `${id} choose`, onclick };
  const send = element('button', attributes, 'Choose');
  const update = () => {
    const { length } = values();
    send.disabled = Boolean(disabled) || length < min || length > max;
  };
  input.addEventListener('change', update);
  update();
  return element('span', { class: 'row' }, input, send);
}
