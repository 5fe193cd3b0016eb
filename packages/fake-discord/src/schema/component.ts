// Checks rows of buttons and select menus (Discord docs, Component Reference).
import { z } from 'zod';
import { COMPONENT } from '../limits.ts';
import { arrayOf, exact, integer, link, oneOf, report, snowflake, text } from './form.ts';
import { channelTypes, checkCounts, checkDefaults, checkIdentifiers, checkOptions } from './menu-rules.ts';

/** 1 to 100 characters (Discord docs, Component Reference, Custom ID). */
export const customId = exact({ min: 1, max: COMPONENT.customId });
/** The id of a component: a 32-bit integer (Discord docs, Component Reference, Anatomy of a Component). */
export const position = integer({ max: COMPONENT.id }).optional();

/** The emoji of a server has an id, any other only its characters as name. */
const emoji = z
  .object({
    id: snowflake.optional(),
    name: text({ max: COMPONENT.emojiName }).optional(),
    animated: z.boolean().optional(),
  })
  .superRefine(({ id, name }, ctx) => {
    if (id === undefined && !name) report(ctx, 'COMPONENT_INVALID_EMOJI', 'Invalid emoji', ['name']);
  });

/** The fields that a button with this style must have, and those that it cannot have. */
function fieldsOfStyle(style: number) {
  if (style === 5) return { required: 'url', forbidden: ['custom_id', 'sku_id'] } as const;
  if (style === 6) return { required: 'sku_id', forbidden: ['custom_id', 'url', 'label', 'emoji'] } as const;
  return { required: 'custom_id', forbidden: ['url', 'sku_id'] } as const;
}

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
    const { required, forbidden } = fieldsOfStyle(value.style);
    if (value[required] === undefined) report(ctx, 'BASE_TYPE_REQUIRED', 'This field is required', [required]);
    for (const other of forbidden) {
      if (value[other] !== undefined) {
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
  .superRefine((menu, ctx) => {
    checkCounts(menu, 1, ctx);
    if ((menu.max_values ?? 1) > menu.options.length)
      report(ctx, 'SELECT_COMPONENT_MAX_VALUES', 'max_values must not be larger than the number of options', [
        'max_values',
      ]);
    checkOptions(menu.options, menu.max_values ?? 1, ctx);
  });

/** A select menu of users (5), roles (6), both (7) or channels (8). */
export const entitySelect = z
  .object({
    ...menuFields,
    type: oneOf([5, 6, 7, 8]),
    channel_types: channelTypes.optional(),
    default_values: arrayOf(z.object({ id: snowflake, type: z.enum(['user', 'role', 'channel']) }), {
      max: COMPONENT.selectValues,
    }).optional(),
  })
  .superRefine((menu, ctx) => {
    checkCounts(menu, 1, ctx);
    checkDefaults(menu, ctx);
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

/** Up to five rows. */
export const rows = arrayOf(row, { max: COMPONENT.rows }).superRefine((all, ctx) => {
  const placed = all.flatMap((one, at) => [
    { component: one, path: [at] },
    ...one.components.map((component, inner) => ({ component, path: [at, 'components', inner] })),
  ]);
  checkIdentifiers(placed, ctx);
});

/** A row of buttons, or of one select menu. */
export type Row = z.infer<typeof row>;
/** What a row contains. */
export type Control = z.infer<typeof control>;
/** A button of any style. */
export type Button = z.infer<typeof button>;
/** A select menu: of the bot's options, or of users, roles or channels. */
export type Menu = z.infer<typeof stringSelect> | z.infer<typeof entitySelect>;
