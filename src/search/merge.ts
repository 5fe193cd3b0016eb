// Merges a server's own replies into the search's verdict about the guides.
import type { Hit } from './reply-index.ts';
import { MAX_OFFERED, offeredPages, type Verdict } from './verdict.ts';

/** A page of the guides or a server's own reply that may be offered. */
export type MergedCandidate =
  | { readonly kind: 'page'; readonly page: string; readonly score: number }
  | { readonly kind: 'reply'; readonly topic: string; readonly score: number };

type MergedVerdict =
  | { readonly kind: 'sure'; readonly choice: MergedCandidate; readonly others: readonly MergedCandidate[] }
  | { readonly kind: 'unsure'; readonly choices: readonly MergedCandidate[] }
  | { readonly kind: 'pointer'; readonly pointer: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'courtesy' };

/** The lowest score, 0 to 1, of a reply that is offered together with pages. */
const MIN_SCORE_BESIDE_PAGES = 0.6;
/** The lowest score of a reply whose title or alias the question contains. */
const MIN_SCORE_WITH_NAME = 0.3;
/** The lowest score if no page fits. */
const MIN_SCORE_ALONE = 0.55;

/**
 * Decides between pages and a server's own replies. A question that names a reply gets that reply first: the server's
 * moderators wrote it for this question. Replies that only contain words of the question are offered after a sure page,
 * second in a choice, or alone if no page fits.
 * @param verdict about the guides
 * @param hits from `ReplyIndex.search` for the same text, best first
 */
export function mergeReplies(verdict: Verdict, hits: readonly Hit[]): MergedVerdict {
  const pages = pagesOf(verdict);
  const named = hits.filter(({ isNamed }) => isNamed).map(toCandidate);
  const similar = hits.filter(({ isNamed }) => !isNamed);
  const isSimilar = ({ score, hasName }: Hit, least: number) => score >= (hasName ? MIN_SCORE_WITH_NAME : least);
  const besidePages = similar.filter((hit) => isSimilar(hit, MIN_SCORE_BESIDE_PAGES)).map(toCandidate);
  const [first, ...sameName] = named;
  // Two replies with the same name: only the asker knows which one is meant.
  if (first && sameName.length > 0) return { kind: 'unsure', choices: [...named, ...pages].slice(0, MAX_OFFERED) };
  if (first) return { kind: 'sure', choice: first, others: [...pages, ...besidePages].slice(0, MAX_OFFERED - 1) };
  const [page, ...otherPages] = pages;
  if (verdict.kind === 'courtesy') return { kind: 'courtesy' };
  if (!page) {
    const alone = similar.filter((hit) => isSimilar(hit, MIN_SCORE_ALONE)).map(toCandidate);
    if (alone.length > 0) return { kind: 'unsure', choices: alone.slice(0, MAX_OFFERED) };
    return verdict.kind === 'pointer' ? { kind: 'pointer', pointer: verdict.pointer } : { kind: 'declined' };
  }
  const others = [...besidePages.slice(0, 1), ...otherPages].slice(0, MAX_OFFERED - 1);
  return verdict.kind === 'sure'
    ? { kind: 'sure', choice: page, others }
    : { kind: 'unsure', choices: [page, ...others] };
}

function pagesOf(verdict: Verdict): MergedCandidate[] {
  return offeredPages(verdict).map(({ page, score }) => ({ kind: 'page', page, score }));
}

function toCandidate({ topic, score }: Hit): MergedCandidate {
  return { kind: 'reply', topic, score };
}
