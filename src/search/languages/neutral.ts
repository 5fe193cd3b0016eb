// The rules for a language that the search has none of its own for: words as Unicode splits them, no stems.
import type { SearchLanguage } from './language.ts';

const APOSTROPHES = /['’‘`´]/g;
/** Accents are often left out in Latin script; in other scripts marks are vowels. */
const LATIN_ACCENTS = /(\p{Script=Latin})\p{M}+/gu;

/**
 * The fallback for all languages. Words are split as in Unicode Standard Annex 29, with the dictionaries that
 * `Intl.Segmenter` has for scripts without spaces (Chinese, Japanese, Thai and others).
 * @param locale a BCP 47 language tag
 */
export function neutralLanguage(locale: string): SearchLanguage {
  const segmenter = segmenterFor(locale);
  return {
    splitWords(text) {
      const normalized = text
        .replace(APOSTROPHES, '')
        .normalize('NFD')
        .replace(LATIN_ACCENTS, '$1')
        .normalize('NFKC')
        .toLowerCase();
      return Array.from(segmenter.segment(normalized))
        .filter(({ isWordLike }) => isWordLike)
        .map(({ segment }) => segment);
    },
    stem: (word) => word,
    isStopWord: () => false,
    numberWord,
  };
}

function segmenterFor(locale: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(locale, { granularity: 'word' });
  } catch {
    // Not a language tag: the rules that all languages share.
    return new Intl.Segmenter('und', { granularity: 'word' });
  }
}

/** `inyear` for a year, `somenumber` for another number; anything else stays as it is. */
export function numberWord(word: string): string {
  if (/^(19|20)\d\d$/.test(word)) return 'inyear';
  return /^\p{N}+$/u.test(word) ? 'somenumber' : word;
}
