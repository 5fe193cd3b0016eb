// Decides what to do with a ranking: answer with one page, offer a choice, or decline.
import type { Thresholds } from './thresholds.ts';

/** A page that may answer a question. */
export interface Candidate {
  /** The page's name. */
  readonly page: string;
  /** Its probability, 0 to 1, given that the question is for one of the pages. */
  readonly score: number;
}

/** A pointer that may fit a question. */
interface PointerCandidate {
  readonly id: string;
  /** Its probability, 0 to 1. */
  readonly score: number;
  /** Its probability, given that the question is for none of the pages. */
  readonly share: number;
}

export interface PageRanking {
  /** All pages, best first. */
  readonly candidates: readonly Candidate[];
  /** The best pointer, if there are any. */
  readonly pointer?: PointerCandidate;
  /** How certain it is that the question is on topic: near 1 for the example questions, below 0 for chat. */
  readonly confidence: number;
  /** The first page's score minus the second's. */
  readonly margin: number;
  /** Whether a mistake about the first page could cost somebody their account or money. */
  readonly isCostly: boolean;
  /** How many words the question has, without stop words. */
  readonly wordCount: number;
  /** Whether there is nothing but greetings, thanks and the like. */
  readonly isCourtesy: boolean;
  /** The pages of parts that are clear by themselves, in the order of the parts: more than one if it asks two things. */
  readonly questions: readonly string[];
  /** The edition's locale, or `OTHER_LANGUAGE` if most words are in no example. */
  readonly language: string;
}

/** The language of a question that is not in the edition's. */
export const OTHER_LANGUAGE = 'other';

export type Verdict = Omit<PageRanking, 'candidates' | 'pointer' | 'isCourtesy' | 'isCostly' | 'questions'> &
  (
    | { readonly kind: 'sure'; readonly page: Candidate; readonly others: readonly Candidate[] }
    | { readonly kind: 'unsure'; readonly pages: readonly Candidate[] }
    /** No page answers it, but it is about a subject that others answer. */
    | { readonly kind: 'pointer'; readonly pointer: string }
    | { readonly kind: 'declined' }
    /** It asks nothing. */
    | { readonly kind: 'courtesy' }
  );

/** How many pages are offered to choose from. */
export const MAX_OFFERED = 3;

/** The pages that are shown or offered, best first; none if the question is declined. */
export function offeredPages(verdict: Verdict): readonly Candidate[] {
  if (verdict.kind === 'sure') return [verdict.page, ...verdict.others];
  return verdict.kind === 'unsure' ? verdict.pages : [];
}

/** A pointer with a larger share is shown with a decline. */
const POINTER_SHARE = 0.5;
/** A pointer that is this probable is shown, however much the question seems to be on topic. */
const SURE_POINTER = 0.5;

/** The best three pages, whatever the kind. Of two questions in one, the pages of both come first. */
export function bestPages(verdict: Verdict, { candidates }: Pick<PageRanking, 'candidates'>): readonly Candidate[] {
  const offered = offeredPages(verdict);
  return offered.length > 0 ? offered : candidates.slice(0, MAX_OFFERED);
}

/**
 * Decides. Greetings and thanks alone are a courtesy. With a low confidence it declines, with a pointer if one fits. Two
 * questions in one get the pages of both to choose from. With a high confidence and a wide margin, and if the question is
 * not too long, it is sure of the first page, with the next ones as `others`; a costly page needs more of both. Otherwise
 * it offers the best three.
 */
export function decide(
  { candidates, pointer, isCourtesy, isCostly, questions, ...ranking }: PageRanking,
  thresholds: Thresholds,
): Verdict {
  const { confidence, margin, wordCount } = ranking;
  if (isCourtesy) return { kind: 'courtesy', ...ranking };
  const [page, ...others] = candidates.slice(0, MAX_OFFERED);
  const isOffTopic = !page || wordCount === 0 || confidence < thresholds.confidence;
  const isPointed = page && pointer && (pointer.score >= SURE_POINTER || (isOffTopic && pointer.share > POINTER_SHARE));
  if (isPointed && wordCount > 0) return { kind: 'pointer', pointer: pointer.id, ...ranking };
  if (isOffTopic) return { kind: 'declined', ...ranking };
  if (questions.length > 1) {
    const isAsked = ({ page: name }: Candidate) => questions.includes(name);
    const pages = [...candidates.filter(isAsked), ...candidates.filter((one) => !isAsked(one))];
    return { kind: 'unsure', pages: pages.slice(0, MAX_OFFERED), ...ranking };
  }
  const { confidence: sureConfidence, margin: sureMargin } = isCostly ? thresholds.costly : thresholds.sure;
  const isOneQuestion = wordCount >= (thresholds.sureMinWords ?? 1) && wordCount <= thresholds.sureMaxWords;
  const isSure = confidence >= sureConfidence && margin >= sureMargin && isOneQuestion;
  if (isSure) return { kind: 'sure', page, others, ...ranking };
  return { kind: 'unsure', pages: [page, ...others], ...ranking };
}
