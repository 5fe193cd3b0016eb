// Recognizes messages that only greet or thank, in every language of an edition: they are too short to tell the language by.
import type { Edition } from '../guide/model.ts';
import { Analyzer } from './analyzer.ts';
import { cleanQuestion } from './clean-question.ts';
import { languageFor } from './languages/index.ts';

const NO_WORDS = { synonyms: new Map(), abbreviations: new Map(), phrases: new Map() };

/** Longer texts say something. Looking through all languages takes half a millisecond. */
const MAX_LENGTH = 100;

/** The courtesies of an edition's languages. */
export class CourtesyLanguages {
  /** The edition's own language first. */
  readonly #analyzers: readonly { readonly language: string; readonly analyzer: Analyzer }[];

  constructor({ locale, search }: Pick<Edition, 'locale' | 'search'>) {
    const own: [string, { readonly courtesies: readonly string[] }] = [locale, search];
    this.#analyzers = [own, ...search.languages].map(([language, { courtesies }]) => {
      return { language, analyzer: new Analyzer(languageFor(language), { ...NO_WORDS, courtesies }) };
    });
  }

  /** The language in which a text is nothing but courtesies; undefined if it says more, or nothing. */
  languageOf(text: string): string | undefined {
    const cleaned = cleanQuestion(text);
    if (cleaned === '' || cleaned.length > MAX_LENGTH) return undefined;
    return this.#analyzers.find(({ analyzer }) => analyzer.clauses(cleaned).length === 0)?.language;
  }
}
