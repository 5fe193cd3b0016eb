// Recognizes messages that only greet or thank, in every language of an edition: they are too short to tell the language by.
import type { Edition } from '../guide/model.ts';
import { Analyzer } from './analyzer.ts';
import { cleanQuestion } from './clean-question.ts';
import { languageFor } from './languages/index.ts';
import { neutralLanguage } from './languages/neutral.ts';

const NO_WORDS = { synonyms: new Map(), abbreviations: new Map(), phrases: new Map() };

/** Longer texts say something. */
const MAX_LENGTH = 100;
/** Splits phrases of all languages in the same way, to look a first word up. */
const ANY_LANGUAGE = new Analyzer(neutralLanguage('und'), { ...NO_WORDS, courtesies: [] });

/** The courtesies of one language. */
interface LanguageCourtesies {
  readonly language: string;
  readonly analyzer: Analyzer;
  /** A text of courtesies alone begins with one of these words. */
  readonly firstWords: ReadonlySet<string | undefined>;
}

/** The courtesies of an edition's languages. */
export class CourtesyLanguages {
  /** The edition's own language first. */
  readonly #languages: readonly LanguageCourtesies[];

  constructor({ locale, search }: Pick<Edition, 'locale' | 'search'>) {
    const own: [string, { readonly courtesies: readonly string[] }] = [locale, search];
    this.#languages = [own, ...search.languages].map(([language, { courtesies }]) => {
      const analyzer = new Analyzer(languageFor(language), { ...NO_WORDS, courtesies });
      return { language, analyzer, firstWords: new Set(courtesies.map(firstWordOf)) };
    });
  }

  /**
   * The language in which a text is nothing but courtesies; undefined if it says more, or nothing.
   * @param expected the language of who wrote it, which counts if several have these words
   */
  languageOf(text: string, expected?: string): string | undefined {
    const cleaned = cleanQuestion(text);
    if (cleaned === '' || cleaned.length > MAX_LENGTH) return undefined;
    const first = firstWordOf(cleaned);
    const isCourtesy = ({ analyzer, firstWords }: LanguageCourtesies) =>
      (first === undefined || firstWords.has(first)) && analyzer.clauses(cleaned).length === 0;
    const all = this.#languages.filter(isCourtesy);
    return (all.find(({ language }) => language === expected) ?? all[0])?.language;
  }
}

/** Undefined if there are only emoji and other signs. */
function firstWordOf(text: string): string | undefined {
  return ANY_LANGUAGE.typedWords(text)[0];
}
