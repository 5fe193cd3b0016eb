// The details of the chosen page: its message, findings, sources, and links in both directions.
import { componentRows } from 'fake-discord/page/controls.ts';
import { byId, element, externalLink } from 'fake-discord/page/dom.ts';
import { embedBox } from 'fake-discord/page/embed.ts';
import type { Finding } from '../../guide/model.ts';
import type { MapMessage, MapPage, MapView } from '../map-types.ts';

const NO_MENTIONS = { names: {}, channels: {} };

type GoTo = (name: string) => void;

/** Shows a page. @param goTo called with the name of a page whose button was pressed */
export function showDetail(page: MapPage, map: MapView, goTo: GoTo): void {
  byId('detail-title').textContent = page.title;
  byId('page').replaceChildren(
    element('p', { class: 'note' }, [page.location, positionOf(page)].join(' · ')),
    ...section('Findings', page.findings.map(findingItem)),
    element('h3', {}, 'In Discord'),
    ...messageOf(page, goTo),
    ...section(
      'Leads here',
      page.leadsHere.map((name) => pageItem(name, map, goTo)),
    ),
    ...section(
      'Leads to',
      page.leadsTo.map((name) => pageItem(name, map, goTo)),
    ),
    ...section(
      'Sources',
      page.sources.map(({ title, publisher, link }) =>
        element('li', {}, link ? externalLink(link, title) : title, `, ${publisher}`),
      ),
    ),
    ...section(
      'Questions it answers',
      [...page.questions, ...(page.moreQuestions > 0 ? [`and ${page.moreQuestions} more`] : [])].map((question) =>
        element('li', {}, question),
      ),
      page.questions.length + page.moreQuestions,
    ),
  );
}

function positionOf({ depth, isStart, isOutcome, isLong }: MapPage): string {
  if (depth === null) return 'unreachable: no command leads here';
  const distance = isStart
    ? 'the first page of a command'
    : `${depth} ${depth === 1 ? 'click' : 'clicks'} from the start`;
  return [distance, isLong && 'a long path', isOutcome && 'an outcome'].filter(Boolean).join(', ');
}

/** A list with its title, unless it is empty. @param count how many there are, also those that are not listed */
function section(title: string, items: readonly HTMLElement[], count = items.length): HTMLElement[] {
  return count === 0 ? [] : [element('h3', {}, `${title} (${count})`), element('ul', { class: 'list' }, items)];
}

function findingItem({ path, line, column, code, message, hint, level }: Finding): HTMLElement {
  const location = element('code', {}, `${path}:${line}:${column}`);
  return element('li', { class: level }, location, ` ${code} ${message}`, hint ? ` (${hint})` : null);
}

function pageItem(name: string, { pages }: MapView, goTo: GoTo): HTMLElement {
  const title = pages.find((page) => page.name === name)?.title ?? name;
  return element('li', {}, element('button', { type: 'button', class: 'link', onclick: () => goTo(name) }, title));
}

/** The message. Its buttons to other pages choose those pages on the map. */
function messageOf({ message, links }: MapPage, goTo: GoTo): HTMLElement[] {
  if (message === null)
    return [element('p', { class: 'note' }, 'Discord would not accept this page: see the findings.')];
  const press = async ({ components }: MapMessage, customId: string) => {
    const controls = components.flatMap((row) => row.components);
    const pressed = controls.find((control) => 'custom_id' in control && control.custom_id === customId);
    const link = links.find(({ label }) => pressed && 'label' in pressed && label === pressed.label);
    if (link) goTo(link.page);
  };
  return [
    element(
      'div',
      { class: 'body' },
      ...message.embeds.map((embed) => embedBox(embed, NO_MENTIONS)),
      ...componentRows(message, { press }),
    ),
  ];
}
