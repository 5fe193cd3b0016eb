// Walking a guide: the path of pages that a member visited. Nothing is stored about a member between two clicks.
import { languageOf } from '../locale.ts';
import { reachableFrom } from './graph.ts';
import { type Content, DEFAULT_LOCALE, type Edition, type Page } from './model.ts';

/** The pages that a member visited, the current one last. Never empty. */
export type Path = readonly [Page, ...Page[]];

/** A language tag with a script: `hi-Latn` is read by people who may not read `hi`. */
const WITH_SCRIPT = /-[A-Z][a-z]{3}\b/;

/**
 * Returns the edition in a language: of the locale itself, of its language (`es` for `es-419`), or of another country
 * (`pt-BR` for `pt`). Undefined if there is none.
 */
export function editionIn({ editions }: Content, locale: string): Edition | undefined {
  const exact = editions.get(locale);
  if (exact || locale === '' || WITH_SCRIPT.test(locale)) return exact;
  const language = languageOf(locale);
  return editions.get(language) ?? [...editions.values()].find((one) => languageOf(one.locale) === language);
}

/** Returns the edition in the first of the languages that has one, or the English one. */
export function editionFor(content: Content, ...locales: readonly (string | undefined)[]): Edition {
  for (const locale of locales) {
    const edition = locale === undefined ? undefined : editionIn(content, locale);
    if (edition) return edition;
  }
  return originalOf(content);
}

/** Returns the English edition, from which the others are translated. */
export function originalOf({ editions }: Content): Edition {
  const edition = editions.get(DEFAULT_LOCALE);
  if (!edition) throw new Error('content without an English edition is never served');
  return edition;
}

/** Returns the last page of a path. */
export function currentPage(path: Path): Page {
  return path.at(-1) ?? path[0];
}

/** Returns pages as a path; undefined if there are none. */
export function pathFrom(pages: readonly Page[]): Path | undefined {
  const [first, ...rest] = pages;
  return first && [first, ...rest];
}

/** Returns the path with one more page. */
export function extendPath(path: Path, page: Page): Path {
  return [...path, page];
}

/** Returns the first page of a command; undefined for an unknown command. */
export function startOf(edition: Edition, command: string): Page | undefined {
  const start = edition.guides.find((guide) => guide.command === command)?.start;
  return start === undefined ? undefined : edition.pages.get(start);
}

/** Returns the page that "Start over" opens: the first page of the guide in which the path began, or of the first guide. */
export function startOver(edition: Edition, path: Path): Page {
  const guide = path
    .map((page) => edition.guides.find(({ id }) => id === page.guide))
    .find((one) => one?.start !== undefined);
  const start = (guide ?? edition.guides.find((one) => one.start !== undefined))?.start;
  return edition.pages.get(start ?? '') ?? path[0];
}

/** Whether a page is the first page of some command. */
export function isStart(edition: Edition, page: Page): boolean {
  return edition.guides.some(({ start }) => start === page.name);
}

/** Returns the steps of a member's plan: those of the visited pages, in order, each once. */
export function planOf(path: Path): string[] {
  return [...new Set(path.flatMap(({ steps }) => steps))];
}

/** Returns the pages that can be reached from a command: its first page, then nearer pages before farther ones. */
export function pagesOf(edition: Edition, command: string): Page[] {
  const start = startOf(edition, command);
  if (!start) return [];
  return [...reachableFrom(edition, [start.name]).keys()].flatMap((name) => edition.pages.get(name) ?? []);
}
