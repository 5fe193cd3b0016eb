// The conversation map: as a Mermaid flowchart, and as positions of pages in a drawing.
import { nextPages, reachableFrom } from './graph.ts';
import type { Edition, Page } from './model.ts';

/**
 * Draws an edition: guides as groups, first pages as flags, outcomes as rounded boxes, unreachable pages dashed.
 * @returns the text of a Mermaid flowchart
 */
export function drawMap(edition: Edition): string {
  const depths = reachableFrom(edition);
  const starts = new Set(edition.guides.map(({ start }) => start));
  const shape = (page: Page) => {
    const label = JSON.stringify(page.title.replaceAll('"', '#quot;'));
    if (starts.has(page.name)) return `${page.code}>${label}]`;
    return page.outcome ? `${page.code}(${label})` : `${page.code}[${label}]`;
  };
  const groups = edition.guides.flatMap((guide) => [
    `  subgraph ${guide.id}["${guide.command ? `/${guide.command}` : guide.id}"]`,
    ...guide.pages.map((page) => `    ${shape(page)}${depths.has(page.name) ? '' : ':::lost'}`),
    '  end',
  ]);
  const arrows = [...edition.pages.values()].flatMap((page) =>
    page.links.flatMap((link) => {
      const target = link.kind === 'page' ? edition.pages.get(link.page) : undefined;
      return target ? [`  ${page.code} --> ${target.code}`] : [];
    }),
  );
  return ['flowchart LR', ...groups, ...arrows, '  classDef lost stroke-dasharray: 4', ''].join('\n');
}

/** Sizes in the drawing, in pixels at full size. */
export const NODE = { width: 200, height: 64 } as const;
const GAP = { column: 70, row: 16, margin: 24 } as const;
/** Pages in one column; more make the map too tall to be read whole. */
const MAX_COLUMN_PAGES = 18;
/** Passes over the ranks; more make no visible difference. */
const PASSES = 8;

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly { readonly page: Page; readonly x: number; readonly y: number }[];
  /** Each pair of pages once, even if a page has two buttons to the same page. */
  readonly edges: readonly { readonly from: Page; readonly to: Page }[];
}

/**
 * Lays an edition out in columns: one or more for each number of clicks from a command, the last for pages that no
 * command leads to. Within a column, pages are near the pages that lead to them.
 */
export function layOut(edition: Edition): Layout {
  const depths = reachableFrom(edition);
  const lost = Math.max(0, ...depths.values()) + 1;
  const ranks: Page[][] = [];
  for (const page of edition.pages.values()) {
    const rank = depths.get(page.name) ?? lost;
    while (ranks.length <= rank) ranks.push([]);
    ranks[rank]?.push(page);
  }
  const edges = [...edition.pages.values()].flatMap((from) =>
    [...new Set(nextPages(from, edition.pages))].map((to) => ({ from, to })),
  );
  sortRanks(ranks, edges);
  const columns = ranks.flatMap(splitIntoColumns);
  const height = Math.max(1, ...columns.map((column) => column.length)) * (NODE.height + GAP.row);
  const nodes = columns.flatMap((column, at) => {
    const step = height / Math.max(1, column.length);
    return column.map((page, row) => ({
      page,
      x: GAP.margin + at * (NODE.width + GAP.column),
      y: Math.round(GAP.margin + (row + 0.5) * step - NODE.height / 2),
    }));
  });
  const width = columns.length * (NODE.width + GAP.column) - GAP.column + 2 * GAP.margin;
  return { width, height: height + 2 * GAP.margin, nodes, edges };
}

/** Splits a rank that is too long into several columns, so that its order still runs from top to bottom. */
function splitIntoColumns(rank: readonly Page[]): Page[][] {
  const count = Math.ceil(rank.length / MAX_COLUMN_PAGES);
  return Array.from({ length: count }, (_, column) => rank.filter((_, at) => at % count === column));
}

/** Sorts the pages of each rank, in place, by the mean position of their neighbours. */
function sortRanks(ranks: Page[][], edges: Layout['edges']): void {
  const positions = new Map<Page, number>();
  const rememberPositions = (rank: readonly Page[]) => {
    rank.forEach((page, row) => {
      positions.set(page, (row + 0.5) / rank.length);
    });
  };
  const neighbours = new Map<Page, Page[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const meanPosition = (page: Page) => {
    const near = (neighbours.get(page) ?? []).map((one) => positions.get(one) ?? 0.5);
    return near.length === 0 ? (positions.get(page) ?? 0.5) : near.reduce((a, b) => a + b, 0) / near.length;
  };
  ranks.forEach(rememberPositions);
  for (let round = 0; round < PASSES; round++) {
    // The starts keep the order of their files.
    for (const rank of ranks.slice(1)) {
      const means = new Map(rank.map((page) => [page, meanPosition(page)]));
      rank.sort((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
      rememberPositions(rank);
    }
  }
}
