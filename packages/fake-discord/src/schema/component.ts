// Checks rows of buttons and select menus (Discord docs, Component reference).
import { z } from 'zod';
import { COMPONENT } from '../limits.ts';
import { arrayOf, exact, integer, link, oneOf, report, snowflake, text } from './form.ts';

export const customId = exact({ min: 1, max: COMPONENT.customId });
const position = z.int().optional();

const emoji = z.object({
  id: snowflake.optional(),
  name: z.string().optional(),
  animated: z.boolean().optional(),
});

const button = z
  .object({
    type: z.literal(2),
    id: position,
    style: oneOf([1, 2, 3, 4, 5, 6]),
    label: text({ max: COMPONENT.label }).optional(),
    emoji: emoji.optional(),
    custom_id: customId.optional(),
    url: link(COMPONENT.url, ['http', 'https', 'discord']).optional(),
    sku_id: snowflake.optional(),
    disabled: z.boolean().optional(),
  })
  .superRefine((value, ctx) => {
    const required = value.style === 5 ? 'url' : value.style === 6 ? 'sku_id' : 'custom_id';
    if (value[required] === undefined) report(ctx, 'BASE_TYPE_REQUIRED', 'This field is required', [required]);
    for (const other of ['custom_id', 'url', 'sku_id'] as const) {
      if (other !== required && value[other] !== undefined) {
        report(ctx, 'BUTTON_COMPONENT_FIELD_FORBIDDEN', `A button of style ${value.style} cannot have ${other}`, [
          other,
        ]);
      }
    }
    if (value.style === 6) return;
    if (!value.label && value.emoji === undefined) {
      report(ctx, 'BUTTON_COMPONENT_INVALID_LABEL', 'A button must have a label or an emoji', ['label']);
    }
  });

const option = z.object({
  label: text({ min: 1, max: COMPONENT.optionText }),
  value: exact({ min: 1, max: COMPONENT.optionText }),
  description: text({ max: COMPONENT.optionText }).optional(),
  emoji: emoji.optional(),
  default: z.boolean().optional(),
});

const menuFields = {
  id: position,
  custom_id: customId,
  placeholder: text({ max: COMPONENT.selectPlaceholder }).optional(),
  min_values: integer({ max: COMPONENT.selectValues }).optional(),
  max_values: integer({ min: 1, max: COMPONENT.selectValues }).optional(),
  disabled: z.boolean().optional(),
  required: z.boolean().optional(),
};

/** A select menu with the bot's options, on a message or in a modal. */
export const stringSelect = z
  .object({ ...menuFields, type: z.literal(3), options: arrayOf(option, { min: 1, max: COMPONENT.options }) })
  .superRefine(({ options, min_values: min = 1, max_values: max = 1 }, ctx) => {
    if (min > max)
      report(ctx, 'SELECT_COMPONENT_MIN_MAX', 'min_values must not be larger than max_values', ['min_values']);
    if (max > options.length)
      report(ctx, 'SELECT_COMPONENT_MAX_VALUES', 'max_values must not be larger than the number of options', [
        'max_values',
      ]);
    if (options.filter((each) => each.default).length > max)
      report(ctx, 'SELECT_COMPONENT_DEFAULTS', 'More options are chosen by default than max_values allows', [
        'options',
      ]);
    options.forEach((each, at) => {
      if (options.findIndex((other) => other.value === each.value) < at) {
        report(ctx, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used', [
          'options',
          at,
          'value',
        ]);
      }
    });
  });

/** A select menu of users (5), roles (6), both (7) or channels (8). */
export const entitySelect = z.object({
  ...menuFields,
  type: oneOf([5, 6, 7, 8]),
  channel_types: z.array(z.int()).optional(),
  default_values: z.array(z.object({ id: snowflake, type: z.enum(['user', 'role', 'channel']) })).optional(),
});

const control = z.discriminatedUnion('type', [button, stringSelect, entitySelect]);

const row = z
  .object({ type: z.literal(1), id: position, components: arrayOf(control, { min: 1, max: COMPONENT.buttonsPerRow }) })
  .superRefine(({ components }, ctx) => {
    const isMixed = components.some(({ type }) => type !== 2) && components.length > 1;
    if (isMixed)
      report(ctx, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width', [
        'components',
        1,
      ]);
  });

/** Up to five rows with unique custom_ids, disabled controls included. */
export const rows = arrayOf(row, { max: COMPONENT.rows }).superRefine((all, ctx) => {
  const seen = new Set<string>();
  all.forEach(({ components }, at) => {
    components.forEach(({ custom_id: id }, inner) => {
      if (id === undefined) return;
      if (seen.has(id)) {
        report(ctx, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated', [
          at,
          'components',
          inner,
          'custom_id',
        ]);
      }
      seen.add(id);
    });
  });
});

export type Row = z.infer<typeof row>;
export type Control = z.infer<typeof control>;
export type Button = z.infer<typeof button>;
export type Menu = z.infer<typeof stringSelect> | z.infer<typeof entitySelect>;
