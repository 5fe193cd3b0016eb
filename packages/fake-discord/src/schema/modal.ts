// Checks modals (Discord docs, Interactions, Modal callback; Component reference, Label and its inputs).
import { z } from 'zod';
import { COMPONENT, MODAL } from '../limits.ts';
import { customId, entitySelect, stringSelect } from './component.ts';
import { arrayOf, exact, integer, oneOf, report, text } from './form.ts';

const position = z.int().optional();
const required = z.boolean().optional();

const textInput = z
  .object({
    type: z.literal(4),
    id: position,
    custom_id: customId,
    style: oneOf([1, 2]),
    label: text({ min: 1, max: MODAL.label }).optional(),
    value: exact({ max: MODAL.textValue }).optional(),
    placeholder: text({ max: MODAL.textPlaceholder }).optional(),
    min_length: integer({ max: MODAL.textValue }).optional(),
    max_length: integer({ min: 1, max: MODAL.textValue }).optional(),
    required,
  })
  .superRefine(({ min_length: min = 0, max_length: max = MODAL.textValue }, ctx) => {
    if (min > max)
      report(ctx, 'TEXT_INPUT_COMPONENT_MIN_MAX', 'min_length must not be larger than max_length', ['min_length']);
  });

const fileUpload = z.object({
  type: z.literal(19),
  id: position,
  custom_id: customId,
  min_values: integer({ max: MODAL.files }).optional(),
  max_values: integer({ min: 1, max: MODAL.files }).optional(),
  required,
});

const choice = z.object({
  label: text({ min: 1, max: COMPONENT.optionText }),
  value: exact({ min: 1, max: COMPONENT.optionText }),
  description: text({ max: COMPONENT.optionText }).optional(),
  default: z.boolean().optional(),
});

const radioGroup = z.object({
  type: z.literal(21),
  id: position,
  custom_id: customId,
  options: arrayOf(choice, { min: 2, max: MODAL.radioOptions }),
  required,
});

const checkboxGroup = z.object({
  type: z.literal(22),
  id: position,
  custom_id: customId,
  options: arrayOf(choice, { min: 1, max: MODAL.checkboxOptions }),
  min_values: integer({ max: MODAL.checkboxOptions }).optional(),
  max_values: integer({ min: 1, max: MODAL.checkboxOptions }).optional(),
  required,
});

const checkbox = z.object({ type: z.literal(23), id: position, custom_id: customId, default: z.boolean().optional() });

const input = z.discriminatedUnion('type', [
  textInput,
  stringSelect,
  entitySelect,
  fileUpload,
  radioGroup,
  checkboxGroup,
  checkbox,
]);

const label = z
  .object({
    type: z.literal(18),
    id: position,
    label: text({ min: 1, max: MODAL.label }),
    description: text({ max: MODAL.description }).optional(),
    component: input,
  })
  .superRefine(({ component }, ctx) => {
    if ('disabled' in component && component.disabled !== undefined) {
      report(ctx, 'COMPONENT_DISABLED_IN_MODAL', 'A component of a modal cannot be disabled', [
        'component',
        'disabled',
      ]);
    }
    if ('label' in component && component.label !== undefined) {
      report(ctx, 'TEXT_INPUT_LABEL_FORBIDDEN', 'The label belongs on the Label component', ['component', 'label']);
    }
  });

const textDisplay = z.object({ type: z.literal(10), id: position, content: text({ min: 1, max: MODAL.textDisplay }) });

/** The older form, which Discord still accepts: one text input with its own label. */
const inputRow = z
  .object({ type: z.literal(1), id: position, components: arrayOf(textInput, { min: 1, max: 1 }) })
  .superRefine(({ components }, ctx) => {
    if (components[0] && components[0].label === undefined) {
      report(ctx, 'BASE_TYPE_REQUIRED', 'This field is required', ['components', 0, 'label']);
    }
  });

const part = z.discriminatedUnion('type', [label, textDisplay, inputRow]);

export const modal = z
  .object({
    custom_id: customId,
    title: text({ min: 1, max: MODAL.title }),
    components: arrayOf(part, { min: 1, max: MODAL.components }),
  })
  .superRefine(({ components }, ctx) => {
    const seen = new Set<string>();
    components.forEach((each, at) => {
      const path = each.type === 18 ? [at, 'component'] : [at, 'components', 0];
      const id =
        each.type === 18 ? each.component.custom_id : each.type === 1 ? each.components[0]?.custom_id : undefined;
      if (id === undefined) return;
      if (seen.has(id))
        report(ctx, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated', [
          'components',
          ...path,
          'custom_id',
        ]);
      seen.add(id);
    });
  });

export type Modal = z.infer<typeof modal>;
export type ModalInput = z.infer<typeof input>;
