// Schema helpers: parse a request body, or fail with Discord's error 50035 and every error at its path.
import { z } from 'zod';
import { invalidForm } from '../api-error.ts';

interface Bounds {
  readonly min?: number;
  readonly max: number;
}

/** Adds an error with one of Discord's codes. */
export function report(ctx: z.RefinementCtx, code: string, message: string, path: PropertyKey[] = []): void {
  ctx.addIssue({ code: 'custom', message, path, params: { discord: code } });
}

/** The length as Discord counts it: in code points, not UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

function checkLength(length: number, { min = 0, max }: Bounds, ctx: z.RefinementCtx): void {
  if (length >= min && length <= max) return;
  if (length === 0 && min === 1 && max > 100) report(ctx, 'BASE_TYPE_REQUIRED', 'This field is required');
  else if (min > 0) report(ctx, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  else report(ctx, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
}

/** Text for people: trimmed before it is counted (Discord docs, Embed Limits). */
export const text = (bounds: Bounds) =>
  z
    .string()
    .trim()
    .superRefine((value, ctx) => checkLength(lengthOf(value), bounds, ctx));

/** Text for programs, such as a custom_id: counted without trimming. */
export const exact = (bounds: Bounds) =>
  z.string().superRefine((value, ctx) => checkLength(lengthOf(value), bounds, ctx));

/** A list with a number of elements within bounds. */
export const arrayOf = <T extends z.ZodType>(element: T, bounds: Bounds) =>
  z.array(element).superRefine((value, ctx) => checkLength(value.length, bounds, ctx));

/** A list without duplicates (Discord's OpenAPI document, `uniqueItems`). */
export const setOf = <T extends z.ZodType<string | number>>(
  element: T,
  bounds: Bounds = { max: Number.POSITIVE_INFINITY },
) =>
  arrayOf(element, bounds).superRefine((all, ctx) => {
    all.forEach((value, at) => {
      if (all.indexOf(value) < at)
        report(ctx, 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value', [at]);
    });
  });

/** A whole number within bounds. */
export const integer = ({ min = 0, max }: Bounds) =>
  z.int().superRefine((value, ctx) => {
    if (value < min) report(ctx, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    if (value > max) report(ctx, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  });

/** One of these numbers, such as a style. */
export const oneOf = <const T extends readonly number[]>(values: T) => z.literal(values);

/** A link with one of these schemes. */
export const link = (max: number, schemes: readonly string[]) =>
  exact({ max }).superRefine((value, ctx) => {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || /\S\s+\S/.test(value) || !URL.canParse(value))
      report(ctx, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    else if (!schemes.includes(scheme)) {
      const allowed = schemes.map((each) => `'${each}'`).join(', ');
      report(ctx, 'URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" must be one of (${allowed}).`);
    }
  });

/** An id: digits without leading zeros, as text or number (Discord docs, API Reference, Snowflakes). Becomes text. */
export const snowflake = z.union([z.string(), z.int()]).transform((id, ctx) => {
  if (!/^(?:0|[1-9]\d{0,19})$/.test(String(id))) report(ctx, 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`);
  return String(id);
});

/**
 * Parses a body. Null counts as absent, because almost all of Discord's fields are nullable; where null clears a field,
 * use `withEmptyValues` first.
 * @param under the path of the body in the request, such as `['data']` for an interaction callback
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

/** Replaces null by an empty value in these fields, for which Discord treats null as "clear". */
export function withEmptyValues(body: unknown, empty: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, value === null && key in empty ? empty[key] : value]),
  );
}

/** Whether a value is an object, not a list. */
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
    return { code: 'UNION_TYPE_CHOICES', message: 'Value of field "type" is not allowed here.' };
  return { code: 'BASE_TYPE_BAD_TYPE', message: issue.message };
}

// Only reads a property that may be missing, so any object is safe.
function isIndexable(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
