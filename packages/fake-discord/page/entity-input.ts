// A select menu of users, roles or channels: a list for one choice, checkboxes for several.
import type { EntityMenuView, OptionView } from '../src/message-types.ts';
import type { ChoicesView } from '../src/page-types.ts';
import { channelLabel } from './channel-list.ts';
import { type Attributes, element } from './dom.ts';
import { chosenValues, menuOptions } from './menu-options.ts';

/** The input of a menu. */
export interface EntityInput {
  /** A `select`, or a `fieldset` with a legend. */
  readonly node: HTMLElement;
  readonly isGroup: boolean;
  /** The chosen ids. */
  values(): string[];
}

/** For pages without menus of this kind. */
export const NO_CHOICES: ChoicesView = { users: [], roles: [], channels: [] };

/**
 * Draws the input with its default values chosen.
 * @param label names the checkboxes, or the list where `attributes` does not name it
 * @param attributes of the list, or of the group of checkboxes
 */
export function entityInput(
  menu: EntityMenuView,
  choices: ChoicesView,
  label: string,
  mayBeEmpty: boolean,
  attributes: Attributes = {},
): EntityInput {
  const chosen = new Set(menu.default_values?.map(({ id }) => id));
  const options = optionsOf(menu, choices).map((each) => ({ ...each, default: chosen.has(each.value) }));
  if ((menu.max_values ?? 1) > 1) return checkboxes(menu, options, label, attributes);
  const { disabled, custom_id: id } = menu;
  const items = menuOptions({ ...menu, type: 3, options }, mayBeEmpty);
  const node = element('select', { disabled, 'data-control': id, ...attributes }, items);
  return { node, isGroup: false, values: () => chosenValues(node) };
}

function checkboxes(
  { custom_id: id, disabled }: EntityMenuView,
  options: readonly OptionView[],
  label: string,
  attributes: Attributes,
): EntityInput {
  const boxes = options.map((option) =>
    element('input', {
      type: 'checkbox',
      value: option.value,
      checked: option.default,
      'data-control': `${id} ${option.value}`,
    }),
  );
  const lines = options.map((option, at) => element('label', {}, boxes[at], ` ${option.label}`));
  const group = { disabled, class: 'choices', ...attributes };
  const node = element('fieldset', group, element('legend', {}, label), element('div', {}, lines));
  return { node, isGroup: true, values: () => boxes.filter(({ checked }) => checked).map(({ value }) => value) };
}

/** What the menu lists: for channels, only the types that it takes. */
function optionsOf(
  { type, channel_types: types = [] }: EntityMenuView,
  { users, roles, channels }: ChoicesView,
): OptionView[] {
  const listed = channels.filter((channel) => types.length === 0 || types.includes(channel.type));
  return [
    ...(type === 5 || type === 7 ? users.map(({ id, name }) => ({ value: id, label: name })) : []),
    ...(type === 6 || type === 7
      ? roles.map(({ id, name }) => ({ value: id, label: `@${name.replace(/^@/, '')}` }))
      : []),
    ...(type === 8 ? listed.map((channel) => ({ value: channel.id, label: channelLabel(channel) })) : []),
  ];
}
