// Parses one guide file: Markdown in, pages and findings out.
import { createHash } from 'node:crypto';
import type { Heading, Nodes, RootContent } from 'mdast';
import { type AlertBlock, sortBlocks } from './blocks.ts';
import { checkBounds } from './bounds.ts';
import { didYouMean, finding } from './findings.ts';
import { CONVERT } from './format-1.0.ts';
import { parseFrontMatter } from './front-matter.ts';
import { plainText, readMarkdown, visibleLength, writeMarkdown } from './markdown.ts';
import {
  ALERTS,
  type Alert,
  type Citation,
  type Finding,
  type Guide,
  type Link,
  type Page,
  type Source,
  type SourcePosition,
} from './model.ts';
import { checkProse } from './prose.ts';

const SHOWN = new Set(
  'paragraph text emphasis strong delete inlineCode link break list listItem blockquote footnoteReference code'.split(
    ' ',
  ),
);
/** What a heading may say about its page, beside its id. */
const MARKS = { outcome: '.outcome', costly: '.costly', urgent: '.urgent' } as const;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_ID = 40;

/** Statement id → the sources it is taken from, in the order of sources.yaml. */
export type Statements = ReadonlyMap<string, readonly Source[]>;

/** What may be cited, and which of the sources makes the claims. */
interface Citable {
  readonly claimSource: Source | undefined;
  readonly statements: Statements;
}

/**
 * Returns the three characters that identify a page in buttons: a digest of its name, so that they stay the same when
 * other pages are added, removed or moved. Clashes are reported when content loads (G027).
 */
export function pageCode(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 3);
}

/** A guide's id: its file's name. */
export function guideIdOf(path: string): string {
  return path.split('/').at(-1)?.replace(/\.md$/, '') ?? path;
}

/**
 * Parses one guide file.
 * @param path as findings show it, such as `content/en/open-door.md`; its last part names the guide
 * @param text the file's text
 * @param citable what may be cited
 */
export function parseGuide(path: string, text: string, citable: Citable): { guide: Guide; findings: Finding[] } {
  const id = guideIdOf(path);
  const findings = checkBounds(path, text);
  if (findings.length > 0) return { guide: { id, path, description: '', pages: [] }, findings };
  const nodes = readMarkdown(text).children;
  // A translation holds the pages that are still in English as comments.
  const children = nodes.filter((node) => !isComment(node));
  const head = parseFrontMatter(path, children[0], findings);
  const pages: Page[] = [];
  let open: { heading: Heading; blocks: RootContent[] } | undefined;
  const close = () => {
    if (open) pages.push(parsePage({ path, guide: id, source: text, citable, findings }, open.heading, open.blocks));
  };
  for (const node of children) {
    if (node.type === 'yaml') continue;
    if (node.type === 'heading' && node.depth <= 2) {
      close();
      open = { heading: node, blocks: [] };
      if (node.depth === 1)
        findings.push(finding(placeOf(path, node), 'G003', 'A page begins with "## Title {#id}", not with "#"'));
    } else if (open) open.blocks.push(node);
    else
      findings.push(
        finding(placeOf(path, node), 'G005', 'This text is before the first page', 'put "## Title {#id}" above it'),
      );
  }
  close();
  if (pages.length === 0 && children.length === nodes.length)
    findings.push(
      finding({ path, line: 1, column: 1 }, 'G007', 'This file has no page', 'a page begins with "## Title {#id}"'),
    );
  const start = head && 'start' in head ? { command: head.command, start: `${id}#${head.start}` } : {};
  return { guide: { id, path, description: head?.description ?? '', pages, ...start }, findings };
}

/** Whether a block is nothing but a comment, `<!-- … -->`: it is not shown. */
function isComment(node: RootContent): boolean {
  return node.type === 'html' && /^<!--(?:(?!-->)[\s\S])*-->\s*$/.test(node.value);
}

/** The guide that is being parsed. */
interface Parsing {
  readonly path: string;
  readonly guide: string;
  readonly source: string;
  readonly citable: Citable;
  readonly findings: Finding[];
}

function parsePage(parsing: Parsing, heading: Heading, nodes: readonly RootContent[]): Page {
  const { path, guide, source, findings } = parsing;
  const { statements, claimSource } = parsing.citable;
  const place = placeOf(path, heading);
  const { title, id, ...marks } = parseHeading(place, heading, source, findings);
  for (const node of nodes) reportUnshown(path, node, findings);
  const blocks = sortBlocks(nodes);
  const [quote] = blocks.questions;
  // One finding for all quotes of a file.
  if (quote && !findings.some(({ code }) => code === 'G047')) {
    const message = 'Example questions are quotes under headings, as in version 1.0';
    findings.push(finding(placeOf(path, quote.node), 'G047', message, CONVERT));
  }
  const buttons = new Set<Nodes>(blocks.links);
  for (const node of nodes) findings.push(...checkProse(node, source, buttons, (at) => placeOf(path, at)));
  for (const list of blocks.strayLinks) {
    findings.push(
      finding(
        placeOf(path, list),
        'G033',
        'This list of links does not become buttons: it is not the last block of its page',
      ),
    );
  }
  const citations = nodes.flatMap((node) => citationsIn(path, node));
  const sources = citedSources(citations, statements, findings);
  // One mark a statement: a reader wants to see that there is a source, and all of them are listed.
  const markOf = (cited: string) => {
    const first = statements.get(cited)?.[0];
    return first ? `[${sources.indexOf(first) + 1}]` : '';
  };
  const text = writeMarkdown(blocks.text, markOf);
  const alerts = blocks.alerts.flatMap((alert) => parseAlert(path, alert, markOf, findings));
  const steps = blocks.steps.filter((item) => item.checked === false);
  const shown = [...blocks.text, ...blocks.alerts.flatMap(({ children }) => children), ...steps];
  return {
    ...place,
    name: `${guide}#${id}`,
    code: pageCode(`${guide}#${id}`),
    guide,
    title,
    ...marks,
    questions: blocks.questions.map(({ text }) => text),
    text,
    alerts,
    steps: steps.map((item) => writeMarkdown(item.children, () => '')),
    visibleLength: visibleLength(shown, [text, ...alerts.map((alert) => alert.text)]),
    links: blocks.links.flatMap((node) =>
      parseLink(placeOf(path, node), guide, node.url, plainText(node).trim(), findings),
    ),
    citations,
    sources,
    isOnlyClaimed: sources.length > 0 && sources.every((source) => source === claimSource),
  };
}

