// One field of a modal: its elements, validation and value.
import type {
  CheckboxView,
  ChoiceGroupView,
  EntityMenuView,
  FileInputView,
  ModalInputView,
  StringMenuView,
  TextInputView,
} from '../src/message-types.ts';
import type { ChoicesView } from '../src/page-types.ts';
import { type ChosenFile, element, readFiles } from './dom.ts';
import { entityInput } from './entity-input.ts';
import { chosenValues, menuOptions } from './menu-options.ts';

/** Above this share of its limit, a text field shows a character count. */
const COUNT_FROM = 0.75;

/** What is in a field: a text, whether a box is checked, chosen values or ids, files. */
export type FieldValue = string | boolean | readonly string[] | readonly ChosenFile[];

/** A field of the form, whatever its kind. */
export interface Field {
  /** The custom_id. */
  readonly id: string;
  /** The label, the description and the input. */
  readonly box: HTMLElement;
  /** What gets the focus. */
  readonly node: HTMLElement;
  /** An error message for a value that can't be sent. */
  validate(): string | undefined;
  read(): FieldValue | Promise<FieldValue>;
}

interface Input {
  readonly node: HTMLElement;
  /** Shown below. */
  readonly more?: HTMLElement;
  /** Whether it shows the label itself. */
  readonly isGroup?: boolean;
  readonly validate?: () => string | undefined;
  read(): FieldValue | Promise<FieldValue>;
}

/** Where an input belongs. */
interface Place {
  /** The id for its element. */
  readonly id: string;
  readonly label: string;
  /** The id of the element with its description. */
  readonly hint: string | undefined;
}

/** The field for an input of the modal. @param at its number, for ids: a custom_id may contain spaces. @param choices for menus */
export function fieldFor(
  input: ModalInputView,
  label: string,
  description: string | undefined,
  at: number,
  choices: ChoicesView,
): Field {
  const id = `field-${at}`;
  const hint = description ? element('small', { id: `${id}-hint` }, description) : null;
  const {
    node,
    more,
    isGroup,
    validate = () => undefined,
    read,
  } = inputFor(input, { id, label, hint: hint?.id }, choices);
  const name = isGroup ? null : element('label', { for: id }, label);
  return { id: input.custom_id, node, validate, read, box: element('div', { class: 'field' }, name, hint, node, more) };
}

function inputFor(input: ModalInputView, place: Place, choices: ChoicesView): Input {
  switch (input.type) {
    case 3:
      return menuInput(input, place);
    case 4:
      return textInput(input, place);
    case 19:
      return fileInput(input, place);
    case 21:
    case 22:
      return groupInput(input, place);
    case 23:
      return checkboxInput(input, place);
    default:
      return entityField(input, place, choices);
  }
}

/** Without maxlength, which would cut off pasted text: a text that is too long gets an error instead. */
function textInput(
  { style, placeholder, value = '', min_length: min = 0, max_length: max = 4000, required = true }: TextInputView,
  { id, label, hint }: Place,
): Input {
  const count = element('small', { id: `${id}-count` });
  const node = element(style === 2 ? 'textarea' : 'input', {
    id,
    placeholder,
    rows: style === 2 ? 8 : undefined,
    'aria-required': required ? 'true' : undefined,
    'aria-describedby': [hint, count.id].filter(Boolean).join(' '),
    autocomplete: 'off',
  });
  node.value = value;
  const findError = () => {
    const { length } = node.value;
    if (length === 0) return required ? `${label}: enter a text.` : undefined;
    if (length > max) return `${label}: use at most ${max} characters (now ${length}).`;
    return length < min ? `${label}: use at least ${min} characters (now ${length}).` : undefined;
  };
  const validate = () => {
    const error = findError();
    if (error) node.setAttribute('aria-invalid', 'true');
    else node.removeAttribute('aria-invalid');
    return error;
  };
  const update = () => {
    const { length } = node.value;
    count.textContent = length > max * COUNT_FROM ? `${length} of ${max} characters` : '';
    count.classList.toggle('wrong', length > max);
    if (node.hasAttribute('aria-invalid')) validate();
  };
  node.addEventListener('input', update);
  update();
  return { node, more: count, validate, read: () => node.value };
}

function fileInput({ max_values: max = 1, required = true }: FileInputView, { id, hint }: Place): Input {
  const node = element('input', {
    id,
    type: 'file',
    multiple: max > 1,
    'aria-required': required ? 'true' : undefined,
    'aria-describedby': hint,
  });
  return { node, read: () => readFiles(node) };
}

function menuInput(menu: StringMenuView, { id, hint }: Place): Input {
  const { max_values: max = 1, required = true } = menu;
  const node = element(
    'select',
    { id, multiple: max > 1, 'aria-required': required ? 'true' : undefined, 'aria-describedby': hint },
    menuOptions(menu, !required),
  );
  return { node, read: () => chosenValues(node) };
}

function checkboxInput(input: CheckboxView, { id, hint }: Place): Input {
  const node = element('input', { id, type: 'checkbox', checked: input.default, 'aria-describedby': hint });
  return { node, read: () => node.checked };
}

function groupInput({ type, options }: ChoiceGroupView, { id, label, hint }: Place): Input {
  const inputType = type === 21 ? 'radio' : 'checkbox';
  const boxes = options.map((option) =>
    element(
      'label',
      {},
      element('input', { type: inputType, name: id, value: option.value, checked: option.default }),
      ` ${option.label}`,
      option.description ? element('small', {}, option.description) : null,
    ),
  );
  const node = element('fieldset', { 'aria-describedby': hint }, element('legend', {}, label), boxes);
  const chosen = () => [...node.querySelectorAll('input')].filter(({ checked }) => checked);
  return { node, isGroup: true, read: () => chosen().map(({ value }) => value) };
}

function entityField(menu: EntityMenuView, { id, label, hint }: Place, choices: ChoicesView): Input {
  const { required = true } = menu;
  const attributes = { id, 'aria-required': required ? 'true' : undefined, 'aria-describedby': hint };
  const { node, isGroup, values } = entityInput(menu, choices, label, !required, attributes);
  return { node, ...(isGroup ? { isGroup } : {}), read: values };
}
