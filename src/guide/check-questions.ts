// Checks of example questions: that their pages exist, that each belongs to one page, and that a page has enough.
import { didYouMean, finding } from './findings.ts';
import type { Edition, Finding, Page, SourcePosition } from './model.ts';
import type { SearchFolder } from './search-folder.ts';

/** With fewer, the search misses a page too often. */
const FEWEST_QUESTIONS = 8;

/**
 * Checks the example questions of one edition.
 * @param search the edition's own search folder
 */
export function checkQuestions(edition: Edition, search: SearchFolder | undefined): Finding[] {
  return [...unknownPages(edition, search), ...sharedQuestions(edition, search), ...fewQuestions(edition, search)];
}

function unknownPages({ pages, guides }: Edition, search: SearchFolder | undefined): Finding[] {
  return [...(search?.questions ?? [])].flatMap(([name, lists]) => {
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
    return lists.map((list) =>
      guide
        ? finding(list, 'G040', `${file}.md has no page "${id}"`, hint)
        : finding({ ...list, line: 1, column: 1 }, 'G040', `There is no guide ${file}.md`, hint),
    );
  });
}

/** A question can teach one page only. */
function sharedQuestions(edition: Edition, search: SearchFolder | undefined): Finding[] {
  const pageOf = new Map<string, Page>();
  const offTopic = new Set(search?.data.offTopic.map(keyOf));
  const pointed = new Map(
    [...(search?.pointers ?? [])].flatMap(([id, { entries }]) =>
      entries.map(({ text }): [string, string] => [keyOf(text), id]),
    ),
  );
  const found: Finding[] = [];
  for (const page of edition.guides.flatMap(({ pages }) => pages)) {
    const places = new Map<string, SourcePosition>(
      search?.questions.get(page.name)?.flatMap(({ entries }) => entries.map((one) => [keyOf(one.text), one])),
    );
    for (const question of page.questions) {
      const key = keyOf(question);
      const place = places.get(key) ?? page;
      const other = pageOf.get(key);
      const hint = 'a question can teach one page only';
      if (other && other.name !== page.name)
        found.push(finding(place, 'G034', `"${question}" is a question of ${other.name} as well`, hint));
      if (offTopic.has(key)) found.push(finding(place, 'G034', `"${question}" is in off-topic.yaml as well`, hint));
      const pointer = pointed.get(key);
      if (pointer !== undefined)
        found.push(finding(place, 'G034', `"${question}" is in pointers.yaml as well, under ${pointer}`, hint));
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
  return all.flatMap((page) => {
    const count = page.questions.length;
    if (count >= FEWEST_QUESTIONS) return [];
    const message = `"${page.title}" has ${count} example ${count === 1 ? 'question' : 'questions'}, ${FEWEST_QUESTIONS} at least`;
    return [finding(page, 'G046', message, `add them to ${locale}/search/questions/${page.guide}.yaml`)];
  });
}

function keyOf(question: string): string {
  return question.trim().toLowerCase();
}
