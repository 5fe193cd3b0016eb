// Reads query parameters, or fails with Discord's error 50035 at the parameter's name.
import { invalidForm } from '../api-error.ts';
import { isIsoTime, notIsoTime } from '../schema/iso-time.ts';

/**
 * The number of entries to return: a whole number from 1 to `max`, which is also the default unless one is given.
 * @throws ApiError 50035 at `limit`
 */
export function limitIn(query: URLSearchParams, { max, standard = max }: { max: number; standard?: number }): number {
  const limit = Number(query.get('limit') ?? standard);
  if (Number.isInteger(limit) && limit >= 1 && limit <= max) return limit;
  const message = `int value should be between 1 and ${max}.`;
  throw invalidForm([{ path: ['limit'], code: 'NUMBER_TYPE_MAX', message }]);
}

/**
 * An id for paging; undefined without the parameter.
 * @throws ApiError 50035 at `name`
 */
export function idIn(query: URLSearchParams, name: string): bigint | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,20}$/.test(text)) return BigInt(text);
  throw invalidForm([{ path: [name], code: 'NUMBER_TYPE_COERCE', message: `Value "${text}" is not snowflake.` }]);
}

/**
 * A time in ISO 8601, in milliseconds since 1970; undefined without the parameter.
 * @throws ApiError 50035 at `name`
 */
export function timeIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (isIsoTime(text)) return Date.parse(text);
  throw invalidForm([{ path: [name], code: 'DATE_TIME_TYPE_PARSE', message: notIsoTime(text) }]);
}
