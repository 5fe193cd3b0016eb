// Turns the files of a content folder into content that can be served, and reports everything that is wrong with it.
import { createHash } from 'node:crypto';
import { compareText } from '../compare-text.ts';
import { languageOf } from '../locale.ts';
import { checkCharacters, normalizeText } from './characters.ts';
import { checkEdition } from './check.ts';
import { checkQuestions } from './check-questions.ts';
import {
  guideReader,
  localesOf,
  readEdition,
  replacedSearchFolders,
  unreadSearchFiles,
  withFallback,
  withSearchOf,
} from './edition.ts';
import { finding } from './findings.ts';
import {
  type Content,
  type ContentFiles,
  DEFAULT_LOCALE,
  type Edition,
  type Finding,
  type Guide,
  type PageLimits,
} from './model.ts';
import { parseRenamed } from './renamed.ts';
import { parseSources, type Sources } from './sources.ts';
import { neutralSubject, parseSubjects } from './subject.ts';
import { parseTranslation } from './translation.ts';

const SOURCES = 'sources.yaml';
const DAY = 24 * 60 * 60 * 1000;

interface LoadOptions {
  /** The folder's name as findings show it. */
  readonly root: string;
  readonly limits: PageLimits;
  /** For the age of reviews. */
  readonly today: Date;
  /** Guides that were read before. A guide whose files are the same is not parsed again: parsing is most of the work. */
  readonly previous?: readonly Guide[] | undefined;
}

/** Path below the content folder, with `/` between folders → text. */
export type Files = ReadonlyMap<string, string>;

export interface Loaded {
  /** Undefined if there are errors: such content is not served. */
  readonly content: Content | undefined;
  /** Sorted by file and line. */
  readonly findings: readonly Finding[];
}

/**
 * Parses and checks a whole content folder.
 * @param given every file below the folder
 */
export function loadContent(given: Files, options: LoadOptions): Loaded {
  const files = contentFiles(given, options.root);
  const unreadable = [...files.texts].flatMap(([file, text]) => checkCharacters(files.pathOf(file), text));
  // Other findings would only follow from these.
  if (unreadable.length > 0) return { content: undefined, findings: unreadable.sort(byPlace) };
  const sources = parseSources(files.pathOf(SOURCES), files.texts.get(SOURCES) ?? '');
  const findings = [...sources.findings];
  // Without sources every citation would be a finding.
  if (sources.sources.length === 0) return { content: undefined, findings };
  const editions = new Map<string, Edition>();
  const read = guideReader(sources, files.texts.get(SOURCES) ?? '', options.previous ?? []);
  const folders = localesOf(files);
  const locales = folders.filter((folder) => isLocale(folder));
  findings.push(...folders.filter((folder) => !isLocale(folder)).map((folder) => wrongFolder(folder, files)));
  const subjects = parseSubjects(files, locales, neutralSubject(sources.sources, sources.claimSource));
  findings.push(...subjects.findings);
  const renamed = parseRenamed(files);
  findings.push(...renamed.findings);
  const parts = { subjects, renamed: renamed.names, sources: sources.sources, read };
  const english = readEdition(DEFAULT_LOCALE, files, parts);
  findings.push(...renamed.check(english.edition));
  const others = locales
    .filter((locale) => locale !== DEFAULT_LOCALE)
    .map((locale) => withFallback(readEdition(locale, files, parts), english.edition, parseTranslation(locale, files)));
  // A translation without a page would be a choice of language that changes nothing.
  const begun = others.filter(({ edition }) => (edition.translation?.missing.size ?? 0) < edition.pages.size);
  for (const one of locales.includes(DEFAULT_LOCALE) ? [english, ...others] : others) {
    if (one === english) editions.set(DEFAULT_LOCALE, withSearchOf(one.edition, begun));
    else if (begun.includes(one)) editions.set(one.edition.locale, one.edition);
    findings.push(
      ...one.findings,
      ...checkEdition(one.edition, options.limits, sources.disagreements),
      ...checkQuestions(one.edition, one.search),
    );
  }
  if (!editions.has(DEFAULT_LOCALE)) {
    const place = { path: files.pathOf(DEFAULT_LOCALE), line: 1, column: 1 };
    findings.push(finding(place, 'G007', 'There is no guide in this folder', 'other languages fall back to English'));
  } else if (!english.search || (!english.search.hasData && english.search.questions.size === 0)) {
    const place = { path: files.pathOf(`${DEFAULT_LOCALE}/search`), line: 1, column: 1 };
    const message = 'There is no search folder: the search has no synonyms, abbreviations or off-topic questions';
    findings.push(finding(place, 'G049', message, 'README.md says what belongs in it'));
  }
  findings.push(...unreadSearchFiles(files, locales), ...replacedSearchFolders(english, begun));
  findings.push(...checkSources(sources, editions, options.today));
  const sorted = unique(findings).sort(byPlace);
  const hasErrors = sorted.some(({ level }) => level === 'error');
  if (hasErrors) return { content: undefined, findings: sorted };
  const { disagreements } = sources;
  const content = { version: versionOf(files.texts), sources: sources.sources, disagreements, editions };
  return { content, findings: sorted };
}

/** A language such as `es`, or a locale such as `pt-BR` or `es-419`; of English there is one edition. */
const LOCALE = /^[a-z]{2,3}(-[A-Z]{2}|-\d{3})?$/;

/** Whether a folder of guides is named after a language. */
export function isLocale(folder: string): boolean {
  return LOCALE.test(folder) && (folder === DEFAULT_LOCALE || languageOf(folder) !== DEFAULT_LOCALE);
}

function wrongFolder(folder: string, { pathOf }: ContentFiles): Finding {
  const place = { path: pathOf(folder), line: 1, column: 1 };
  return finding(
    place,
    'G067',
    `"${folder}" is not a language such as es or pt-BR`,
    'guides are in folders of languages',
  );
}

/** The English pages as far as they can be read, without checks: for showing a folder that has errors. */
export function readDraft(given: Files, root: string): Edition {
  const files = contentFiles(given, root);
  const text = files.texts.get(SOURCES) ?? '';
  const sources = parseSources(files.pathOf(SOURCES), text);
  const subjects = parseSubjects(files, [DEFAULT_LOCALE], neutralSubject(sources.sources, sources.claimSource));
  const read = guideReader(sources, text, []);
  const parts = { subjects, renamed: parseRenamed(files).names, sources: sources.sources, read };
  return readEdition(DEFAULT_LOCALE, files, parts).edition;
}

function contentFiles(given: Files, root: string): ContentFiles {
  const texts = [...given]
    .map(([file, text]) => [file, normalizeText(text)] as const)
    .sort(([a], [b]) => compareText(a, b));
  return { texts: new Map(texts), pathOf: (file) => `${root}/${file}` };
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
    const { kind, date } = source.review;
    const age = (today.getTime() - Date.parse(date)) / DAY;
    const place = placeOf(['sources', i, kind]);
    if (age > 365)
      found.push(finding(place, 'G026', `"${source.title}" was last looked at ${Math.floor(age)} days ago`));
    if (age < -1) {
      const hint = 'or the clock of this machine is slow';
      found.push(finding(place, 'G026', `The date of "${source.title}" is in the future`, hint));
    }
    return found;
  });
}

/** Reports a page that is in two editions only once. */
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

function versionOf(files: Files): string {
  const hash = createHash('sha256');
  for (const [file, text] of files) hash.update(`${file}\0${text.length}\0${text}`);
  return hash.digest('hex').slice(0, 12);
}
