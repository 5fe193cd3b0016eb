// edition.yaml: how a translation was made and checked, and from which English pages.
import { createHash } from 'node:crypto';
import { LineCounter, stringify } from 'yaml';
import { z } from 'zod';
import { finding } from './findings.ts';
import type { ContentFiles, Edition, Finding, Page, SourcePosition, Translation } from './model.ts';
import { Positions, readYaml } from './yaml.ts';

const EDITION_FILE = 'edition.yaml';

const text = z.string().trim().max(200);
const date = z.iso.date().or(z.literal(''));
const EditionFile = z.strictObject({
  'translated-by': text.min(1),
  translated: z.iso.date(),
  /** Empty until a native speaker has compared every page with the English one. */
  'reviewed-by': text.nullable().default(''),
  reviewed: date.nullable().default(''),
  /** Page → the fingerprint of the English page from which it was translated. */
  from: z.record(z.string(), z.string()).nullable().default({}),
});
export type EditionFile = z.infer<typeof EditionFile>;

/** What edition.yaml says, and where. */
export interface TranslationRecord {
  readonly path: string;
  /** Undefined if there is no file, or a wrong one. */
  readonly file: EditionFile | undefined;
  readonly findings: readonly Finding[];
}

/** Below the content folder. */
export function editionFileOf(locale: string): string {
  return `${locale}/${EDITION_FILE}`;
}

/** Reads the edition.yaml of a language, which tells who made the translation. */
export function parseTranslation(locale: string, { texts, pathOf }: ContentFiles): TranslationRecord {
  const path = pathOf(editionFileOf(locale));
  const text = texts.get(editionFileOf(locale));
  if (text === undefined) {
    const hint = `npm run translate -- init ${locale} writes one`;
    const place = { path, line: 1, column: 1 };
    return { path, file: undefined, findings: [finding(place, 'G060', `There is no ${EDITION_FILE}`, hint)] };
  }
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    return { path, file: undefined, findings: [finding({ path, line, column }, 'G061', problem)] };
  }
  const parsed = EditionFile.safeParse(yaml.value ?? {});
  if (parsed.success) return { path, file: parsed.data, findings: [] };
  const positions = new Positions(path, yaml.document, lines);
  const findings = parsed.error.issues.map(({ path: keys, message }) =>
    finding(positions.of(keys), 'G061', `${keys.join('.') || 'the file'}: ${message}`),
  );
  return { path, file: undefined, findings };
}

/** The text of an edition.yaml. */
export function editionFileText(file: EditionFile): string {
  const head = [
    '# How this translation was made, and by whom it was checked. As long as reviewed-by is empty, every page says so.',
    '# npm run translate writes the list below: each page with the fingerprint of the English page it was made from.',
  ];
  return `${head.join('\n')}\n${stringify(file, { lineWidth: 0 })}`;
}

/**
 * Returns ten characters that change with what a translator works on: the words of a page, its attributes, steps, buttons
 * and statements. Its place in the file and its example questions do not matter.
 */
export function fingerprintOf(page: Page): string {
  const { title, outcome, costly, urgent, text, alerts, steps, links, citations } = page;
  const parts = [
    title,
    [outcome, costly, urgent],
    // The numbers of sources are others if sources.yaml changes.
    withoutMarks(text),
    alerts.map((alert) => [alert.kind, withoutMarks(alert.text)]),
    steps,
    links.map((link) => [link.label, targetOf(link)]),
    citations.map(({ id }) => id),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10);
}

const withoutMarks = (markdown: string) => markdown.replace(/\[\d+\]/g, '');
/** Where a button leads: a page's name or an address. */
export const targetOf = (link: Page['links'][number]): string => (link.kind === 'page' ? link.page : link.url);

/**
 * Compares a translation with the English pages.
 * @param ownPage the translated page with an English name, if there is one
 */
export function compareTranslation(
  { path, file }: TranslationRecord,
  ownPage: (name: string) => Page | undefined,
  english: Edition,
): { translation: Translation; findings: Finding[] } {
  const findings: Finding[] = [];
  const older = new Set<string>();
  const missing = new Set<string>();
  const unlisted: string[] = [];
  for (const page of english.pages.values()) {
    const mine = ownPage(page.name);
    const from = mine && (file?.from?.[page.name] ?? file?.from?.[mine.name]);
    if (!mine) missing.add(page.name);
    else if (from === undefined) unlisted.push(page.name);
    else if (from !== fingerprintOf(page)) {
      older.add(page.name);
      findings.push(olderFinding(mine, page));
    } else findings.push(...differences(mine, page));
  }
  findings.push(...(file ? unrecorded(path, unlisted) : []), ...untranslated(path, missing));
  const isReviewed = (file?.['reviewed-by'] ?? '') !== '';
  return { translation: { isReviewed, older, missing }, findings };
}

