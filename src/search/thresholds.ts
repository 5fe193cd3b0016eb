// The fitted numbers that decide whether to answer, to offer three pages, or to decline.

export interface Thresholds {
  /** Confidence below this declines. */
  readonly confidence: number;
  /** Only a confidence from here on is sure of its page. */
  readonly sureConfidence: number;
  /** Only a gap between the first and the second page from here on is sure. */
  readonly sureGap: number;
  /** Only questions of so many content words at most are sure: longer ones are rants, and speak of many things. */
  readonly sureLength: number;
}

/**
 * Fitted by `npm run answers -- --tune` to test/search/tuning.json and tuning-2.json together: two authors, so that
 * the way in which one of them writes decides nothing alone. The tool also prints what the same fitting reaches on
 * questions that it did not see.
 */
export const THRESHOLDS: Thresholds = { confidence: 0.4, sureConfidence: 0.4, sureGap: 0.26, sureLength: 12 };
