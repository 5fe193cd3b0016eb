// Draws the map: pages as buttons, links as curves below them.
import { element } from 'fake-discord/page/dom.ts';
import type { MapPage, MapView } from '../map-types.ts';

const SVG = 'http://www.w3.org/2000/svg';
const NODE = { width: 200, height: 64 };
const BEND = 60;

/** Draws all pages and links. @param choose called with the page that was pressed */
export function drawSheet(sheet: HTMLElement, map: MapView, choose: (page: MapPage) => void): void {
  const focused = sheet.contains(document.activeElement) ? document.activeElement?.getAttribute('data-page') : null;
  const pages = new Map(map.pages.map((page) => [page.name, page]));
  const lines = document.createElementNS(SVG, 'svg');
  lines.setAttribute('width', String(map.width));
  lines.setAttribute('height', String(map.height));
  lines.setAttribute('aria-hidden', 'true');
  lines.append(
    ...map.edges.flatMap(({ from, to }) => {
      const [start, end] = [pages.get(from), pages.get(to)];
      if (!start || !end) return [];
      const line = document.createElementNS(SVG, 'path');
      line.setAttribute('d', curve(start, end));
      line.dataset.from = from;
      line.dataset.to = to;
      return line;
    }),
  );
  sheet.replaceChildren(lines, ...map.pages.map((page) => nodeOf(page, map, choose)));
  const refocused = [...sheet.querySelectorAll('button')].find(({ dataset }) => dataset.page === focused);
  refocused?.focus({ preventScroll: true });
}

function nodeOf(page: MapPage, { guides }: MapView, choose: (page: MapPage) => void): HTMLElement {
  const { name, title, guide, depth, isStart, isOutcome, isLong, findings, x, y } = page;
  const command = guides.find(({ id }) => id === guide)?.command;
  const states = [
    isStart && `/${command}`,
    isOutcome && 'outcome',
    depth === null ? 'unreachable' : isLong && `${depth} clicks`,
    findings.length > 0 && `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`,
  ].filter(Boolean);
  const classes = [
    isStart && 'start',
    isOutcome && 'outcome',
    isLong && 'long',
    depth === null && 'lost',
    findings.length > 0 && 'wrong',
  ];
  const node = element(
    'button',
    {
      type: 'button',
      class: ['node', ...classes].filter(Boolean).join(' '),
      'data-page': name,
      'aria-pressed': 'false',
      onclick: () => choose(page),
    },
    element('span', {}, title),
    states.length > 0 ? element('small', {}, states.join(' · ')) : null,
  );
  // Set by script, because the page's policy forbids style attributes.
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
  return node;
}

/** A curve from the right side of a page to the left side of the next; backwards and sideways from right to right. */
function curve(from: MapPage, to: MapPage): string {
  const x1 = from.x + NODE.width;
  const y1 = from.y + NODE.height / 2;
  const y2 = to.y + NODE.height / 2;
  if (to.x > from.x) return `M${x1} ${y1} C${x1 + BEND} ${y1} ${to.x - BEND} ${y2} ${to.x} ${y2}`;
  const x2 = to.x + NODE.width;
  const out = Math.max(x1, x2) + BEND;
  return `M${x1} ${y1} C${out} ${y1} ${out} ${y2} ${x2} ${y2}`;
}

/** Marks the chosen page and its links. */
export function mark(sheet: HTMLElement, { name }: MapPage): void {
  for (const node of sheet.querySelectorAll('button'))
    node.setAttribute('aria-pressed', String(node.dataset.page === name));
  for (const line of sheet.querySelectorAll('path')) {
    line.classList.toggle('out', line.dataset.from === name);
    line.classList.toggle('in', line.dataset.to === name);
  }
}
