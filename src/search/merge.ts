// A server's own replies laid over what the guides answer.
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

/** A reply that holds less of the question, 0 to 1, is not offered next to pages. */
const BESIDE_PAGES = 0.6;
/** Where no page fits, a reply needs more: a word or two are in some reply of a thousand for nearly every question. */
const ALONE = 0.75;

/**
 * What to answer from the guides and a server's own replies together. A question that names a reply gets that reply,
 * before any page: the server's moderators wrote it for just this question. Replies that only hold the question's
 * words are offered: after a sure page, as the second of a choice, or alone where the guides would decline.
 * @param verdict what the guides answer
 * @param hits from `ReplyIndex.search` of the same text, best first
 */
export function askWithReplies(verdict: Verdict, hits: readonly Hit[]): MergedVerdict {
  const pages = pagesOf(verdict);
  const named = hits.filter(({ isNamed }) => isNamed).map(toChoice);
  const found = hits.filter(({ isNamed }) => !isNamed);
  const beside = found.filter(({ score }) => score >= BESIDE_PAGES).map(toChoice);
  const [first, ...alike] = named;
  // Two replies by the same name: nobody but the asker knows which is meant.
  if (first && alike.length > 0) return { kind: 'unsure', choices: [...named, ...pages].slice(0, MAX_OFFERED) };
  if (first) return { kind: 'sure', choice: first, others: [...pages, ...beside].slice(0, MAX_OFFERED - 1) };
  const [page, ...otherPages] = pages;
  if (!page) {
    const alone = found.filter(({ score }) => score >= ALONE).map(toChoice);
    return alone.length > 0 ? { kind: 'unsure', choices: alone.slice(0, MAX_OFFERED) } : { kind: 'declined' };
  }
  const others = [...beside.slice(0, 1), ...otherPages].slice(0, MAX_OFFERED - 1);
  return verdict.kind === 'sure'
    ? { kind: 'sure', choice: page, others }
    : { kind: 'unsure', choices: [page, ...others] };
}

function pagesOf(verdict: Verdict): MergedCandidate[] {
  if (verdict.kind === 'declined') return [];
  const pages = verdict.kind === 'sure' ? [verdict.page, ...verdict.others] : verdict.pages;
  return pages.map(({ page, score }) => ({ kind: 'page', page, score }));
}

function toChoice({ topic, score }: Hit): MergedCandidate {
  return { kind: 'reply', topic, score };
}
