// One field of a modal: its elements, validation and value.
import { element, readFiles } from './dom.js';

/** Above this share of its limit, a text field shows a character count. */
const COUNT_FROM = 0.75;

/**
 * @param input a component of the modal
 * @returns `box` to show, `node` to focus, `validate()` for an error message or undefined, and `read()`
 */
export function fieldFor(input, label, description) {
  const id = `field-${input.custom_id}`;
  const hint = description ? element('small', { id: `${id}-hint` }, description) : null;
  const field = (FIELDS[input.type] ?? idsField)(input, id, label, hint ? `${id}-hint` : undefined);
  const name = field.isGroup ? null : element('label', { for: id }, label);
  return {
    id: input.custom_id,
    validate: () => undefined,
    ...field,
    box: element('div', { class: 'field' }, name, hint, field.node, field.more),
  };
}

/** Without maxlength, which would cut off pasted text: a text that is too long gets an error instead. */
function textField(
  { style, placeholder, value = '', min_length: min = 0, max_length: max = 4000, required = true },
  id,
  label,
  hint,
) {
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

function fileField({ max_values: max = 1, required = true }, id, _, hint) {
  const node = element('input', {
    id,
    type: 'file',
    multiple: max > 1,
    'aria-required': required ? 'true' : undefined,
    'aria-describedby': hint,
  });
  return { node, read: () => readFiles(node) };
}

function menuField({ options, max_values: max = 1, required = true }, id, _, hint) {
  const node = element(
    'select',
    { id, multiple: max > 1, 'aria-required': required ? 'true' : undefined, 'aria-describedby': hint },
    options.map((option) => element('option', { value: option.value, selected: option.default }, option.label)),
  );
  return { node, read: () => [...node.selectedOptions].map(({ value }) => value) };
}

function checkboxField(input, id, _, hint) {
  const node = element('input', { id, type: 'checkbox', checked: input.default, 'aria-describedby': hint });
  return { node, read: () => node.checked };
}

function groupField({ type, options }, id, label, hint) {
  const inputType = type === 21 ? 'radio' : 'checkbox';
  const boxes = options.map((option) =>
    element(
      'label',
      {},
      element('input', { type: inputType, name: id, value: option.value, checked: option.default }),
      ` ${option.label}`,
    ),
  );
  const node = element('fieldset', { 'aria-describedby': hint }, element('legend', {}, label), boxes);
  return { node, isGroup: true, read: () => [...node.querySelectorAll(':checked')].map(({ value }) => value) };
}

function idsField({ required = true }, id, _, hint) {
  const node = element('input', {
    id,
    placeholder: 'IDs, separated by spaces',
    'aria-required': required ? 'true' : undefined,
    'aria-describedby': hint,
  });
  return { node, read: () => node.value.split(/\s+/).filter(Boolean) };
}

/** By Discord's component type; all others take ids. */
const FIELDS = {
  3: menuField,
  4: textField,
  19: fileField,
  21: groupField,
  22: groupField,
  23: checkboxField,
};
