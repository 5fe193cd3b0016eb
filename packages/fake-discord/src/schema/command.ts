// Checks application commands at registration (Discord docs, Application Commands).
import { z } from 'zod';
import { COMMAND } from '../limits.ts';
import { arrayOf, exact, integer, lengthOf, oneOf, report, text } from './form.ts';

const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );

const slashName = z.string().superRefine((value, ctx) => {
  if (!SLASH_NAME.test(value) || value !== value.toLowerCase())
    report(ctx, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
});
const menuName = text({ min: 1, max: COMMAND.name });
const description = text({ min: 1, max: COMMAND.description });

const localized = <T extends z.ZodType<string>>(each: T) =>
  z.record(z.string(), each).superRefine((value, ctx) => {
    for (const locale of Object.keys(value)) {
      if (!LOCALES.includes(locale)) report(ctx, 'BASE_TYPE_CHOICES', `"${locale}" is not a Discord locale.`, [locale]);
    }
  });

const choice = z.object({
  name: text({ min: 1, max: COMMAND.choiceName }),
  name_localizations: localized(text({ min: 1, max: COMMAND.choiceName })).optional(),
  value: z.union([exact({ min: 1, max: COMMAND.choiceValue }), z.number()]),
});

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
    choices: arrayOf(choice, { max: COMMAND.choices }).optional(),
    channel_types: z.array(z.int()).optional(),
    min_value: z.number().optional(),
    max_value: z.number().optional(),
    min_length: integer({ max: COMMAND.textLength }).optional(),
    max_length: integer({ min: 1, max: COMMAND.textLength }).optional(),
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
    ] as const;
    for (const [field, isAllowed] of rules) {
      if (!isAllowed && option[field] !== undefined && option[field] !== false) {
        report(ctx, 'APPLICATION_COMMAND_OPTION_FIELD_FORBIDDEN', `An option of type ${type} cannot have ${field}`, [
          field,
        ]);
      }
    }
  });

const subcommand = z.object({
  ...described,
  type: z.literal(1),
  options: arrayOf(value, { max: COMMAND.options }).superRefine(checkOptions).optional(),
});
const group = z.object({
  ...described,
  type: z.literal(2),
  options: arrayOf(subcommand, { min: 1, max: COMMAND.options }).superRefine(checkNames),
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
  contexts: z.array(oneOf([0, 1, 2])).optional(),
  integration_types: z.array(oneOf([0, 1])).optional(),
  default_member_permissions: z
    .union([z.string().regex(/^\d+$/), z.int()])
    .transform(String)
    .optional(),
};

const slash = z.object({
  ...shared,
  ...described,
  type: z.literal(1),
  options: options.optional(),
});
const menu = z
  .object({
    ...shared,
    type: oneOf([2, 3]),
    name: menuName,
    name_localizations: localized(menuName).optional(),
    description: z.string().optional(),
    options: z.array(z.unknown()).optional(),
  })
  .superRefine((command, ctx) => {
    if (command.description)
      report(ctx, 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION', 'Context menu commands cannot have description', [
        'description',
      ]);
    if (command.options?.length)
      report(ctx, 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS', 'Context menu commands cannot have options', ['options']);
  });

/** The command that launches an Activity (Discord docs, Application Commands, "Entry Point Commands"). */
const entryPoint = z.object({
  ...shared,
  type: z.literal(4),
  name: menuName,
  name_localizations: localized(menuName).optional(),
  description: z.string().optional(),
  description_localizations: localized(description).optional(),
  handler: oneOf([1, 2]).optional(),
});

export const commandForm = z.discriminatedUnion('type', [slash, menu, entryPoint]).superRefine((command, ctx) => {
  if (totalLength(command) > COMMAND.total) {
    report(ctx, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${COMMAND.total})`);
  }
});

export type CommandForm = z.infer<typeof commandForm>;
export type ValueOption = z.infer<typeof value>;
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
