// The numbers that decide whether to answer, to offer three pages, or to decline.

export interface Thresholds {
  /** A lower confidence declines. */
  readonly confidence: number;
  /** The lowest confidence that can be sure of a page. */
  readonly sureConfidence: number;
  /** The lowest margin of the first page over the second that is sure. */
  readonly sureMargin: number;
  /** The most words, without stop words, of a question that is sure: longer ones are rants about several things. */
  readonly sureMaxWords: number;
}

/**
 * Found by `npm run answers -- --tune` on test/search/tuning.json and tuning-2.json together: two authors, so that the
 * style of one of them does not decide. The tool also prints the metrics for questions that a fit did not use.
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  confidence: 0.36,
  sureConfidence: 0.36,
  sureMargin: 0.24,
  sureMaxWords: 12,
};
