// Checks choices and localizations, at registration and in autocomplete answers (Discord docs, Application Commands).
import { Locale } from 'discord-api-types/v10';
import { z } from 'zod';
import { COMMAND } from '../limits.ts';
import { exact, report, text } from './form.ts';

const LOCALES: readonly string[] = Object.values(Locale);

/** Texts by locale (Discord docs, API Reference, Locales). */
export const localized = <T extends z.ZodType<string>>(each: T) =>
  z.record(z.string(), each).superRefine((value, ctx) => {
    for (const locale of Object.keys(value)) {
      if (!LOCALES.includes(locale)) report(ctx, 'BASE_TYPE_CHOICES', `"${locale}" is not a Discord locale.`, [locale]);
    }
  });

const choiceName = text({ min: 1, max: COMMAND.choiceName });

/** @param shortest the least characters of a value: autocomplete takes an empty one */
export const choiceForm = (shortest: number) =>
  z.object({
    name: choiceName,
    name_localizations: localized(choiceName).optional(),
    value: z.union([exact({ min: shortest, max: COMMAND.choiceValue }), z.number()]),
  });

/**
 * An INTEGER is between -2^53+1 and 2^53-1, a NUMBER between -2^53 and 2^53 (Discord docs, Application Commands,
 * Application Command Option Type).
 * @param type of the option: 4 INTEGER, 10 NUMBER
 */
export function checkNumber(type: 4 | 10, value: string | number, path: PropertyKey[], ctx: z.RefinementCtx): void {
  const isValid =
    type === 4 ? Number.isSafeInteger(value) : typeof value === 'number' && Math.abs(value) <= COMMAND.number;
  if (!isValid) report(ctx, 'NUMBER_TYPE_COERCE', `Value "${value}" is not ${type === 4 ? 'int' : 'double'}.`, path);
}

/**
 * "Type of `value` depends on the option type" (Discord docs, Application Commands, Application Command Option Choice
 * Structure).
 * @param type of the option: 3 STRING, 4 INTEGER, 10 NUMBER; nothing is checked for others
 */
export function checkChoiceValues(
  type: number | undefined,
  choices: readonly { readonly value: string | number }[],
  ctx: z.RefinementCtx,
): void {
  choices.forEach(({ value }, at) => {
    const path = ['choices', at, 'value'];
    if (type === 3 && typeof value !== 'string')
      report(ctx, 'STRING_TYPE_CONVERT', `Could not interpret "${value}" as string.`, path);
    if (type === 4 || type === 10) checkNumber(type, value, path, ctx);
  });
}
