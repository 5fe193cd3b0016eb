// One language of a content folder: its guides with their example questions, and English where it has no page.
import { createHash } from 'node:crypto';
import { finding } from './findings.ts';
import { DEFAULT_LOCALE, type Edition, type Finding, type Guide, type Page, type Subject } from './model.ts';
import { guideIdOf, pageCode, parseGuide } from './parse.ts';
import { NO_SEARCH_DATA } from './search-data.ts';
import { readSearchFolder, type SearchFolder } from './search-folder.ts';
import type { Sources } from './sources.ts';

/** The files of a content folder. */
export interface ContentFiles {
  /** Path below the folder, with `/` between folders → text. Sorted by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** A file's path as findings show it. */
  pathOf(file: string): string;
}

/** An edition, and what was read for it. */
interface ReadEdition {
  readonly edition: Edition;
  /** Undefined if the edition has none of its own. */
  readonly search: SearchFolder | undefined;
  readonly findings: readonly Finding[];
}

/** The languages that have guides. */
export function localesOf({ texts }: ContentFiles): string[] {
  return [...new Set([...texts.keys()].filter(isGuide).map((file) => file.slice(0, file.indexOf('/'))))];
}

/** `en/open-door.md`, but not a README on the format. */
export function isGuide(file: string): boolean {
  return file.split('/').length === 2 && file.endsWith('.md');
}

/** What all editions of a folder share. */
interface EditionParts {
  /** What the bot is about, by language. */
  readonly subjects: { subjectFor(locale: string): Subject };
  /** Names that pages had before → their names now. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly read: GuideReader;
}

/** Reads the guides and the search folder of one language. */
export function readEdition(
  locale: string,
  files: ContentFiles,
  { subjects, renamed, read }: EditionParts,
): ReadEdition {
  const search = readSearchFolder(locale, files.texts, files.pathOf);
  const findings = [...(search?.findings ?? [])];
  const guides: Guide[] = [];
  for (const [file, text] of files.texts) {
    if (!isGuide(file) || !file.startsWith(`${locale}/`)) continue;
    const parsed = read(files.pathOf(file), text, search);
    guides.push(parsed.guide);
    findings.push(...parsed.findings);
  }
  return {
    edition: edition({
      locale,
      subject: subjects.subjectFor(locale),
      guides,
      search: search?.data ?? NO_SEARCH_DATA,
      renamed,
    }),
    search,
    findings,
  };
}

/** Parses a guide and adds the example questions of its pages. */
type GuideReader = (
  path: string,
  text: string,
  search: SearchFolder | undefined,
) => { guide: Guide; findings: readonly Finding[] };

/**
 * Parses guides, or takes them from an earlier reading.
 * @param sourcesText what `sources` were read from
 * @param previous guides of an earlier reading
 */
export function guideReader(sources: Sources, sourcesText: string, previous: readonly Guide[]): GuideReader {
  const byDigest = new Map(previous.map((guide) => [guide.digest, guide]));
  const byId = new Map(sources.sources.map((source) => [source.id, source]));
  return (path, text, search) => {
    const id = guideIdOf(path);
    const questions = [...(search?.questions ?? [])].filter(([name]) => name.startsWith(`${id}#`));
    const texts = questions.map(([name, { entries }]) => [name, entries.map((one) => one.text)]);
    const digest = createHash('sha256')
      .update(JSON.stringify([path, text, sourcesText, texts]))
      .digest('hex');
    const same = byDigest.get(digest);
    if (!same) {
      const { guide, findings } = parseGuide(path, text, sources);
      const pages = guide.pages.map((page) => withQuestions(page, search));
      return { guide: { ...guide, pages, ...(findings.length === 0 ? { digest } : {}) }, findings };
    }
    // Pages of two readings refer to one and the same source.
    const pages = same.pages.map((page) => ({ ...page, sources: page.sources.map((one) => byId.get(one.id) ?? one) }));
    return { guide: { ...same, pages }, findings: [] };
  };
}

/** The questions of 1.0's format, which are in the page itself, come first. */
function withQuestions(page: Page, search: SearchFolder | undefined): Page {
  const more = search?.questions.get(page.name)?.entries.map(({ text }) => text) ?? [];
  if (more.length === 0) return page;
  return { ...page, questions: [...new Set([...page.questions, ...more])] };
}

/** Shows in English what a language does not have: pages, questions of a page, and search data. */
export function withFallback({ edition: own, search, findings }: ReadEdition, english: Edition): ReadEdition {
  const unknown = [...own.pages.values()].flatMap((page) =>
    english.pages.has(page.name)
      ? []
      : [finding(page, 'G035', `English has no page ${page.name}`, 'ids are the same in every language')],
  );
  const guides = english.guides.map((guide) => {
    const { digest: _, ...mine } = own.guides.find(({ id }) => id === guide.id) ?? guide;
    return { ...mine, pages: guide.pages.map((page) => translated(page, own.pages.get(page.name), search)) };
  });
  const data = search?.hasData ? search.data : english.search;
  return { edition: edition({ ...own, guides, search: data }), search, findings: [...findings, ...unknown] };
}

function translated(english: Page, own: Page | undefined, search: SearchFolder | undefined): Page {
  if (own && own.questions.length > 0) return own;
  if (own) return { ...own, questions: english.questions };
  return search?.questions.has(english.name) ? withQuestions({ ...english, questions: [] }, search) : english;
}

function edition(parts: Pick<Edition, 'locale' | 'subject' | 'guides' | 'search' | 'renamed'>): Edition {
  const { locale, subject, guides, search, renamed } = parts;
  const pages = new Map(guides.flatMap((guide) => guide.pages).map((page) => [page.name, page]));
  const old = [...renamed].flatMap(([from, to]): [string, Page][] => {
    const page = pages.get(to);
    return page ? [[pageCode(from), page]] : [];
  });
  // A page's own code wins over that of an old name.
  const codes = new Map([...old, ...[...pages.values()].map((page): [string, Page] => [page.code, page])]);
  return { locale, subject, guides, pages, codes, renamed, search };
}

/** Search files of languages that have no guides: they are not read. */
export function unreadSearchFiles(files: ContentFiles, locales: readonly string[]): Finding[] {
  return [...files.texts.keys()].flatMap((file) => {
    const [locale = '', folder, ...rest] = file.split('/');
    if (folder !== 'search' || rest.length === 0 || !file.endsWith('.yaml') || locales.includes(locale)) return [];
    const hint = `a language without guides belongs in ${DEFAULT_LOCALE}/search/${locale}`;
    return [
      finding({ path: files.pathOf(file), line: 1, column: 1 }, 'G041', `There are no guides in ${locale}/`, hint),
    ];
  });
}
