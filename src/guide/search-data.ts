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

/** What the search knows besides pages and their example questions. Texts are as the author wrote them. */
export interface SearchData {
  /** Concept → words that mean the same to a member. A word may be in several concepts. */
  readonly synonyms: ReadonlyMap<string, readonly string[]>;
  /** Short form or foreign word → the words it means; the empty string drops it. */
  readonly abbreviations: ReadonlyMap<string, string>;
  /** Two words with a space between them → one word. */
  readonly phrases: ReadonlyMap<string, string>;
  /** Subjects beside the guides' own. */
  readonly pointers: readonly Pointer[];
  /** Questions that no page answers. */
  readonly offTopic: readonly string[];
}

/** For an edition without a search folder. */
export const NO_SEARCH_DATA: SearchData = {
  synonyms: new Map(),
  abbreviations: new Map(),
  phrases: new Map(),
  pointers: [],
  offTopic: [],
};
