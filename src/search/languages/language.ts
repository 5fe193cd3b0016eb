// What the search has to know of a language.

/** The rules of one language. Every function returns the same for the same input. */
export interface SearchLanguage {
  /**
   * Splits a text into words in the form in which they are compared (lower case, no punctuation; a language decides
   * about accents). Currency signs may become a word.
   */
  splitWords(text: string): string[];
  /** Reduces a word to the stem that its inflected forms share. @param word as `splitWords` returns it */
  stem(word: string): string;
  /** Whether a word is too common to say what a text is about. @param word as `splitWords` returns it */
  isStopWord(word: string): boolean;
  /** Replaces a word that begins with a digit by a word for its kind of number, such as `inyear` or `somenumber`. */
  numberWord(word: string): string;
}
