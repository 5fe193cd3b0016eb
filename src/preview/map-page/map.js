// The conversation map: all pages with their links, and the chosen page as Discord shows it.
import { byId, element } from 'fake-discord/page/dom.ts';
import { setUpTheme } from 'fake-discord/page/theme.ts';
import { showDetail } from './map-detail.js';
import { drawSheet, mark } from './map-sheet.js';
import { setUpView } from './map-view.js';

let map = { pages: [], edges: [], guides: [], findings: [] };
let chosen = null;
/** The version of the files that is shown. */
let version = null;

setUpTheme();
const view = setUpView(byId('view'), byId('sheet'));
const embedded = byId('map-data');
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

async function load() {
  try {
    const response = await fetch('/map/data');
    if (!response.ok) throw new Error(response.statusText);
    show(await response.json());
    version = response.headers.get('etag')?.replaceAll('"', '');
  } catch {
    byId('summary').textContent = "The content folder can't be read.";
    byId('summary').classList.add('wrong');
  }
}

function show(next) {
  map = next;
  drawSheet(byId('sheet'), map, (page, button) => choose(page, button));
  view.resize(map);
  drawFindings();
  byId('summary').textContent = summaryOf(map);
  byId('summary').classList.toggle('wrong', !map.isServed);
  filter();
  const current = map.pages.find(({ name }) => name === chosen);
  if (current) choose(current);
}

function summaryOf({ pages, findings, isServed }) {
  const unreachable = pages.filter(({ depth }) => depth === null).length;
  const long = pages.filter(({ isLong }) => isLong).length;
  const counts = `${pages.length} pages, ${unreachable} unreachable, ${long} on long paths, ${findings.length} findings`;
  return isServed ? counts : `Errors: the bot keeps the last good pages. ${counts}`;
}

function drawFindings() {
  byId('problems').open = map.findings.some(({ level }) => level === 'error');
  byId('problems').firstElementChild.textContent = `Findings (${map.findings.length})`;
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

function choose(page, isFocused = false) {
  chosen = page.name;
  mark(byId('sheet'), page);
  showDetail(page, map, goTo);
  if (isFocused) byId('detail-title').focus();
}

/** Chooses a page and moves the map to it. */
function goTo(name) {
  const page = map.pages.find((each) => each.name === name);
  if (!page) return;
  choose(page, true);
  view.moveTo(page);
}

function filter() {
  const wanted = byId('find').value.trim().toLowerCase();
  for (const button of byId('sheet').querySelectorAll('button')) {
    const page = map.pages.find(({ name }) => name === button.dataset.page);
    const text = [page.title, page.name, ...page.questions].join('\n').toLowerCase();
    button.classList.toggle('dim', wanted !== '' && !text.includes(wanted));
  }
}

byId('find').addEventListener('input', filter);
byId('find').addEventListener('keydown', ({ key }) => {
  if (key !== 'Enter') return;
  const first = byId('sheet').querySelector('button:not(.dim)');
  if (first) goTo(first.dataset.page);
});
