// The languages that the search has rules for, by locale.
import { english } from './en.ts';
import type { SearchLanguage } from './language.ts';
import { neutralLanguage } from './neutral.ts';

export type { SearchLanguage } from './language.ts';

/**
 * To add a language: write `LOCALE.ts` beside `en.ts` and name it here; LOCALE is the primary subtag (`pt` for
 * `pt-BR`).
 */
const LANGUAGES: ReadonlyMap<string, SearchLanguage> = new Map([['en', english]]);

/** The rules for an edition's language. @param locale a BCP 47 language tag, such as `pt-BR` */
export function languageFor(locale: string): SearchLanguage {
  const [primary = ''] = locale.toLowerCase().split('-');
  return LANGUAGES.get(primary) ?? neutralLanguage(locale);
}
