// Checks the pages of one edition: each page by itself, and the graph of all pages.
import { didYouMean, type FINDING_CODES, finding } from './findings.ts';
import { reachableFrom } from './graph.ts';
import {
  DEFAULT_LOCALE,
  type Disagreement,
  type Edition,
  type Finding,
  type Guide,
  type Link,
  type Page,
  type PageLimits,
} from './model.ts';

const MAX_DEPTH = 7;
const codePoints = (text: string) => [...text.trim()].length;
const hasWord = (text: string) => /[\p{L}\p{N}]/u.test(text);

/**
 * Checks one edition.
 * @param edition the pages of one language, those that fall back to English included
 * @param limits of the place where the pages are shown
 * @param disagreements from sources.yaml
 */
export function checkEdition(edition: Edition, limits: PageLimits, disagreements: readonly Disagreement[]): Finding[] {
  const pages = [...edition.pages.values()];
  return [
    ...edition.guides.flatMap((guide) => checkGuide(guide, edition)),
    ...duplicates(edition.guides.flatMap((guide) => guide.pages)),
    ...pages.flatMap((page) => [
      ...checkText(page, edition, limits),
      ...checkVisibleLength(page, edition.locale, limits),
      ...checkLinks(page, edition, limits),
      ...checkSides(page, disagreements),
    ]),
    ...checkGraph(edition),
  ];
}

function checkGuide(guide: Guide, { pages, guides }: Edition): Finding[] {
  if (guide.start === undefined) return [];
  const top = { path: guide.path, line: 1, column: 1 };
  const found: Finding[] = [];
  if (!pages.has(guide.start)) {
    const ids = guide.pages.map(({ name }) => name.slice(guide.id.length + 1));
    const id = guide.start.slice(guide.id.length + 1);
    found.push(finding(top, 'G031', `The start page "${id}" does not exist in this file`, didYouMean(id, ids)));
  }
  if (guides.find(({ command }) => command === guide.command) !== guide) {
    found.push(finding(top, 'G031', `Another file already has the command ${guide.command}`));
  }
  return found;
}

function duplicates(pages: readonly Page[]): Finding[] {
  const found: Finding[] = [];
  const names = new Map<string, Page>();
  const codes = new Map<string, Page>();
  const titles = new Map<string, Page>();
  for (const page of pages) {
    const same = names.get(page.name);
    if (same) found.push(finding(page, 'G004', `The id of "${page.title}" is already used in line ${same.line}`));
    else {
      const clash = codes.get(page.code);
      if (clash)
        found.push(
          finding(page, 'G027', `${page.name} has the same code as ${clash.name}`, 'give one of them another id'),
        );
      const twin = titles.get(page.title.toLowerCase());
      if (twin)
        found.push(
          finding(
            page,
            'G032',
            `The title "${page.title}" is also that of ${twin.name}`,
            'members choose pages by title',
          ),
        );
    }
    names.set(page.name, page);
    codes.set(page.code, page);
    titles.set(page.title.toLowerCase(), page);
  }
  return found;
}

function checkText(page: Page, edition: Edition, limits: PageLimits): Finding[] {
  const found: Finding[] = [];
  const tooLong = (code: keyof typeof FINDING_CODES, what: string, length: number, limit: number) => {
    if (length > limit) found.push(finding(page, code, `${what} has ${length} characters, ${limit} at most`));
  };
  if (codePoints(page.title) === 0) found.push(finding(page, 'G008', 'The title is empty'));
  tooLong('G008', 'The title', codePoints(page.title), limits.title);
  if (page.text === '') found.push(finding(page, 'G007', `"${page.title}" has no text`));
  tooLong('G009', 'The text', codePoints(page.text), limits.text);
  for (const alert of page.alerts) {
    if (codePoints(alert.text) > limits.alert) {
      found.push(finding(alert, 'G010', `The alert has ${codePoints(alert.text)} characters, ${limits.alert} at most`));
    }
  }
  const size = limits.measure(page, edition);
  if (size.fields > limits.fields)
    found.push(finding(page, 'G011', `The page has ${size.fields} fields, ${limits.fields} at most`));
  tooLong('G011', 'The list of steps or of sources', size.longestField, limits.steps);
  tooLong('G012', 'The whole page', size.total, limits.total);
  if (page.citations.length === 0)
    found.push(finding(page, 'G020', `"${page.title}" cites no source`, 'every statement needs a source'));
  return found;
}

function checkVisibleLength(page: Page, locale: string, { visible }: PageLimits): Finding[] {
  const limit = locale === DEFAULT_LOCALE ? visible.english : visible.others;
  if (page.visibleLength <= limit) return [];
  const message = `"${page.title}" has ${page.visibleLength} characters of text, alerts and steps; ${limit} are enough for a phone`;
  return [finding(page, 'G056', message)];
}