/**
 * Parses `Title {#id .outcome .costly}`: attributes as in Pandoc, at the end of the heading. They are read from the source,
 * because Markdown would read underscores in an id as emphasis and drop them.
 */
function parseHeading(place: SourcePosition, heading: Heading, source: string, findings: Finding[]) {
  const whole = plainText(heading).trim();
  const brace = whole.endsWith('}') ? whole.lastIndexOf('{') : -1;
  const title = (brace < 0 ? whole : whole.slice(0, brace)).trim();
  const raw = source.slice(heading.position?.start.offset ?? 0, heading.position?.end.offset ?? 0);
  const words =
    brace < 0
      ? []
      : raw
          .slice(raw.lastIndexOf('{') + 1, raw.lastIndexOf('}'))
          .split(' ')
          .filter(Boolean);
  const id = words.find((word) => word.startsWith('#'))?.slice(1) ?? '';
  for (const word of words) {
    if (!word.startsWith('#') && !Object.values<string>(MARKS).includes(word)) {
      const hint = `use #id, ${Object.values(MARKS).join(', ')}`;
      findings.push(finding(place, 'G003', `"${word}" is not an attribute of a page`, hint));
    }
  }
  if (id === '') findings.push(finding(place, 'G003', `The page "${title}" has no id`, 'write "## Title {#id}"'));
  else if (!ID.test(id) || id.length > MAX_ID) {
    findings.push(
      finding(place, 'G028', `The id "${id}" must be lower-case letters, digits and hyphens, ${MAX_ID} at most`),
    );
  }
  return {
    title,
    id: id || `line-${place.line}`,
    outcome: words.includes(MARKS.outcome),
    costly: words.includes(MARKS.costly),
    urgent: words.includes(MARKS.urgent),
  };
}

function reportUnshown(path: string, node: Nodes, findings: Finding[]): void {
  if (!SHOWN.has(node.type)) {
    const what = node.type === 'html' ? 'HTML' : node.type === 'heading' ? 'a heading inside a page' : `a ${node.type}`;
    findings.push(finding(placeOf(path, node), 'G006', `Discord does not show ${what}`));
    return;
  }
  if ('children' in node) for (const child of node.children) reportUnshown(path, child, findings);
}

function citationsIn(path: string, node: Nodes): Citation[] {
  if (node.type === 'footnoteReference') return [{ ...placeOf(path, node), id: node.identifier }];
  return 'children' in node ? node.children.flatMap((child) => citationsIn(path, child)) : [];
}

/** The sources of the statements, those that have a mark in the text first. */
function citedSources(citations: readonly Citation[], statements: Statements, findings: Finding[]): Source[] {
  const first = new Set<Source>();
  const others = new Set<Source>();
  for (const citation of citations) {
    const cited = statements.get(citation.id);
    if (!cited) {
      const hint = didYouMean(citation.id, [...statements.keys()]);
      findings.push(finding(citation, 'G019', `sources.yaml does not list ${citation.id}`, hint));
    }
    const [main, ...more] = cited ?? [];
    if (main) first.add(main);
    for (const source of more) others.add(source);
  }
  return [...new Set([...first, ...others])];
}

function parseAlert(path: string, alert: AlertBlock, markOf: (id: string) => string, findings: Finding[]): Alert[] {
  const place = placeOf(path, alert.node);
  if (!alert.kind) {
    findings.push(finding(place, 'G010', `"${alert.word}" is not an alert`, `use ${ALERTS.join(', ')}`));
    return [];
  }
  const text = writeMarkdown(alert.children, markOf);
  if (text === '') findings.push(finding(place, 'G010', 'This alert has no text'));
  return [{ ...place, kind: alert.kind, text, cites: citationsIn(path, alert.node).map(({ id }) => id) }];
}

function parseLink(place: SourcePosition, guide: string, url: string, label: string, findings: Finding[]): Link[] {
  const hash = url.indexOf('#');
  if (url.startsWith('https://') && URL.canParse(url)) return [{ ...place, label, kind: 'web', url }];
  const file = url.slice(0, Math.max(hash, 0));
  if (hash >= 0 && (file === '' || (file.endsWith('.md') && !file.includes('/')))) {
    const target = file === '' ? guide : file.slice(0, -'.md'.length);
    return [{ ...place, label, kind: 'page', page: `${target}#${url.slice(hash + 1)}` }];
  }
  findings.push(
    finding(place, 'G014', `"${url}" is neither a page nor an https:// address`, 'write #id, file.md#id or https://…'),
  );
  return [];
}

function placeOf(path: string, node: Nodes): SourcePosition {
  return { path, line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1 };
}
