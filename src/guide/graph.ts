// The pages as a graph: their distance from a first page, and which pages can be reached.
import type { Edition, Page } from './model.ts';

/**
 * Counts the clicks from the nearest first page of a command to every page that can be reached.
 * @param from names of the pages to begin at (default: the commands' first pages)
 */
export function reachableFrom({ pages, guides }: Edition, from?: readonly string[]): Map<string, number> {
  const starts = from ?? guides.flatMap(({ start }) => (start === undefined ? [] : [start]));
  const depths = new Map<string, number>();
  const queue = starts.filter((name) => pages.has(name));
  for (const name of queue) depths.set(name, 0);
  for (const name of queue) {
    for (const next of nextPages(pages.get(name), pages)) {
      if (depths.has(next.name)) continue;
      depths.set(next.name, (depths.get(name) ?? 0) + 1);
      queue.push(next.name);
    }
  }
  return depths;
}

/** The pages that a page's buttons open. */
export function nextPages(page: Page | undefined, pages: ReadonlyMap<string, Page>): Page[] {
  return (page?.links ?? []).flatMap((link) => (link.kind === 'page' ? (pages.get(link.page) ?? []) : []));
}
