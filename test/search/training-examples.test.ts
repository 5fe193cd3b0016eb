// The examples that the search is trained on.
import { describe, expect, it } from 'vitest';
import type { Link } from '../../src/guide/model.ts';
import { type PageLike, trainingExamples } from '../../src/search/training-examples.ts';

const AT = { path: 'a.md', line: 1, column: 1 };
const toPage = (page: string, label: string): Link => ({ kind: 'page', page, label, ...AT });

const PAGES: readonly PageLike[] = [
  { name: 'a#1', title: 'First', text: 'Text one.', questions: ['why', 'how'], links: [toPage('a#2', 'To two')] },
  {
    name: 'a#2',
    title: 'Second',
    text: 'Text two.',
    questions: [],
    links: [
      toPage('a#1', 'To one'),
      toPage('a#2', 'Again'),
      toPage('a#2', 'To two'),
      { kind: 'web', url: 'https://example.org', label: 'The web', ...AT },
    ],
  },
  { name: 'a#3', title: 'Third', text: 'Text three.', questions: ['when'] },
];

describe('training examples', () => {
  it('are titles, questions, labels of buttons that lead to the page, and texts, page by page', () => {
    expect(trainingExamples(PAGES, [], [])).toEqual([
      { text: 'First', label: 0, weight: 1, isQuestion: true },
      { text: 'why', label: 0, weight: 1, isQuestion: true },
      { text: 'how', label: 0, weight: 1, isQuestion: true },
      { text: 'To one', label: 0, weight: 0.25, isQuestion: true },
      { text: 'Text one.', label: 0, weight: 0.5, isQuestion: false },
      { text: 'Second', label: 1, weight: 1, isQuestion: true },
      { text: 'To two', label: 1, weight: 0.25, isQuestion: true },
      { text: 'Again', label: 1, weight: 0.25, isQuestion: true },
      { text: 'Text two.', label: 1, weight: 0.5, isQuestion: false },
      { text: 'Third', label: 2, weight: 1, isQuestion: true },
      { text: 'when', label: 2, weight: 1, isQuestion: true },
      { text: 'Text three.', label: 2, weight: 0.5, isQuestion: false },
    ]);
  });

  it('end with those of pointers and those that are off topic, whose labels follow the pages', () => {
    const pointers = [{ questions: ['zoo', 'lions'] }, { questions: ['park'] }];
    expect(trainingExamples(PAGES, pointers, ['hello', 'bye']).slice(-5)).toEqual([
      { text: 'zoo', label: 3, weight: 1, isQuestion: true },
      { text: 'lions', label: 3, weight: 1, isQuestion: true },
      { text: 'park', label: 4, weight: 1, isQuestion: true },
      { text: 'hello', label: 5, weight: 0.5, isQuestion: true },
      { text: 'bye', label: 5, weight: 0.5, isQuestion: true },
    ]);
    expect(trainingExamples([], [], ['hello'])).toEqual([{ text: 'hello', label: 0, weight: 0.5, isQuestion: true }]);
  });

  it('leave out texts that are missing, as those of a language that is only understood', () => {
    const page = { name: 'a#1', title: '', text: '', questions: ['why', ''] };
    expect(trainingExamples([page], [], [''])).toEqual([{ text: 'why', label: 0, weight: 1, isQuestion: true }]);
  });
});
