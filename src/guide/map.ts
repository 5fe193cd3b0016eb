// The conversation map as a Mermaid flowchart.
import { wayDown } from './graph.ts';
import type { Edition, Page } from './model.ts';

/**
 * Draws an edition: guides as groups, first pages as flags, outcomes as rounded boxes, unreachable pages dashed.
 * @returns the text of a Mermaid flowchart
 */
export function drawMap(edition: Edition): string {
  const depths = wayDown(edition);
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
