// Merges a server's own replies into the search's verdict about the guides.
import type { Hit } from './reply-index.ts';
import { MAX_OFFERED, type Verdict } from './verdict.ts';

/** A page of the guides or a server's own reply that may be offered. */
export type MergedCandidate =
  | { readonly kind: 'page'; readonly page: string; readonly score: number }
  | { readonly kind: 'reply'; readonly topic: string; readonly score: number };

type MergedVerdict =
  | { readonly kind: 'sure'; readonly choice: MergedCandidate; readonly others: readonly MergedCandidate[] }
  | { readonly kind: 'unsure'; readonly choices: readonly MergedCandidate[] }
  | { readonly kind: 'pointer'; readonly pointer: string }
  | { readonly kind: 'declined' };

/** The lowest score, 0 to 1, of a reply that is offered together with pages. */
const MIN_SCORE_BESIDE_PAGES = 0.6;
/** The lowest score if no page fits: in a thousand replies, nearly every question shares a word or two with one. */
const MIN_SCORE_ALONE = 0.75;

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
  const besidePages = similar.filter(({ score }) => score >= MIN_SCORE_BESIDE_PAGES).map(toCandidate);
  const [first, ...sameName] = named;
  // Two replies with the same name: only the asker knows which one is meant.
  if (first && sameName.length > 0) return { kind: 'unsure', choices: [...named, ...pages].slice(0, MAX_OFFERED) };
  if (first) return { kind: 'sure', choice: first, others: [...pages, ...besidePages].slice(0, MAX_OFFERED - 1) };
  const [page, ...otherPages] = pages;
  if (!page) {
    const alone = similar.filter(({ score }) => score >= MIN_SCORE_ALONE).map(toCandidate);
    if (alone.length > 0) return { kind: 'unsure', choices: alone.slice(0, MAX_OFFERED) };
    return verdict.kind === 'pointer' ? { kind: 'pointer', pointer: verdict.pointer } : { kind: 'declined' };
  }
  const others = [...besidePages.slice(0, 1), ...otherPages].slice(0, MAX_OFFERED - 1);
  return verdict.kind === 'sure'
    ? { kind: 'sure', choice: page, others }
    : { kind: 'unsure', choices: [page, ...others] };
}

function pagesOf(verdict: Verdict): MergedCandidate[] {
  if (verdict.kind === 'declined' || verdict.kind === 'pointer') return [];
  const pages = verdict.kind === 'sure' ? [verdict.page, ...verdict.others] : verdict.pages;
  return pages.map(({ page, score }) => ({ kind: 'page', page, score }));
}

function toCandidate({ topic, score }: Hit): MergedCandidate {
  return { kind: 'reply', topic, score };
}
