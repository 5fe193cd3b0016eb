// From a request body to checked values, or to Discord's 50035 with every error at its path.
import { z } from 'zod';
import { invalidForm } from '../api-error.ts';

interface Bounds {
  readonly min?: number;
  readonly max: number;
}

/** Reports an error under a code of Discord's own. */
export function report(ctx: z.RefinementCtx, code: string, message: string, path: PropertyKey[] = []): void {
  ctx.addIssue({ code: 'custom', message, path, params: { discord: code } });
}

/** Length as Discord counts it: code points, not UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

function checkLength(length: number, { min = 0, max }: Bounds, ctx: z.RefinementCtx): void {
  if (length >= min && length <= max) return;
  if (length === 0 && min === 1 && max > 100) report(ctx, 'BASE_TYPE_REQUIRED', 'This field is required');
  else if (min > 0) report(ctx, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  else report(ctx, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
}

/** A text that people read: trimmed first, then counted (Discord docs, Embed limits). */
export const text = (bounds: Bounds) =>
  z
    .string()
    .trim()
    .superRefine((value, ctx) => checkLength(lengthOf(value), bounds, ctx));

/** A text that programs read, such as a custom_id: counted as it stands. */
export const exact = (bounds: Bounds) =>
  z.string().superRefine((value, ctx) => checkLength(lengthOf(value), bounds, ctx));

/** A list of so many elements. */
export const arrayOf = <T extends z.ZodType>(element: T, bounds: Bounds) =>
  z.array(element).superRefine((value, ctx) => checkLength(value.length, bounds, ctx));

/** A whole number within bounds. */
export const integer = ({ min = 0, max }: Bounds) =>
  z.int().superRefine((value, ctx) => {
    if (value < min) report(ctx, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    if (value > max) report(ctx, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  });

/** One of a few numbers, such as a style. */
export const oneOf = <const T extends readonly number[]>(values: T) => z.literal(values);

/** A link with one of these schemes. */
export const link = (max: number, schemes: readonly string[]) =>
  exact({ max }).superRefine((value, ctx) => {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || !URL.canParse(value)) report(ctx, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    else if (!schemes.includes(scheme)) {
      const allowed = schemes.map((each) => `'${each}'`).join(', ');
      report(ctx, 'URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" must be one of (${allowed}).`);
    }
  });

export const snowflake = z.union([z.string(), z.int()]).transform((id, ctx) => {
  if (!/^\d{1,20}$/.test(String(id))) report(ctx, 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`);
  return String(id);
});

/**
 * The body as the schema gives it.
 * A null counts as absent: Discord's fields are nullable almost throughout; see `emptied` for where it clears.
 * @param under where the body lies in the request, such as `['data']` for an interaction callback
 * @throws ApiError 50035
 */
export function parseForm<T extends z.ZodType>(
  schema: T,
  body: unknown,
  under: readonly PropertyKey[] = [],
): z.infer<T> {
  const form = withoutNulls(body);
  const result = schema.safeParse(form);
  if (result.success) return result.data;
  throw invalidForm(
    result.error.issues.map((issue) => ({ ...describe(issue, form), path: [...under, ...issue.path] })),
  );
}

/** The body with null replaced by the empty value in these fields, where Discord takes null for "clear this". */
export function withEmptyValues(body: unknown, empty: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, value === null && key in empty ? empty[key] : value]),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}

function describe(issue: z.core.$ZodIssue, form: unknown): { code: string; message: string } {
  if (issue.code === 'custom')
    return { code: String(issue.params?.discord ?? 'BASE_TYPE_BAD'), message: issue.message };
  const value = issue.path.reduce<unknown>((at, key) => (isIndexable(at) ? at[key] : undefined), form);
  if (value === undefined) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  if (issue.code === 'invalid_value')
    return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.join(', ')}}.` };
  if (issue.code === 'invalid_union')
    return { code: 'UNION_TYPE_CHOICES', message: 'Value of field "type" is not one that may stand here.' };
  return { code: 'BASE_TYPE_BAD_TYPE', message: issue.message };
}

// The only thing read is a property that may be missing, so any object will do.
function isIndexable(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
