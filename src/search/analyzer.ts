// Splits a text into words and stems, with the rules of a language and the word lists of a content folder.
import { getOrInsert } from '../get-or-insert.ts';
import type { LanguageData } from '../guide/search-data.ts';
import { splitClauses } from './clauses.ts';
import { Courtesies } from './courtesies.ts';
import type { SearchLanguage } from './languages/index.ts';
import { memoize } from './memoize.ts';

/** The word lists of a content folder. */
export type WordLists = Pick<LanguageData, 'synonyms' | 'abbreviations' | 'phrases' | 'courtesies'>;

/** Longer words are cut off. */
const MAX_WORD_LENGTH = 40;
/** How many stems are cached: about the vocabulary of a large guide. */
const MAX_STEMS = 4000;
const NO_CONCEPTS: readonly string[] = [];

/** Splits texts into words. Each answerer and each training run has its own, with its caches. */
export class Analyzer {
  /** Every word of the synonym lists. */
  readonly synonymWords: readonly string[];
  /** The stem of a word. */
  readonly stem: (word: string) => string;
  readonly #language: SearchLanguage;
  readonly #courtesies: Courtesies;
  readonly #abbreviations = new Map<string, readonly string[]>();
  readonly #phrases = new Map<string, Map<string, string>>();
  readonly #concepts = new Map<string, string[]>();

  constructor(language: SearchLanguage, { synonyms, abbreviations, phrases, courtesies }: WordLists) {
    this.#language = language;
    this.#courtesies = new Courtesies(courtesies, (phrase) => this.typedWords(phrase));
    this.stem = memoize((word) => language.stem(word), MAX_STEMS);
    // The lists may contain accents and capitals: their entries are split like questions.
    for (const [short, long] of abbreviations) {
      const [word, ...others] = language.splitWords(short);
      if (word !== undefined && others.length === 0) this.#abbreviations.set(word, language.splitWords(long));
    }
    for (const [phrase, joined] of phrases) {
      const [first = '', second = ''] = language.splitWords(phrase);
      getOrInsert(this.#phrases, first, () => new Map<string, string>()).set(second, joined);
    }
    const lists = [...synonyms].map(([concept, words]) => ({ concept, words: words.flatMap(language.splitWords) }));
    this.synonymWords = lists.flatMap(({ words }) => words);
    for (const { concept, words } of lists) {
      for (const stem of new Set(words.map(this.stem))) getOrInsert(this.#concepts, stem, () => []).push(`@${concept}`);
    }
  }

  /** The words of a text: abbreviations written out, numbers by their kind, phrases as one word. */
  words(text: string): string[] {
    return this.#joinPhrases(this.typedWords(text).flatMap((word) => this.#expand(word)));
  }

  /**
   * The words of each clause of a question, as `words` returns them, without greetings, thanks and other courtesies.
   * Clauses of courtesies alone are left out.
   */
  clauses(question: string): string[][] {
    return splitClauses(question)
      .map((clause) => this.#courtesies.strip(this.typedWords(clause)))
      .filter((words) => words.length > 0)
      .map((words) => this.#joinPhrases(words.flatMap((word) => this.#expand(word))));
  }

  /** The words of a text as they were typed: in lower case, "heeelp" as "help". */
  typedWords(text: string): string[] {
    // Three or more of the same letter become one.
    return this.#language.splitWords(text).map((word) => word.replace(/(\p{L})\1{2,}/gu, '$1'));
  }

  /** The stems of a text's words without stop words. */
  contentStems(text: string): string[] {
    return this.contentWords(this.words(text)).map(this.stem);
  }

  /** Words without the stop words. */
  contentWords(words: readonly string[]): string[] {
    return words.filter((word) => !this.isStopWord(word));
  }

  isStopWord(word: string): boolean {
    return this.#language.isStopWord(word);
  }

  /** The concepts, such as `@money`, whose synonym lists contain a word with this stem. */
  conceptsOf(stem: string): readonly string[] {
    return this.#concepts.get(stem) ?? NO_CONCEPTS;
  }

  #expand(typed: string): readonly string[] {
    const word = typed.slice(0, MAX_WORD_LENGTH);
    const long = this.#abbreviations.get(word);
    if (long) return long;
    // A number in a synonym list, such as that of a form, is kept: it says more than its kind.
    const isOtherNumber = /^\p{N}/u.test(word) && !this.#concepts.has(this.stem(word));
    return [isOtherNumber ? this.#language.numberWord(word) : word];
  }

  #joinPhrases(words: readonly string[]): string[] {
    const joined: string[] = [];
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? '';
      const phrase = this.#phrases.get(word)?.get(words[i + 1] ?? '');
      joined.push(phrase ?? word);
      if (phrase !== undefined) i++;
    }
    return joined;
  }
}
