// The thresholds for answering with one page, offering three, or declining.

import type { Edition } from '../guide/model.ts';

/** The lowest numbers for answering with one page alone. */
export interface Certainty {
  readonly confidence: number;
  /** Between the scores of the first and the second page. */
  readonly margin: number;
}

export interface Thresholds {
  /** With a lower confidence the question is declined. */
  readonly confidence: number;
  /** For answering with one page. */
  readonly sure: Certainty;
  /** For answering with a page where a mistake could cost somebody their account or money. */
  readonly costly: Certainty;
  /** The most words, without stop words, for answering with one page: longer questions are about several things. */
  readonly sureMaxWords: number;
  /** The fewest of these words; 1 by default. */
  readonly sureMinWords?: number;
}

/**
 * With this confidence 95 % of the questions on topic in test/search/tuning.json are answered; their author wrote none of
 * the examples. The certainties are stricter than a fit to these questions (`npm run answers -- --tune`) asks for.
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  confidence: 0.32,
  sure: { confidence: 0.5, margin: 0.34 },
  costly: { confidence: 0.65, margin: 0.5 },
  sureMaxWords: 12,
};

/**
 * For the title of a post in a forum, which nobody has asked the bot to answer: a wrong answer costs more trust than ten
 * right ones win. Set on the posts in test/search/posts/tuning.json, by other authors than the examples.
 */
export const POST_THRESHOLDS: Thresholds = {
  ...DEFAULT_THRESHOLDS,
  confidence: 0.5,
  sure: { confidence: 0.5, margin: 0.34 },
  costly: { confidence: 0.5, margin: 0.4 },
  sureMinWords: 2,
};

/**
 * For a language that is only understood, with a third of the examples. Found by training on the examples of one author
 * and asking those of another, in three languages: 92 % are answered, 81 to 89 % of what is off topic is declined.
 */
export const UNDERSTOOD_THRESHOLDS: Thresholds = { ...DEFAULT_THRESHOLDS, confidence: 0.45 };

/** For a language whose guides no native speaker has checked: a choice of pages is shown where one page alone would be. */
const UNREVIEWED_THRESHOLDS: Thresholds = {
  ...UNDERSTOOD_THRESHOLDS,
  sure: { confidence: 0.6, margin: 0.45 },
  costly: { confidence: 0.75, margin: 0.6 },
};

/** The thresholds for questions in a language. @param edition the one whose search answers */
export function thresholdsFor({ locale, search }: Pick<Edition, 'locale' | 'search'>, language: string): Thresholds {
  if (language === locale) return DEFAULT_THRESHOLDS;
  return search.languages.get(language)?.edition?.isReviewed === false ? UNREVIEWED_THRESHOLDS : UNDERSTOOD_THRESHOLDS;
}

/** The higher of two thresholds, each by itself. */
export function stricter(a: Thresholds, b: Thresholds): Thresholds {
  const highest = (one: Certainty, other: Certainty): Certainty => ({
    confidence: Math.max(one.confidence, other.confidence),
    margin: Math.max(one.margin, other.margin),
  });
  return {
    ...a,
    confidence: Math.max(a.confidence, b.confidence),
    sure: highest(a.sure, b.sure),
    costly: highest(a.costly, b.costly),
  };
}
