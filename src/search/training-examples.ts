// What the search learns from: questions, titles, texts and button labels of pages, and questions to decline.
import type { Page } from '../guide/model.ts';

/** What the search reads of a page. */
export type PageLike = Pick<Page, 'name' | 'title' | 'text' | 'questions'> & Partial<Pick<Page, 'links'>>;

/** A text that belongs to a page or, with the number after the last page, to none. */
export interface TrainingExample {
  readonly text: string;
  /** The page's number. */
  readonly label: number;
  /** How far it is to be trusted; 1 is a question that a member asks. */
  readonly weight: number;
}

const QUESTION_WEIGHT = 1;
/** A page's text uses the words of other pages, too. */
const TEXT_WEIGHT = 0.5;
/** "My money first" is how a member would put it; "Read the rule" is not. */
const LABEL_WEIGHT = 0.5;
const OFF_TOPIC_WEIGHT = 0.5;

/** All lessons of these pages. */
export function trainingExamples(pages: readonly PageLike[], offTopic: readonly string[]): TrainingExample[] {
  const labels = labelsOf(pages);
  const ofPages = pages.flatMap(({ name, title, text, questions }, label) => [
    ...[title, ...questions].map((one) => ({ text: one, label, weight: QUESTION_WEIGHT })),
    ...[...(labels.get(name) ?? [])].map((one) => ({ text: one, label, weight: LABEL_WEIGHT })),
    { text, label, weight: TEXT_WEIGHT },
  ]);
  return [...ofPages, ...offTopic.map((text) => ({ text, label: pages.length, weight: OFF_TOPIC_WEIGHT }))];
}

/** What buttons that lead to a page call it: page name → labels. */
function labelsOf(pages: readonly PageLike[]): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>();
  for (const { links = [] } of pages) {
    for (const link of links) {
      if (link.kind === 'page') labels.set(link.page, (labels.get(link.page) ?? new Set()).add(link.label));
    }
  }
  return labels;
}
