// From the files of a content folder to content that can be served, with everything that is wrong with it.
import { createHash } from 'node:crypto';
import { checkCharacters } from './characters.ts';
import { checkEdition } from './check.ts';
import { finding } from './findings.ts';
import { type Content, DEFAULT_LOCALE, type Edition, type Finding, type Guide, type PageLimits } from './model.ts';
import { parseGuide } from './parse.ts';
import { NO_SEARCH_DATA, type SearchData } from './search-data.ts';
import { readSearchFolder } from './search-folder.ts';
import { parseSources, type Sources } from './sources.ts';

const SOURCES = 'sources.yaml';
const DAY = 24 * 60 * 60 * 1000;

export interface LoadOptions {
  /** The folder's name as findings show it. */
  readonly root: string;
  readonly limits: PageLimits;
  /** For the age of reviews. */
  readonly today: Date;
  /** Guides of an earlier reading. Those whose files are the same are not parsed again, which is most of the work. */
  readonly known?: readonly Guide[] | undefined;
}

/** File name inside the content folder, with `/` between folders → its text. */
export type Files = ReadonlyMap<string, string>;

export interface Loaded {
  /** Undefined where an error was found: such content is not served. */
  readonly content: Content | undefined;
  /** Sorted by file and line. */
  readonly findings: readonly Finding[];
}

/**
 * Parses and checks a whole content folder.
 * @param given every file below the folder
 */
export function loadContent(given: Files, options: LoadOptions): Loaded {
  const files = normalized(given);
  const pathOf = (file: string) => `${options.root}/${file}`;
  const unreadable = [...files].flatMap(([file, text]) => checkCharacters(pathOf(file), text));
  // What else is wrong follows from what is missing.
  if (unreadable.length > 0) return { content: undefined, findings: unreadable.sort(byPlace) };
  const sources = parseSources(pathOf(SOURCES), files.get(SOURCES) ?? '');
  const findings = [...sources.findings];
  // Without sources every citation would be a finding of its own.
  if (!sources.guide) return { content: undefined, findings };
  const editions = new Map<string, Edition>();
  const read = guideReader(sources, files.get(SOURCES) ?? '', options.known ?? []);
  const english = readEdition(DEFAULT_LOCALE, files, pathOf, read, findings);
  for (const locale of localesOf(files)) {
    const edition =
      locale === DEFAULT_LOCALE
        ? english
        : withFallback(readEdition(locale, files, pathOf, read, findings), english, findings);
    editions.set(locale, edition);
    findings.push(...checkEdition(edition, options.limits, sources.disagreements));
  }
  if (!editions.has(DEFAULT_LOCALE)) {
    findings.push(
      finding(
        { path: pathOf(DEFAULT_LOCALE), line: 1, column: 1 },
        'G007',
        'There is no guide in this folder',
        'English is what other languages fall back to',
      ),
    );
  }
  findings.push(...strandedSearch(files, editions, pathOf));
  findings.push(...checkSources(sources, editions, options.today));
  const sorted = unique(findings).sort(byPlace);
  const hasErrors = sorted.some(({ level }) => level === 'error');
  const { guide, disagreements } = sources;
  if (hasErrors || !guide) return { content: undefined, findings: sorted };
  const content = { version: versionOf(files), sources: sources.sources, guide, disagreements, editions };
  return { content, findings: sorted };
}

