// The training examples: questions, titles, texts and button labels of pages, and questions to decline.
import { getOrInsert } from '../get-or-insert.ts';
import type { Page } from '../guide/model.ts';
import type { Pointer } from '../guide/search-data.ts';

/** What the search is trained on of a page. */
export type PageLike = Pick<Page, 'name' | 'title' | 'text' | 'questions'> & Partial<Pick<Page, 'links' | 'costly'>>;

/** A text that belongs to a page or to none. */
interface TrainingExample {
  readonly text: string;
  /** The page's index; after the pages come the pointers, and last "off topic". */
  readonly label: number;
  /** How reliable the example is; 1 for an example question. */
  readonly weight: number;
  /** Whether a person would write it: then greetings and thanks are taken off. */
  readonly isQuestion: boolean;
}

const QUESTION_WEIGHT = 1;
/** A page's text uses the words of other pages, too. */
const TEXT_WEIGHT = 0.5;
/** "My money first" is how a member would say it; "Read the rule" is not. */
const BUTTON_WEIGHT = 0.25;
const OFF_TOPIC_WEIGHT = 0.5;

/** All training examples of these pages, page by page, then those to decline: of pointers, and of no subject. */
export function trainingExamples(
  pages: readonly PageLike[],
  pointers: readonly Pick<Pointer, 'questions'>[],
  offTopic: readonly string[],
): TrainingExample[] {
  const buttons = buttonLabels(pages);
  const onTopic = pages.flatMap(({ name, title, text, questions }, label) => [
    ...[title, ...questions].map((example) => question(example, label, QUESTION_WEIGHT)),
    ...[...(buttons.get(name) ?? [])].map((example) => question(example, label, BUTTON_WEIGHT)),
    { text, label, weight: TEXT_WEIGHT, isQuestion: false },
  ]);
  const pointed = pointers.flatMap(({ questions }, i) =>
    questions.map((text) => question(text, pages.length + i, QUESTION_WEIGHT)),
  );
  const label = pages.length + pointers.length;
  const all = [...onTopic, ...pointed, ...offTopic.map((text) => question(text, label, OFF_TOPIC_WEIGHT))];
  // A language that is only understood has neither titles nor texts.
  return all.filter(({ text }) => text !== '');
}

function question(text: string, label: number, weight: number): TrainingExample {
  return { text, label, weight, isQuestion: true };
}

/** Page name → the labels of the buttons that lead to it. */
function buttonLabels(pages: readonly PageLike[]): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>();
  for (const { links = [] } of pages) {
    for (const link of links) {
      if (link.kind === 'page') getOrInsert(labels, link.page, () => new Set()).add(link.label);
    }
  }
  return labels;
}
