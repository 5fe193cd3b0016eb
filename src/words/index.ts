// The bot's own sentences by language.
import { en } from './en.ts';

type Shape<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Shape<T[K]> };

/** What every language provides. */
export type Words = Shape<typeof en>;

const languages: Readonly<Record<string, Words>> = { en };

/** The sentences for a Discord locale such as `pt-BR`: that language, its base language, or English. */
export function wordsFor(locale: string): Words {
  const [base = ''] = locale.split('-');
  const own = [locale, base].find((one) => Object.hasOwn(languages, one));
  return (own && languages[own]) || en;
}
