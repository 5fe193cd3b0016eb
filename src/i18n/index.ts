// The bot's own sentences by language.

import { languageOf } from '../locale.ts';
import { en } from './en.ts';

type Shape<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Shape<T[K]> };

/** What every language provides. */
export type Messages = Shape<typeof en>;

/** Every language of the bot, by locale. */
export const languages: ReadonlyMap<string, Messages> = new Map([['en', en]]);

/** The sentences for a Discord locale such as `pt-BR`: that language, its base language, or English. */
export function messagesFor(locale: string): Messages {
  return languages.get(locale) ?? languages.get(languageOf(locale)) ?? en;
}
