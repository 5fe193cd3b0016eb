// The plural forms of a language.
import QuickLRU from 'quick-lru';

/** The words for each plural form that a language has, such as `one`, `few` and `many` (CLDR, "Plural Rules"). */
export type PluralForms = { readonly [Form in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** Creating rules takes longer than using them a thousand times. There are few languages. */
const rules = new QuickLRU<string, Intl.PluralRules>({ maxSize: 50 });

/** Chooses the words that go with a number. @param locale the language of the words, such as `uk` */
export function plural(locale: string, count: number, forms: PluralForms): string {
  return forms[rulesOf(locale).select(count)] ?? forms.other;
}

function rulesOf(locale: string): Intl.PluralRules {
  const known = rules.get(locale);
  if (known) return known;
  const created = new Intl.PluralRules(locale);
  rules.set(locale, created);
  return created;
}
