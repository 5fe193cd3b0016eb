// One field of a modal: how it looks, what is wrong with what was typed, and how it is read.
import { element, readFiles } from './dom.js';

/** From this share of its limit on, a text says how long it is. */
const NEARLY = 0.75;

/**
 * @param input a component of the modal
 * @returns `box` to show, `node` to focus, `mark()` for a sentence on what is wrong (undefined: nothing), `read()`
 */
export function fieldFor(input, label, description) {
  const id = `field-${input.custom_id}`;
  const hint = description ? element('small', { id: `${id}-hint` }, description) : null;
  const field = (MAKERS[input.type] ?? idsField)(input, id, label, hint ? `${id}-hint` : undefined);
  const name = field.isGroup ? null : element('label', { for: id }, label);
  return {
    id: input.custom_id,
    mark: () => undefined,
    ...field,
    box: element('div', { class: 'field' }, name, hint, field.node, field.more),
  };
}

/** The browser's own limit would cut off what is pasted; here it stays, and one is told. */
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
  const wrong = () => {
    const { length } = node.value;
    if (length === 0) return required ? `${label}: this needs a text.` : undefined;
    if (length > max) return `${label}: at most ${max} characters, and these are ${length}.`;
    return length < min ? `${label}: at least ${min} characters, and these are ${length}.` : undefined;
  };
  const mark = () => {
    const why = wrong();
    if (why) node.setAttribute('aria-invalid', 'true');
    else node.removeAttribute('aria-invalid');
    return why;
  };
  const tell = () => {
    const { length } = node.value;
    count.textContent = length > max * NEARLY ? `${length} of ${max} characters` : '';
    count.classList.toggle('wrong', length > max);
    if (node.hasAttribute('aria-invalid')) mark();
  };
  node.addEventListener('input', tell);
  tell();
  return { node, more: count, mark, read: () => node.value };
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
  const kind = type === 21 ? 'radio' : 'checkbox';
  const boxes = options.map((option) =>
    element(
      'label',
      {},
      element('input', { type: kind, name: id, value: option.value, checked: option.default }),
      ` ${option.label}`,
    ),
  );
  const node = element('fieldset', { 'aria-describedby': hint }, element('legend', {}, label), boxes);
  return { node, isGroup: true, read: () => [...node.querySelectorAll(':checked')].map(({ value }) => value) };
}

function idsField({ required = true }, id, _, hint) {
  const node = element('input', {
    id,
    placeholder: 'Ids, with blanks between',
    'aria-required': required ? 'true' : undefined,
    'aria-describedby': hint,
  });
  return { node, read: () => node.value.split(/\s+/).filter(Boolean) };
}

/** By Discord's type of component; the others take ids. */
const MAKERS = {
  3: menuField,
  4: textField,
  19: fileField,
  21: groupField,
  22: groupField,
  23: checkboxField,
};
