// The thresholds for answering with one page, offering three, or declining.

export interface Thresholds {
  /** With a lower confidence the question is declined. */
  readonly confidence: number;
  /** The lowest confidence for answering with one page. */
  readonly sureConfidence: number;
  /** The lowest margin between the first and the second page for answering with one page. */
  readonly sureMargin: number;
  /** The most words, without stop words, for answering with one page: longer questions are about several things. */
  readonly sureMaxWords: number;
}

/**
 * Found by `npm run answers -- --tune` on test/search/tuning.json and tuning-2.json together: by two authors, so that
 * they do not fit the style of one. The tool also prints the metrics for questions that were not used in a fit.
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  confidence: 0.34,
  sureConfidence: 0.5,
  sureMargin: 0.34,
  sureMaxWords: 12,
};
