// One language of a content folder: its guides with their example questions, and English where it has no page.
import { createHash } from 'node:crypto';
import { languageOf } from '../locale.ts';
import { finding } from './findings.ts';
import {
  type ContentFiles,
  DEFAULT_LOCALE,
  type Edition,
  type Finding,
  type Guide,
  type Page,
  type Source,
  type Subject,
} from './model.ts';
import { guideIdOf, pageCode, parseGuide } from './parse.ts';
import { NO_SEARCH_DATA, type UnderstoodLanguage } from './search-data.ts';
import { readSearchFolder, type SearchFolder } from './search-folder.ts';
import { parseSourceTitles, withSourceTitles } from './source-titles.ts';
import type { Sources } from './sources.ts';
import { compareTranslation, type TranslationRecord, targetOf } from './translation.ts';

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
  readonly sources: readonly Source[];
  readonly read: GuideReader;
}

/** Reads the guides and the search folder of one language. */
export function readEdition(
  locale: string,
  files: ContentFiles,
  { subjects, renamed, sources, read }: EditionParts,
): ReadEdition {
  const search = readSearchFolder(locale, files.texts, files.pathOf);
  const named = locale === DEFAULT_LOCALE ? undefined : parseSourceTitles(locale, files, sources);
  const findings = [...(search?.findings ?? []), ...(named?.findings ?? [])];
  const guides: Guide[] = [];
  for (const [file, text] of files.texts) {
    if (!isGuide(file) || !file.startsWith(`${locale}/`)) continue;
    const parsed = read(files.pathOf(file), text, search);
    const pages = parsed.guide.pages.map((page) => (named ? withSourceTitles(page, named.sources) : page));
    guides.push({ ...parsed.guide, pages });
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

/** Shows in English the pages that a language does not have. Their questions are those in its own language, if any. */
export function withFallback(
  { edition: own, search, findings }: ReadEdition,
  english: Edition,
  record: TranslationRecord,
): ReadEdition {
  const { renamed } = english;
  const oldNames = new Map([...renamed].map(([from, to]) => [to, from]));
  const ownPage = (name: string) => own.pages.get(name) ?? own.pages.get(oldNames.get(name) ?? '');
  const unknown = [...own.pages.values()].flatMap((page) =>
    english.pages.has(renamed.get(page.name) ?? page.name)
      ? []
      : [finding(page, 'G035', `English has no page ${page.name}`, 'ids are the same in every language')],
  );
  const guides = english.guides.map((guide) => {
    const { path, description } = own.guides.find(({ id }) => id === guide.id) ?? guide;
    const { digest: _, ...same } = guide;
    const pages = guide.pages.map((page) => translated(page, ownPage(page.name), search));
    return { ...same, path, description, pages };
  });
  const { translation, findings: compared } = compareTranslation(record, ownPage, english);
  return {
    edition: { ...edition({ ...own, guides, translation }), ownGuides: own.guides },
    search,
    findings: [...findings, ...record.findings, ...unknown, ...compared],
  };
}

/**
 * A page in a translation: its own words with the attributes and the buttons of the English page, so that no way is missing
 * where the translation is older. A button that it does not have yet is in English.
 */
function translated(english: Page, own: Page | undefined, search: SearchFolder | undefined): Page {
  if (!own) return withQuestions({ ...english, questions: [] }, search);
  const { name, code, guide, outcome, costly, urgent } = english;
  const links = english.links.map((link) => own.links.find((one) => targetOf(one) === targetOf(link)) ?? link);
  return { ...own, name, code, guide, outcome, costly, urgent, links };
}

function edition(parts: Omit<Edition, 'pages' | 'codes'>): Edition {
  const { guides, renamed } = parts;
  const pages = new Map(guides.flatMap((guide) => guide.pages).map((page) => [page.name, page]));
  const old = [...renamed].flatMap(([from, to]): [string, Page][] => {
    const page = pages.get(to);
    return page ? [[pageCode(from), page]] : [];
  });
  // A page's own code wins over that of an old name.
  const codes = new Map([...old, ...[...pages.values()].map((page): [string, Page] => [page.code, page])]);
  return { ...parts, pages, codes };
}

/**
 * The English edition with the search data of the other editions: one search understands all languages, and its answer
 * says which one it was.
 */
export function withSearchOf(english: Edition, editions: readonly ReadEdition[]): Edition {
  const own = editions.flatMap(
    ({ edition: { locale, pages, translation, search: data }, search }): [string, UnderstoodLanguage][] => {
      const asked = [...pages.values()].filter(({ questions }) => questions.length > 0);
      if (!search?.hasData && asked.length === 0) return [];
      const questions = asked.map((page) => [page.name, page.questions] as const);
      const { synonyms, abbreviations, phrases, courtesies, offTopic, pointers } = data;
      const isReviewed = translation?.isReviewed ?? false;
      const examples = [...pages.values()]
        .filter(({ name }) => !translation?.missing.has(name))
        .flatMap(({ title, text }) => [title, text]);
      const words = { synonyms, abbreviations, phrases, courtesies, offTopic, pointers, examples };
      return [[locale, { ...words, questions: new Map(questions), edition: { isReviewed } }]];
    },
  );
  const others = [...english.search.languages].filter(([tag]) => !own.some(([locale]) => isSameLanguage(tag, locale)));
  const reused = others.map(([tag, language]): [string, UnderstoodLanguage] => {
    const same = editions.find(({ edition: { locale } }) => isSameLanguage(tag, locale))?.edition.translation;
    return [tag, same ? { ...language, edition: { isReviewed: same.isReviewed } } : language];
  });
  // They are trained in this order.
  const languages = new Map([...own, ...reused]);
  return { ...english, search: { ...english.search, languages } };
}

/** Whether a language of the English search folder is that of an edition: `pt` is that of `pt-BR`, `hi-Latn` is not `hi`. */
export function isSameLanguage(tag: string, locale: string): boolean {
  return tag === locale || tag === languageOf(locale);
}

/** Folders in the English search folder of languages whose edition has search files of its own. */
export function replacedSearchFolders(english: ReadEdition, others: readonly ReadEdition[]): Finding[] {
  return [...(english.search?.languages ?? [])].flatMap(([tag, { path }]) => {
    const other = others.find(({ edition, search }) => search && isSameLanguage(tag, edition.locale));
    if (!other) return [];
    const { locale } = other.edition;
    const message = `This folder is not read, because ${locale}/search/ is`;
    return [finding({ path, line: 1, column: 1 }, 'G065', message, `move its files to ${locale}/search/`)];
  });
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
