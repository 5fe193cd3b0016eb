// The conversation map: all pages with their links, and the chosen page as Discord shows it.
import { byId, element, firstIn } from 'fake-discord/page/dom.ts';
import { setUpTheme } from 'fake-discord/page/theme.ts';
import type { MapPage, MapView } from '../map-types.ts';
import { showDetail } from './map-detail.ts';
import { drawSheet, mark } from './map-sheet.ts';
import { setUpView } from './map-view.ts';

let map: MapView = { isServed: true, width: 1, height: 1, guides: [], pages: [], edges: [], findings: [] };
/** The name of a page. */
let chosen: string | null = null;
/** The version of the files that is shown. */
let version: string | null = null;

setUpTheme();
const find = byId('find', HTMLInputElement);
const view = setUpView(byId('view'), byId('sheet'));
/** In a file of its own, where there is no server. */
const embedded = document.getElementById('map-data');
if (embedded) {
  byId('to-preview').hidden = true;
  show(JSON.parse(embedded.textContent));
  view.showAll();
} else {
  await load();
  view.showAll();
  const source = new EventSource('/map/events');
  source.onmessage = ({ data }) => {
    if (data !== version) load();
  };
  source.onerror = () => {
    byId('summary').textContent = 'The preview has stopped or is restarting …';
    version = null;
  };
}

async function load(): Promise<void> {
  try {
    const response = await fetch('/map/data');
    if (!response.ok) throw new Error(response.statusText);
    show(await response.json());
    version = response.headers.get('etag')?.replaceAll('"', '') ?? null;
  } catch {
    byId('summary').textContent = "The content folder can't be read.";
    byId('summary').classList.add('wrong');
  }
}

function show(next: MapView): void {
  map = next;
  drawSheet(byId('sheet'), map, (page) => choose(page, true));
  view.resize(map);
  drawFindings();
  byId('summary').textContent = summaryOf(map);
  byId('summary').classList.toggle('wrong', !map.isServed);
  filter();
  const current = map.pages.find(({ name }) => name === chosen);
  if (current) choose(current);
}

function summaryOf({ pages, findings, isServed }: MapView): string {
  const unreachable = pages.filter(({ depth }) => depth === null).length;
  const long = pages.filter(({ isLong }) => isLong).length;
  const parts = `${pages.length} pages, ${unreachable} unreachable, ${long} on long paths`;
  const counts = `${parts}, ${findings.length} findings`;
  return isServed ? counts : `Errors: the bot keeps the last good pages. ${counts}`;
}

function drawFindings(): void {
  const problems = byId('problems', HTMLDetailsElement);
  problems.open = map.findings.some(({ level }) => level === 'error');
  firstIn(problems, 'summary').textContent = `Findings (${map.findings.length})`;
  byId('findings').replaceChildren(
    ...map.findings.map((finding) => {
      const page = map.pages.find(({ findings }) =>
        findings.some(
          ({ line, code, message }) => line === finding.line && code === finding.code && message === finding.message,
        ),
      );
      const text = `${finding.path}:${finding.line}:${finding.column} ${finding.code} ${finding.message}`;
      const body = page
        ? element('button', { type: 'button', class: 'link', onclick: () => goTo(page.name) }, text)
        : text;
      return element('li', { class: finding.level }, body, finding.hint ? ` (${finding.hint})` : null);
    }),
  );
}

function choose(page: MapPage, isFocused = false): void {
  chosen = page.name;
  mark(byId('sheet'), page);
  showDetail(page, map, goTo);
  if (isFocused) byId('detail-title').focus();
}

/** Chooses a page and moves the map to it. */
function goTo(name: string): void {
  const page = map.pages.find((each) => each.name === name);
  if (!page) return;
  choose(page, true);
  view.moveTo(page);
}

function filter(): void {
  const wanted = find.value.trim().toLowerCase();
  for (const button of byId('sheet').querySelectorAll('button')) {
    const page = map.pages.find(({ name }) => name === button.dataset.page);
    if (!page) continue;
    const text = [page.title, page.name, ...page.questions].join('\n').toLowerCase();
    button.classList.toggle('dim', wanted !== '' && !text.includes(wanted));
  }
}

find.addEventListener('input', filter);
find.addEventListener('keydown', ({ key }) => {
  if (key !== 'Enter') return;
  const name = byId('sheet').querySelector('button:not(.dim)')?.getAttribute('data-page');
  if (name) goTo(name);
});
