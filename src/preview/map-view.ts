// The data of the editor's map: every page with its message, sources, findings and links in both directions.
import { basename } from 'node:path';
import { ComponentType } from 'discord-api-types/v10';
import { readContentFolder, readTexts } from '../content/files.ts';
import type { ReadContent } from '../content/folder.ts';
import type { RenderContext } from '../discord/render-context.ts';
import { renderPage } from '../discord/views/page.ts';
import { reachableFrom } from '../guide/graph.ts';
import { readDraft } from '../guide/load.ts';
import { layOut } from '../guide/map.ts';
import { DEFAULT_LOCALE, type Edition, type Finding, type Page } from '../guide/model.ts';
import { messagesFor } from '../i18n/index.ts';
import { NO_REPLIES, topicsOf } from '../replies/topics.ts';
import { NO_SETTINGS } from '../servers/settings.ts';
import type { MapMessage, MapPage, MapView } from './map-types.ts';

/** Pages at least this many clicks from a start are marked: the content checks allow only a little more. */
const LONG_PATH = 6;
/** Of each page; all of them would be most of the file. */
const MAX_QUESTIONS = 50;

/** Reads a content folder for the map. Of a folder with errors the map shows what could be parsed. */
export async function readMap(folder: string, read: ReadContent = readContentFolder): Promise<MapView> {
  const { content, findings } = await read(folder);
  const edition = content?.editions.get(DEFAULT_LOCALE) ?? (await readDraftOf(folder));
  const depths = reachableFrom(edition);
  const { nodes, edges, width, height } = layOut(edition);
  const starts = new Set(edition.guides.map(({ start }) => start));
  const context: RenderContext = {
    edition,
    original: edition,
    messages: messagesFor(DEFAULT_LOCALE),
    topics: topicsOf(edition, NO_REPLIES),
    settings: NO_SETTINGS,
  };
  const others = [...(content?.editions.values() ?? [])].filter((one) => one.locale !== DEFAULT_LOCALE);
  /** The page itself and its translations, which may be older. */
  const inLanguages = (page: Page) => [
    { page, edition },
    ...others.flatMap((one) => {
      const own = one.translation?.missing.has(page.name) ? undefined : one.pages.get(page.name);
      return own ? [{ page: own, edition: one }] : [];
    }),
  ];
  const pages = nodes.map(({ page, x, y }): MapPage => {
    const depth = depths.get(page.name);
    return {
      name: page.name,
      title: page.title,
      guide: page.guide,
      location: `${page.path}:${page.line}`,
      x,
      y,
      depth: depth ?? null,
      isStart: starts.has(page.name),
      isOutcome: page.outcome,
      isLong: depth !== undefined && depth >= LONG_PATH,
      message: renderedMessage(page, context),
      links: page.links.flatMap((link) => (link.kind === 'page' ? [{ label: link.label, page: link.page }] : [])),
      questions: page.questions.slice(0, MAX_QUESTIONS),
      moreQuestions: Math.max(0, page.questions.length - MAX_QUESTIONS),
      sources: page.sources.map(({ title, publisher, link = null }) => ({ title, publisher, link })),
      findings: findings.filter((one) => inLanguages(page).some((each) => isIn(one, each.page, each.edition))),
      leadsHere: edges.filter(({ to }) => to === page).map(({ from }) => from.name),
      leadsTo: edges.filter(({ from }) => from === page).map(({ to }) => to.name),
    };
  });
  return {
    isServed: content !== undefined,
    width,
    height,
    guides: edition.guides.map(({ id, command = null }) => ({ id, command })),
    pages,
    edges: edges.map(({ from, to }) => ({ from: from.name, to: to.name })),
    findings,
  };
}

/** The English pages of a folder whose errors keep it from being served, as far as they can be parsed. */
async function readDraftOf(folder: string): Promise<Edition> {
  return readDraft((await readTexts(folder)).texts, basename(folder));
}

/** The first message of a walk that starts here; null for a page that Discord would not accept. */
function renderedMessage(page: Page, context: RenderContext): MapMessage | null {
  try {
    const { content = '', embeds = [], components = [] } = renderPage([page], context);
    return { content, embeds, components: components.filter((row) => row.type === ComponentType.ActionRow) };
  } catch {
    return null;
  }
}

/** Whether a finding is between this page's heading and the next one. */
function isIn({ path, line }: Finding, page: Page, { guides }: Edition): boolean {
  if (path !== page.path || line < page.line) return false;
  const lines = guides.filter((guide) => guide.path === path).flatMap(({ pages }) => pages.map((one) => one.line));
  return line < Math.min(...lines.filter((one) => one > page.line), Number.POSITIVE_INFINITY);
}