function checkLinks(page: Page, { pages, guides, locale }: Edition, limits: PageLimits): Finding[] {
  const found: Finding[] = [];
  const ownLabels = limits.ownLabels(locale);
  const mostLinks = page.urgent ? limits.urgentLinks : limits.links;
  if (page.links.length > mostLinks) {
    found.push(finding(page, 'G015', `The page has ${page.links.length} buttons, ${mostLinks} at most`));
  }
  if (page.links.every(({ kind }) => kind === 'web') && !page.outcome) {
    found.push(finding(page, 'G023', `"${page.title}" leads to no other page`, 'add a link, or mark it with .outcome'));
  }
  const labels = new Set<string>();
  const targets = new Set<string>();
  for (const link of page.links) {
    found.push(...checkLabel(link, labels, limits, ownLabels));
    const target = link.kind === 'page' ? link.page : link.url;
    if (targets.has(target)) found.push(finding(link, 'G018', `Two buttons lead to ${target}`));
    targets.add(target);
    if (link.kind === 'web') {
      if (link.url.length > limits.url)
        found.push(finding(link, 'G014', `The address has ${link.url.length} characters, ${limits.url} at most`));
    } else if (link.page === page.name) found.push(finding(link, 'G018', 'This button leads to its own page'));
    else if (!pages.has(link.page)) {
      const [file = '', id = ''] = link.page.split('#');
      const known = guides.find((guide) => guide.id === file)?.pages.map(({ name }) => name.slice(file.length + 1));
      const hint = known
        ? didYouMean(id, known)
        : didYouMean(
            file,
            guides.map((guide) => guide.id),
          );
      found.push(finding(link, 'G013', known ? `${file}.md has no page #${id}` : `There is no guide ${file}.md`, hint));
    }
  }
  return found;
}

function checkLabel(link: Link, labels: Set<string>, limits: PageLimits, ownLabels: readonly string[]): Finding[] {
  const length = codePoints(link.label);
  const found: Finding[] = [];
  if (length === 0 || !hasWord(link.label))
    found.push(finding(link, 'G016', 'A label needs a word', 'screen readers skip emoji and punctuation'));
  if (length > limits.label)
    found.push(finding(link, 'G016', `The label has ${length} characters, ${limits.label} at most`));
  const key = link.label.toLowerCase();
  if (labels.has(key)) found.push(finding(link, 'G017', `Two buttons are labelled "${link.label}"`));
  if (ownLabels.some((own) => own.toLowerCase() === key)) {
    found.push(finding(link, 'G017', `"${link.label}" is a label of the bot's own buttons`));
  }
  labels.add(key);
  return found;
}

/** A page that cites a claim must cite the authority's side, and an alert must show both and say which counts. */
function checkSides(page: Page, disagreements: readonly Disagreement[]): Finding[] {
  const cited = new Set(page.citations.map(({ id }) => id));
  return disagreements.flatMap(({ id, claim, authority }) => {
    const cites = page.citations.find((citation) => claim.includes(citation.id));
    if (!cites) return [];
    if (!authority.some((statement) => cited.has(statement)))
      return [finding(cites, 'G029', `${cites.id} is only the claim in ${id}`, `cite ${authority.join(' or ')} too`)];
    const isShown = page.alerts.some(
      (alert) => alert.cites.some((one) => claim.includes(one)) && alert.cites.some((one) => authority.includes(one)),
    );
    return isShown
      ? []
      : [finding(cites, 'G029', `No alert on this page shows both sides of ${id}`, 'say whose rule counts')];
  });
}

function checkGraph(edition: Edition): Finding[] {
  const depths = reachableFrom(edition);
  const ends = leadsToOutcome(edition);
  return [...edition.pages.values()].flatMap((page) => {
    const depth = depths.get(page.name);
    if (depth === undefined) return [finding(page, 'G022', `No command leads to "${page.title}"`)];
    const found: Finding[] = [];
    if (depth > MAX_DEPTH)
      found.push(finding(page, 'G025', `"${page.title}" is ${depth} clicks from its start, ${MAX_DEPTH} at most`));
    if (!ends.has(page.name)) found.push(finding(page, 'G024', `No outcome can be reached from "${page.title}"`));
    return found;
  });
}

/** The pages from which some outcome can be reached, outcomes included. */
function leadsToOutcome({ pages }: Edition): Set<string> {
  const good = new Set([...pages.values()].filter(({ outcome }) => outcome).map(({ name }) => name));
  for (let grown = true; grown; ) {
    grown = false;
    for (const page of pages.values()) {
      const isGood = page.links.some((link) => link.kind === 'page' && good.has(link.page));
      if (isGood && !good.has(page.name)) {
        good.add(page.name);
        grown = true;
      }
    }
  }
  return good;
}