function olderFinding(place: SourcePosition, english: Page): Finding {
  const hint = 'npm run translate says what to do';
  return finding(place, 'G062', `The English page ${english.name} has changed since this was translated`, hint);
}

/** Pages of which nobody can say whether they are older than English. */
function unrecorded(path: string, names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const message = `${names.length} translated ${names.length === 1 ? 'page is' : 'pages are'} not listed under from, first ${names[0]}`;
  return [finding({ path, line: 1, column: 1 }, 'G062', message, 'npm run translate -- done PAGE LOCALE lists a page')];
}

function untranslated(path: string, missing: ReadonlySet<string>): Finding[] {
  const [first] = missing;
  if (first === undefined) return [];
  const message = `${missing.size} ${missing.size === 1 ? 'page is' : 'pages are'} not translated and shown in English, first ${first}`;
  return [finding({ path, line: 1, column: 1 }, 'G063', message)];
}

/** What a translation must have in common with its English page: members would miss a step, a warning or a way. */
function differences(mine: Page, english: Page): Finding[] {
  const same = (a: readonly unknown[], b: readonly unknown[]) => JSON.stringify(a) === JSON.stringify(b);
  const kinds = (page: Page) => page.alerts.map(({ kind }) => kind);
  const cited = (page: Page) => page.citations.map(({ id }) => id).sort();
  const attributes = ({ outcome, costly, urgent }: Page) => [outcome, costly, urgent];
  const wrong = [
    ...(same(attributes(mine), attributes(english)) ? [] : ['attributes']),
    ...(same(kinds(mine), kinds(english)) ? [] : ['alerts']),
    ...(mine.steps.length === english.steps.length ? [] : ['steps']),
    ...(same(mine.links.map(targetOf), english.links.map(targetOf)) ? [] : ['buttons']),
    ...(same(cited(mine), cited(english)) ? [] : ['statements']),
  ];
  if (wrong.length === 0) return [];
  return [finding(mine, 'G064', `This page has other ${wrong.join(', ')} than the English page ${english.name}`)];
}

/** What a translator has to do for a page. */
export interface TranslationTask {
  readonly kind: 'missing' | 'older' | 'unlisted';
  /** The English page. */
  readonly page: Page;
}

/** Lists the pages that are missing in a translation, that are older than English, and that edition.yaml does not list. */
export function translationTasks({ translation }: Edition, english: Edition, file: EditionFile): TranslationTask[] {
  return [...english.pages.values()].flatMap((page): TranslationTask[] => {
    if (translation?.missing.has(page.name)) return [{ kind: 'missing', page }];
    if (translation?.older.has(page.name)) return [{ kind: 'older', page }];
    return file.from?.[page.name] === undefined ? [{ kind: 'unlisted', page }] : [];
  });
}

/** The Markdown of each page of a guide, its heading included. @param text the guide's file, from which `pages` were read */
export function pageSections(text: string, pages: readonly Page[]): Map<string, string> {
  const lines = text.split('\n');
  return new Map(
    pages.map((page, i) => {
      const end = (pages[i + 1]?.line ?? lines.length + 1) - 1;
      return [
        page.name,
        `${lines
          .slice(page.line - 1, end)
          .join('\n')
          .trim()}\n`,
      ];
    }),
  );
}

/** A guide to translate: front matter as in English, and each page as a comment. @param text the English file */
export function skeletonOf(text: string, pages: readonly Page[]): string {
  const [first] = pages;
  const head = text
    .split('\n')
    .slice(0, (first?.line ?? 1) - 1)
    .join('\n')
    .trim();
  // The end of a comment in a page would be the end of this one.
  const comments = [...pageSections(text, pages).values()].map(
    (section) => `<!--\n${section.replaceAll('-->', '-- >')}-->`,
  );
  return `${[head, ...comments].join('\n\n')}\n`;
}
