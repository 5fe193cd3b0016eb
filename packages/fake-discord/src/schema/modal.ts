// Checks modals (Discord docs, Receiving and Responding, Modal; Component Reference, Label and its inputs).
import { z } from 'zod';
import { COMPONENT, MODAL } from '../limits.ts';
import { customId, entitySelect, position, stringSelect } from './component.ts';
import { fileTypes } from './file-types.ts';
import { arrayOf, exact, integer, oneOf, report, text } from './form.ts';
import { checkCounts, checkIdentifiers, checkOptions } from './menu-rules.ts';

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

const fileUpload = z
  .object({
    type: z.literal(19),
    id: position,
    custom_id: customId,
    min_values: integer({ max: MODAL.files }).optional(),
    max_values: integer({ min: 1, max: MODAL.files }).optional(),
    required,
    file_types: fileTypes.optional(),
  })
  .superRefine((upload, ctx) => checkCounts(upload, 1, ctx));

const choice = z.object({
  label: text({ min: 1, max: COMPONENT.optionText }),
  value: exact({ min: 1, max: COMPONENT.optionText }),
  description: text({ max: COMPONENT.optionText }).optional(),
  default: z.boolean().optional(),
});

const radioGroup = z
  .object({
    type: z.literal(21),
    id: position,
    custom_id: customId,
    options: arrayOf(choice, { min: 2, max: MODAL.radioOptions }),
    required,
  })
  .superRefine(({ options }, ctx) => checkOptions(options, 1, ctx));

const checkboxGroup = z
  .object({
    type: z.literal(22),
    id: position,
    custom_id: customId,
    options: arrayOf(choice, { min: 1, max: MODAL.checkboxOptions }),
    min_values: integer({ max: MODAL.checkboxOptions }).optional(),
    max_values: integer({ min: 1, max: MODAL.checkboxOptions }).optional(),
    required,
  })
  .superRefine((group, ctx) => {
    const { options, max_values: max = options.length } = group;
    checkCounts(group, options.length, ctx);
    checkOptions(options, max, ctx);
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
    description: text({ min: 1, max: MODAL.description }).optional(),
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
    const isRequired = 'required' in component ? (component.required ?? true) : true;
    if (isRequired && 'min_values' in component && component.min_values === 0) {
      const message = 'min_values must be at least 1 where required is not false';
      report(ctx, 'COMPONENT_REQUIRED_MIN_VALUES', message, ['component', 'min_values']);
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

/** A modal of 1 to 5 parts (Discord docs, Receiving and Responding, Modal). */
export const modal = z
  .object({
    custom_id: customId,
    title: text({ min: 1, max: MODAL.title }),
    components: arrayOf(part, { min: 1, max: MODAL.components }),
  })
  .superRefine(({ components }, ctx) => {
    const placed = components.flatMap((one, at) => {
      const path = ['components', at];
      const inner = one.type === 18 ? [one.component] : one.type === 1 ? one.components : [];
      const below = one.type === 18 ? ['component'] : ['components', 0];
      return [{ component: one, path }, ...inner.map((component) => ({ component, path: [...path, ...below] }))];
    });
    checkIdentifiers(placed, ctx);
  });

/** A valid modal. */
export type Modal = z.infer<typeof modal>;
/** An input of a modal. */
export type ModalInput = z.infer<typeof input>;