/** Markdown takes a lone carriage return for a line end, and YAML does not. Windows puts a byte order mark first. */
function normalized(files: Files): Map<string, string> {
  return new Map([...files].map(([file, text]) => [file, text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')]));
}

function localesOf(files: Files): string[] {
  return [...new Set([...files.keys()].filter(isGuide).map((file) => file.slice(0, file.indexOf('/'))))];
}

/** `en/close-account.md`, but not a README on the format. */
function isGuide(file: string): boolean {
  return file.split('/').length === 2 && file.endsWith('.md');
}

function readEdition(
  locale: string,
  files: Files,
  pathOf: (file: string) => string,
  read: GuideReader,
  findings: Finding[],
): Edition {
  const guides: Guide[] = [];
  for (const [file, text] of sortedByName(files)) {
    if (!isGuide(file) || !file.startsWith(`${locale}/`)) continue;
    const parsed = read(pathOf(file), text);
    guides.push(parsed.guide);
    findings.push(...parsed.findings);
  }
  const search = readSearchFolder(locale, sortedByName(files), pathOf);
  findings.push(...(search?.findings ?? []));
  return edition(locale, guides, search?.data);
}

/** The English pages as far as they can be read, without checks: for showing a folder that has errors. */
export function readDraft(given: Files, root: string): Edition {
  const files = normalized(given);
  const pathOf = (file: string) => `${root}/${file}`;
  const text = files.get(SOURCES) ?? '';
  const read = guideReader(parseSources(pathOf(SOURCES), text), text, []);
  return readEdition(DEFAULT_LOCALE, files, pathOf, read, []);
}

type GuideReader = (path: string, text: string) => { guide: Guide; findings: readonly Finding[] };

/** Parses guides, or takes them over from an earlier reading. @param sourcesText what `sources` were read from */
function guideReader(sources: Sources, sourcesText: string, known: readonly Guide[]): GuideReader {
  const byDigest = new Map(known.map((guide) => [guide.digest, guide]));
  const byId = new Map(sources.sources.map((source) => [source.id, source]));
  return (path, text) => {
    const digest = createHash('sha256')
      .update(JSON.stringify([path, text, sourcesText]))
      .digest('hex');
    const same = byDigest.get(digest);
    if (!same) {
      const { guide, findings } = parseGuide(path, text, sources);
      return { guide: findings.length === 0 ? { ...guide, digest } : guide, findings };
    }
    // Pages of two readings refer to one and the same source.
    const pages = same.pages.map((page) => ({ ...page, sources: page.sources.map((one) => byId.get(one.id) ?? one) }));
    return { guide: { ...same, pages }, findings: [] };
  };
}

function edition(locale: string, guides: readonly Guide[], search: SearchData = NO_SEARCH_DATA): Edition {
  const pages = guides.flatMap((guide) => guide.pages);
  return {
    locale,
    guides,
    search,
    pages: new Map(pages.map((page) => [page.name, page])),
    codes: new Map(pages.map((page) => [page.code, page])),
  };
}

/** Search files of languages that have no guides are read by nobody. */
function strandedSearch(
  files: Files,
  editions: ReadonlyMap<string, Edition>,
  pathOf: (file: string) => string,
): Finding[] {
  return [...files.keys()].flatMap((file) => {
    const [locale = '', folder, ...rest] = file.split('/');
    if (folder !== 'search' || rest.length === 0 || !file.endsWith('.yaml') || editions.has(locale)) return [];
    const hint = `a language without guides belongs in ${DEFAULT_LOCALE}/search/${locale}`;
    return [finding({ path: pathOf(file), line: 1, column: 1 }, 'G041', `There are no guides in ${locale}/`, hint)];
  });
}

/** What a language does not have is shown in English. */
function withFallback(own: Edition, english: Edition, findings: Finding[]): Edition {
  for (const page of own.pages.values()) {
    if (!english.pages.has(page.name)) {
      findings.push(finding(page, 'G035', `English has no page ${page.name}`, 'ids are the same in every language'));
    }
  }
  const guides = english.guides.map((guide) => {
    const mine = own.guides.find(({ id }) => id === guide.id);
    if (!mine) return guide;
    const { digest: _, ...guideOfBoth } = mine;
    return { ...guideOfBoth, pages: guide.pages.map((page) => own.pages.get(page.name) ?? page) };
  });
  return edition(own.locale, guides, own.search === NO_SEARCH_DATA ? english.search : own.search);
}

function checkSources({ sources, placeOf }: Sources, editions: ReadonlyMap<string, Edition>, today: Date): Finding[] {
  const cited = new Set(
    [...editions.values()].flatMap(({ pages }) =>
      [...pages.values()].flatMap((page) => page.citations.map(({ id }) => id)),
    ),
  );
  return sources.flatMap((source, i) => {
    const found = source.statements.flatMap((id, j) =>
      cited.has(id) ? [] : [finding(placeOf(['sources', i, 'statements', j]), 'G021', `No page cites ${id}`)],
    );
    const age = (today.getTime() - Date.parse(source.reviewed)) / DAY;
    if (age > 365)
      found.push(
        finding(
          placeOf(['sources', i, 'reviewed']),
          'G026',
          `"${source.title}" was last reviewed ${Math.floor(age)} days ago`,
        ),
      );
    if (age < -1)
      found.push(
        finding(
          placeOf(['sources', i, 'reviewed']),
          'G026',
          `"${source.title}" was reviewed in the future`,
          'or the clock of this machine is behind',
        ),
      );
    return found;
  });
}

/** A page that is shown in two languages has its findings once. */
function unique(findings: readonly Finding[]): Finding[] {
  return [
    ...new Map(
      findings.map((one) => [`${one.path}:${one.line}:${one.column}:${one.code}:${one.message}`, one]),
    ).values(),
  ];
}

function byPlace(a: Finding, b: Finding): number {
  return compareText(a.path, b.path) || a.line - b.line || a.column - b.column;
}

function sortedByName(files: Files): (readonly [file: string, text: string])[] {
  return [...files].sort(([a], [b]) => compareText(a, b));
}

/** By code units: the same on every machine, whatever its language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function versionOf(files: Files): string {
  const hash = createHash('sha256');
  for (const [file, text] of sortedByName(files)) hash.update(`${file}\0${text.length}\0${text}`);
  return hash.digest('hex').slice(0, 12);
}
