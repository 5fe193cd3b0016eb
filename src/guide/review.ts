// What a person should open and compare with the guides, the most urgent first, and how the result is written down.
import { isMap, isSeq, parseDocument } from 'yaml';
import { type Content, DEFAULT_LOCALE, type Page, type Source } from './model.ts';

/** Something to open. */
export interface ReviewItem {
  /** The id of a source; undefined for an address that only a button leads to. */
  readonly source: Source | undefined;
  readonly link: string | undefined;
  /** The English pages that show it, costly ones first. */
  readonly pages: readonly Page[];
}

/** What was done to check the sources before a person has opened them, from the least to the most. */
const RANKS = { concluded: 0, partial: 1, whole: 2, opened: 3 } as const;

/**
 * Everything that a person should open: sources with a question first, then those that were seen in part, each in the
 * order of how many costly pages rest on them; then the addresses of buttons that are not sources. Conclusions and
 * sources without an address are left out unless somebody noted what to check.
 */
export function reviewList({ sources, editions }: Content): ReviewItem[] {
  const pages = [...(editions.get(DEFAULT_LOCALE)?.pages.values() ?? [])];
  const costlyFirst = (shown: Page[]) => shown.sort((a, b) => Number(b.costly) - Number(a.costly));
  const ofSources = sources
    .filter(({ link, check }) => link !== undefined || check.length > 0)
    .map((source) => ({
      source,
      link: source.link,
      pages: costlyFirst(pages.filter((page) => page.sources.includes(source))),
    }));
  const known = new Set(ofSources.map(({ link }) => link));
  const links = new Set(pages.flatMap((page) => page.links.flatMap((link) => (link.kind === 'web' ? [link.url] : []))));
  const others = [...links]
    .filter((url) => !known.has(url))
    .map((url) => ({ source: undefined, link: url, pages: costlyFirst(pages.filter((page) => leadsTo(page, url))) }));
  const costly = (item: ReviewItem) => item.pages.filter((page) => page.costly).length;
  const questions = ({ source }: ReviewItem) => Number((source?.check.length ?? 0) > 0);
  return [
    ...ofSources.sort(
      (a, b) => questions(b) - questions(a) || rankOf(a.source) - rankOf(b.source) || costly(b) - costly(a),
    ),
    ...others.sort((a, b) => costly(b) - costly(a)),
  ];
}

function leadsTo(page: Page, url: string): boolean {
  return page.links.some((link) => link.kind === 'web' && link.url === url);
}

function rankOf({ review }: Source): number {
  return RANKS[review.kind === 'compared' ? review.copy : review.kind];
}

/**
 * Writes into sources.yaml that somebody opened a source: what was done before, and what was to be checked, goes.
 * Comments and everything else stay.
 * @param text sources.yaml, free of errors
 * @param date `YYYY-MM-DD`
 * @returns the new text; undefined if there is no such source
 */
export function recordOpened(text: string, sourceId: string, date: string): string | undefined {
  const document = parseDocument(text);
  const sources = document.get('sources');
  const source = isSeq(sources) ? sources.items.find((item) => isMap(item) && item.get('id') === sourceId) : undefined;
  if (!isMap(source)) return undefined;
  const at = source.items.findIndex(({ key }) => String(key) === 'statements');
  const review = document.createPair('opened', date);
  source.items.splice(at, 0, review);
  for (const key of ['opened', 'reviewed', 'compared', 'copy', 'concluded', 'check']) {
    const old = source.items.findIndex((pair) => pair !== review && String(pair.key) === key);
    if (old >= 0) source.items.splice(old, 1);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
