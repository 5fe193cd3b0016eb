// What to do with a ranking: answer, offer a choice, or decline.
import type { Thresholds } from './thresholds.ts';

/** A page that may answer a question. */
export interface Candidate {
  /** The page's name. */
  readonly page: string;
  /** Its share, 0 to 1, of what speaks for any page. */
  readonly score: number;
}

export interface PageRanking {
  /** All pages, best first. */
  readonly candidates: readonly Candidate[];
  /** How surely the question is one for the guides: near 1 for their own questions, below 0 for chat. */
  readonly confidence: number;
  /** The first page's score less the second's. */
  readonly gap: number;
  /** How many words of the question say something. */
  readonly length: number;
  /** `other` where most words are in no example: the question is hardly in the language of these pages. */
  readonly language: 'own' | 'other';
}

export type Verdict = Omit<PageRanking, 'candidates'> &
  (
    | { readonly kind: 'sure'; readonly page: Candidate; readonly others: readonly Candidate[] }
    | { readonly kind: 'unsure'; readonly pages: readonly Candidate[] }
    | { readonly kind: 'declined' }
  );

/** How many pages are offered to choose from. */
export const MAX_OFFERED = 3;

/**
 * What to do with a ranking: too low a confidence declines; a high one with a wide gap, on a question that is no rant,
 * is sure of its page, with the next ones as `others`; anything else offers the best three.
 */
export function verdictOf({ candidates, ...about }: PageRanking, thresholds: Thresholds): Verdict {
  const [page, ...others] = candidates.slice(0, MAX_OFFERED);
  if (!page || about.length === 0 || about.confidence < thresholds.confidence) return { kind: 'declined', ...about };
  const isSure =
    about.confidence >= thresholds.sureConfidence &&
    about.gap >= thresholds.sureGap &&
    about.length <= thresholds.sureLength;
  if (isSure) return { kind: 'sure', page, others, ...about };
  return { kind: 'unsure', pages: [page, ...others], ...about };
}
