// Checks application commands at registration (Discord docs, Application Commands).
import { z } from 'zod';
import { COMMAND } from '../limits.ts';
import { checkChoiceValues, checkNumber, choiceForm, localized } from './choice.ts';
import { fileTypes } from './file-types.ts';
import { arrayOf, integer, lengthOf, oneOf, report, setOf, text } from './form.ts';
import { channelTypes } from './menu-rules.ts';

const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const slashName = z.string().superRefine((value, ctx) => {
  if (!SLASH_NAME.test(value) || value !== value.toLowerCase())
    report(ctx, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
});
const menuName = text({ min: 1, max: COMMAND.name });
const description = text({ min: 1, max: COMMAND.description });

const described = {
  name: slashName,
  name_localizations: localized(slashName).optional(),
  description,
  description_localizations: localized(description).optional(),
};

const value = z
  .object({
    ...described,
    type: oneOf([3, 4, 5, 6, 7, 8, 9, 10, 11]),
    required: z.boolean().optional(),
    autocomplete: z.boolean().optional(),
    choices: arrayOf(choiceForm(1), { max: COMMAND.choices }).optional(),
    channel_types: channelTypes.optional(),
    min_value: z.number().optional(),
    max_value: z.number().optional(),
    min_length: integer({ max: COMMAND.textLength }).optional(),
    max_length: integer({ min: 1, max: COMMAND.textLength }).optional(),
    file_types: fileTypes.optional(),
  })
  .superRefine((option, ctx) => {
    const { type } = option;
    const isList = type === 3 || type === 4 || type === 10;
    if (option.autocomplete && option.choices?.length) {
      report(
        ctx,
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
        'An option with autocomplete cannot have choices',
        ['autocomplete'],
      );
    }
    const rules = [
      ['choices', isList],
      ['autocomplete', isList],
      ['min_length', type === 3],
      ['max_length', type === 3],
      ['min_value', type === 4 || type === 10],
      ['max_value', type === 4 || type === 10],
      ['channel_types', type === 7],
      ['file_types', type === 11],
    ] as const;
    for (const [field, isAllowed] of rules) {
      if (!isAllowed && option[field] !== undefined && option[field] !== false) {
        report(ctx, 'APPLICATION_COMMAND_OPTION_FIELD_FORBIDDEN', `An option of type ${type} cannot have ${field}`, [
          field,
        ]);
      }
    }
    checkChoiceValues(type, option.choices ?? [], ctx);
    checkRanges(option, ctx);
  });

interface Ranges {
  readonly type: number;
  readonly min_value?: number | undefined;
  readonly max_value?: number | undefined;
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
}

/** An INTEGER has whole bounds (Application Command Option Structure), and no lower bound is above the upper one. */
function checkRanges(option: Ranges, ctx: z.RefinementCtx): void {
  for (const field of ['min_value', 'max_value'] as const) {
    const bound = option[field];
    if (option.type === 4 && bound !== undefined) checkNumber(4, bound, [field], ctx);
  }
  const pairs = [
    ['min_value', 'max_value'],
    ['min_length', 'max_length'],
  ] as const;
  for (const [low, high] of pairs) {
    if ((option[low] ?? Number.NEGATIVE_INFINITY) > (option[high] ?? Number.POSITIVE_INFINITY))
      report(ctx, 'APPLICATION_COMMAND_OPTION_RANGE_INVALID', `${low} must not be larger than ${high}`, [low]);
  }
}

const subcommand = z.object({
  ...described,
  type: z.literal(1),
  options: arrayOf(value, { max: COMMAND.options }).superRefine(checkOptions).optional(),
});
/**
 * One without subcommands is taken, but not shown (Discord docs, Application Commands, Subcommands and Subcommand Groups,
 * the example).
 */
const group = z.object({
  ...described,
  type: z.literal(2),
  options: arrayOf(subcommand, { max: COMMAND.options }).superRefine(checkNames).optional(),
});
const options = arrayOf(z.discriminatedUnion('type', [value, subcommand, group]), { max: COMMAND.options })
  .superRefine(checkOptions)
  .superRefine((all, ctx) => {
    const isMixed = all.some(({ type }) => type <= 2) && all.some(({ type }) => type > 2);
    if (isMixed) report(ctx, 'APPLICATION_COMMAND_OPTIONS_TYPE_MIXED', 'Subcommands and other options cannot be mixed');
  });

type Named = readonly { readonly name: string; readonly required?: boolean | undefined }[];

function checkOptions(all: Named, ctx: z.RefinementCtx): void {
  checkNames(all, ctx);
  const firstOptional = all.findIndex(({ required }) => !required);
  all.forEach(({ required }, at) => {
    if (required && firstOptional !== -1 && at > firstOptional) {
      report(
        ctx,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
        [at],
      );
    }
  });
}

function checkNames(all: Named, ctx: z.RefinementCtx): void {
  all.forEach(({ name }, at) => {
    if (all.findIndex((other) => other.name === name) < at) {
      report(ctx, 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', 'Option name is already used', [at, 'name']);
    }
  });
}

const shared = {
  nsfw: z.boolean().optional(),
  dm_permission: z.boolean().optional(),
  contexts: setOf(oneOf([0, 1, 2]), { min: 1, max: 3 }).optional(),
  integration_types: setOf(oneOf([0, 1]), { min: 1, max: 2 }).optional(),
  default_member_permissions: z
    .union([z.string().regex(/^\d+$/), z.int().nonnegative()])
    .transform(String)
    .optional(),
};

/** "`handler` can only be set for application commands of type PRIMARY_ENTRY_POINT" (Application Command Structure). */
const noHandler = z
  .unknown()
  .superRefine((_, ctx) => report(ctx, 'APPLICATION_COMMAND_HANDLER_FORBIDDEN', 'Only Entry Points have a handler'))
  .optional();

/** "`options` can only be set for application commands of type CHAT_INPUT" (Application Command Structure). */
const noOptions = z
  .array(z.unknown())
  .superRefine((all, ctx) => {
    if (all.length > 0) report(ctx, 'APPLICATION_COMMAND_OPTIONS_FORBIDDEN', 'Only slash commands can have options');
  })
  .optional();

const slash = z.object({
  ...shared,
  ...described,
  type: z.literal(1),
  options: options.optional(),
  handler: noHandler,
});
const menu = z
  .object({
    ...shared,
    type: oneOf([2, 3]),
    name: menuName,
    name_localizations: localized(menuName).optional(),
    description: z.string().optional(),
    options: noOptions,
    handler: noHandler,
  })
  .superRefine((command, ctx) => {
    if (command.description)
      report(ctx, 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION', 'Context menu commands cannot have description', [
        'description',
      ]);
  });

/** The command that launches an Activity (Discord docs, Application Commands, "Entry Point Commands"). */
const entryPoint = z.object({
  ...shared,
  type: z.literal(4),
  name: menuName,
  name_localizations: localized(menuName).optional(),
  description: z.string().optional(),
  description_localizations: localized(description).optional(),
  options: noOptions,
  handler: oneOf([1, 2]).optional(),
});

/** A command as a bot registers it (Discord docs, Application Commands, Application Command Object). */
export const commandForm = z.discriminatedUnion('type', [slash, menu, entryPoint]).superRefine((command, ctx) => {
  if (totalLength(command) > COMMAND.total) {
    report(ctx, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${COMMAND.total})`);
  }
});

/** A valid command, without id and version. */
export type CommandForm = z.infer<typeof commandForm>;
/** An option that takes a value: not a subcommand or group. */
export type ValueOption = z.infer<typeof value>;
/** Any option: one with a value, a subcommand, or a group of subcommands. */
export type CommandOption = z.infer<typeof options>[number];

/** The total length of names, descriptions and choice values; the longest localization of each counts. */
function totalLength(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  if (Array.isArray(part)) return part.reduce<number>((sum, each) => sum + totalLength(each), 0);
  const fields = new Map<string, unknown>(Object.entries(part));
  const longest = (key: string) => {
    const localizations: unknown = fields.get(`${key}_localizations`) ?? {};
    const texts = [fields.get(key), ...Object.values(localizations ?? {})];
    return Math.max(0, ...texts.map((each) => (typeof each === 'string' ? lengthOf(each) : 0)));
  };
  const choice = fields.get('value');
  const own = longest('name') + longest('description') + (typeof choice === 'string' ? lengthOf(choice) : 0);
  return own + totalLength(fields.get('options')) + totalLength(fields.get('choices'));
}
