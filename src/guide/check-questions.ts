// Checks of example questions: that their pages exist, that each belongs to one page, and that a page has enough.
import { didYouMean, finding } from './findings.ts';
import { DEFAULT_LOCALE, type Edition, type Finding, type Page, type SourcePosition } from './model.ts';
import type { Entry, EntryList } from './search-file.ts';
import type { LanguageFiles, SearchFolder } from './search-folder.ts';

/** With fewer, the search misses a page too often. */
const FEWEST_QUESTIONS = 8;
/** In another language than English. */
const FEWEST_IN_LANGUAGE = 6;

/**
 * Checks the example questions of one edition, and of the languages that are only understood.
 * @param search the edition's own search folder
 */
export function checkQuestions(edition: Edition, search: SearchFolder | undefined): Finding[] {
  const pages = edition.guides.flatMap((guide) => guide.pages);
  const own = pages.map((page): PageQuestions => {
    const entries = search?.questions.get(page.name)?.entries ?? [];
    const places = new Map(entries.map((one) => [keyOf(one.text), one]));
    return { page, questions: page.questions.map((text) => ({ ...(places.get(keyOf(text)) ?? placeOf(page)), text })) };
  });
  const languages = [...(search?.languages ?? [])].flatMap(([tag, files]) =>
    checkLanguage(edition, files, `${edition.locale}/search/${tag}`),
  );
  return [
    ...unknownPages(edition, search),
    ...sharedQuestions(own, search?.offTopic ?? [], search?.pointers),
    ...fewQuestions(edition, search),
    ...languages,
  ];
}

/** A page and its example questions. */
interface PageQuestions {
  readonly page: Page;
  readonly questions: readonly Entry[];
}

const placeOf = ({ path, line, column }: SourcePosition): SourcePosition => ({ path, line, column });

function checkLanguage(edition: Edition, files: LanguageFiles, folder: string): Finding[] {
  // Without questions the language is recognized and not understood.
  if (files.questions.size === 0) return [];
  const all = [...edition.pages.values()].map((page): PageQuestions => {
    return { page, questions: files.questions.get(page.name)?.entries ?? [] };
  });
  const few = files.isUnread ? [] : all.filter(({ questions }) => questions.length < FEWEST_IN_LANGUAGE);
  return [
    ...unknownPages(edition, files),
    ...sharedQuestions(all, files.offTopic),
    ...few.map(({ page, questions }) => {
      const place = files.questions.get(page.name) ?? { path: files.path, line: 1, column: 1 };
      return tooFew(place, page, questions.length, { fewest: FEWEST_IN_LANGUAGE, folder });
    }),
  ];
}

function unknownPages({ pages, guides }: Edition, files: LanguageFiles | undefined): Finding[] {
  return [...(files?.questions ?? [])].flatMap(([name, list]) => {
    if (pages.has(name)) return [];
    const [file = '', id = ''] = name.split('#');
    const guide = guides.find((one) => one.id === file);
    // A guide that cannot be read has findings of its own.
    if (guide && guide.pages.length === 0) return [];
    const hint = guide
      ? didYouMean(
          id,
          guide.pages.map((page) => page.name.slice(file.length + 1)),
        )
      : didYouMean(
          file,
          guides.map((one) => one.id),
        );
    return [
      guide
        ? finding(list, 'G040', `${file}.md has no page "${id}"`, hint)
        : finding({ ...list, line: 1, column: 1 }, 'G040', `There is no guide ${file}.md`, hint),
    ];
  });
}

/** A question can teach one page only. */
function sharedQuestions(
  pages: readonly PageQuestions[],
  offTopicEntries: readonly Entry[],
  pointers: ReadonlyMap<string, EntryList> = new Map(),
): Finding[] {
  const pageOf = new Map<string, Page>();
  const offTopic = new Set(offTopicEntries.map(({ text }) => keyOf(text)));
  const pointed = new Map(
    [...pointers].flatMap(([id, { entries }]) => entries.map(({ text }): [string, string] => [keyOf(text), id])),
  );
  const found: Finding[] = [];
  for (const { page, questions } of pages) {
    for (const question of questions) {
      const key = keyOf(question.text);
      const other = pageOf.get(key);
      const hint = 'a question can teach one page only';
      if (other && other.name !== page.name)
        found.push(finding(question, 'G034', `"${question.text}" is a question of ${other.name} as well`, hint));
      if (offTopic.has(key))
        found.push(finding(question, 'G034', `"${question.text}" is in off-topic.yaml as well`, hint));
      const pointer = pointed.get(key);
      if (pointer !== undefined)
        found.push(finding(question, 'G034', `"${question.text}" is in pointers.yaml as well, under ${pointer}`, hint));
      pageOf.set(key, page);
    }
  }
  return found;
}

function fewQuestions({ pages, locale }: Edition, search: SearchFolder | undefined): Finding[] {
  const all = [...pages.values()];
  // A file that cannot be read may hold them.
  const isUnread = search?.findings.some(({ level }) => level === 'error');
  if (isUnread || all.every(({ questions }) => questions.length === 0)) return [];
  const fewest = locale === DEFAULT_LOCALE ? FEWEST_QUESTIONS : FEWEST_IN_LANGUAGE;
  const few = all.filter(({ questions }) => questions.length < fewest);
  const options = { fewest, folder: `${locale}/search` };
  return few.map((page) => tooFew(page, page, page.questions.length, options));
}

function tooFew(
  place: SourcePosition,
  page: Page,
  count: number,
  { fewest, folder }: { fewest: number; folder: string },
): Finding {
  const message = `"${page.title}" has ${count} example ${count === 1 ? 'question' : 'questions'}, ${fewest} at least`;
  return finding(place, 'G046', message, `add them to ${folder}/questions/${page.guide}.yaml`);
}

function keyOf(question: string): string {
  return question.trim().toLowerCase();
}
