// Merging a server's own replies into the answer of the guides.
import type { Hit } from './reply-index.ts';
import { MAX_OFFERED, type Verdict } from './verdict.ts';

/** One thing to offer: a page of the guides or a server's own reply. */
export type MergedCandidate =
  | { readonly kind: 'page'; readonly page: string; readonly score: number }
  | { readonly kind: 'reply'; readonly topic: string; readonly score: number };

export type MergedVerdict =
  | { readonly kind: 'sure'; readonly choice: MergedCandidate; readonly others: readonly MergedCandidate[] }
  | { readonly kind: 'unsure'; readonly choices: readonly MergedCandidate[] }
  | { readonly kind: 'declined' };

/** The lowest score, 0 to 1, of a reply that is offered beside pages. */
const MIN_SCORE_BESIDE_PAGES = 0.6;
/** The lowest score where no page fits: among a thousand replies, nearly every question shares a word or two with one. */
const MIN_SCORE_ALONE = 0.75;

/**
 * What to answer from the guides and a server's own replies together. A question that names a reply gets that reply,
 * before any page: the server's moderators wrote it for this question. Replies that only contain the question's words
 * are offered after a sure page, second in a choice, or alone if the guides decline.
 * @param verdict the answer of the guides
 * @param hits from `ReplyIndex.search` for the same text, best first
 */
export function mergeReplies(verdict: Verdict, hits: readonly Hit[]): MergedVerdict {
  const pages = pagesOf(verdict);
  const named = hits.filter(({ isNamed }) => isNamed).map(toCandidate);
  const similar = hits.filter(({ isNamed }) => !isNamed);
  const besidePages = similar.filter(({ score }) => score >= MIN_SCORE_BESIDE_PAGES).map(toCandidate);
  const [first, ...sameName] = named;
  // Two replies with the same name: only the asker knows which one is meant.
  if (first && sameName.length > 0) return { kind: 'unsure', choices: [...named, ...pages].slice(0, MAX_OFFERED) };
  if (first) return { kind: 'sure', choice: first, others: [...pages, ...besidePages].slice(0, MAX_OFFERED - 1) };
  const [page, ...otherPages] = pages;
  if (!page) {
    const alone = similar.filter(({ score }) => score >= MIN_SCORE_ALONE).map(toCandidate);
    return alone.length > 0 ? { kind: 'unsure', choices: alone.slice(0, MAX_OFFERED) } : { kind: 'declined' };
  }
  const others = [...besidePages.slice(0, 1), ...otherPages].slice(0, MAX_OFFERED - 1);
  return verdict.kind === 'sure'
    ? { kind: 'sure', choice: page, others }
    : { kind: 'unsure', choices: [page, ...others] };
}

function pagesOf(verdict: Verdict): MergedCandidate[] {
  if (verdict.kind === 'declined') return [];
  const pages = verdict.kind === 'sure' ? [verdict.page, ...verdict.others] : verdict.pages;
  return pages.map(({ page, score }) => ({ kind: 'page', page, score }));
}

function toCandidate({ topic, score }: Hit): MergedCandidate {
  return { kind: 'reply', topic, score };
}
