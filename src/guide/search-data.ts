// What the search knows of an edition besides its pages.

/** A way to decline: questions about a subject that is not the guides', and where they are answered. */
export interface Pointer {
  readonly id: string;
  /** One sentence. */
  readonly text: string;
  /** The official page; a subject of others' products may have none. */
  readonly link?: { readonly label: string; readonly url: string };
  readonly questions: readonly string[];
}

/** What the search knows of one language besides pages and their example questions. Texts are as the author wrote them. */
export interface LanguageData {
  /** Concept → words that mean the same to a member. A word may be in several concepts. */
  readonly synonyms: ReadonlyMap<string, readonly string[]>;
  /** Short form or foreign word → the words it means; the empty string drops it. */
  readonly abbreviations: ReadonlyMap<string, string>;
  /** Two words with a space between them → one word. */
  readonly phrases: ReadonlyMap<string, string>;
  /** Greetings, thanks and other words that ask nothing. */
  readonly courtesies: readonly string[];
  /** Questions that no page answers. */
  readonly offTopic: readonly string[];
}

/** What the bot says in a language that no guide is written in: one sentence each. */
export interface LanguageSentences {
  /** The language's own name. */
  readonly name: string;
  /** Above an answer in the edition's language. */
  readonly answered: string;
  /** To a question that no page answers. */
  readonly declined: string;
  /** To somebody who only says hello or thanks. */
  readonly courtesy: string;
}

/** Another language than English that members ask in. */
export interface UnderstoodLanguage extends LanguageData {
  /** Undefined without a `language.yaml`, and in a language that has an edition: then the bot speaks in the edition's sentences. */
  readonly sentences?: LanguageSentences;
  /** Sentences by which the language is recognized, besides its questions. */
  readonly examples: readonly string[];
  /** Page name → example questions; empty if the language is recognized and not understood. */
  readonly questions: ReadonlyMap<string, readonly string[]>;
  /** Of a language that guides are written in: the edition's locale, and whether a native speaker has checked it. */
  readonly edition?: { readonly isReviewed: boolean };
  /** Subjects beside the guides' own, by the ids that English has. */
  readonly pointers?: readonly Pointer[];
}

/** What the search knows of an edition. */
export interface SearchData extends LanguageData {
  /** Subjects beside the guides' own. */
  readonly pointers: readonly Pointer[];
  /** BCP 47 language tag, such as `pt` or `hi-Latn` → the language. */
  readonly languages: ReadonlyMap<string, UnderstoodLanguage>;
}

/** For an edition without a search folder. */
export const NO_SEARCH_DATA: SearchData = {
  synonyms: new Map(),
  abbreviations: new Map(),
  phrases: new Map(),
  courtesies: [],
  offTopic: [],
  pointers: [],
  languages: new Map(),
};
