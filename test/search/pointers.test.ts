// Pointers: questions about a subject beside the guides' own are declined with where else they are answered.
import { describe, expect, it } from 'vitest';
import { createAnswerer } from '../../src/search/answerer.ts';
import { DEFAULT_THRESHOLDS } from '../../src/search/thresholds.ts';
import { decide, type PageRanking } from '../../src/search/verdict.ts';
import { museum } from './museum.ts';

const ranking = (more: Partial<PageRanking>): PageRanking => ({
  candidates: [
    { page: 'visit#hours', score: 0.9 },
    { page: 'visit#dogs', score: 0.1 },
  ],
  confidence: DEFAULT_THRESHOLDS.confidence - 0.01,
  margin: 0.8,
  isCostly: false,
  wordCount: 3,
  isCourtesy: false,
  questions: [],
  language: 'en',
  pointer: { id: 'zoo', score: 0.2, share: 0.51 },
  ...more,
});
const kindOf = (more: Partial<PageRanking>) => decide(ranking(more), DEFAULT_THRESHOLDS).kind;

describe('a pointer', () => {
  it('is how a question is declined if it is more than half of what no page answers', () => {
    expect(decide(ranking({}), DEFAULT_THRESHOLDS)).toMatchObject({ kind: 'pointer', pointer: 'zoo' });
    expect(kindOf({ pointer: { id: 'zoo', score: 0.2, share: 0.5 } })).toBe('declined');
  });

  it('stands back where a page answers, unless it is more probable than everything else', () => {
    const confidence = DEFAULT_THRESHOLDS.sure.confidence;
    expect(kindOf({ confidence, pointer: { id: 'zoo', score: 0.49, share: 1 } })).toBe('sure');
    expect(kindOf({ confidence, pointer: { id: 'zoo', score: 0.5, share: 1 } })).toBe('pointer');
  });

  it('is not shown for a question without words', () => {
    expect(kindOf({ wordCount: 0 })).toBe('declined');
  });

  it('is found in questions like its own, and pages are found beside it', () => {
    const answerer = createAnswerer(museum());
    expect(answerer.ask('when do they feed the lions in the zoo')).toMatchObject({ kind: 'pointer', pointer: 'zoo' });
    expect(answerer.ask('how much is a ticket for students')).toMatchObject({
      kind: 'sure',
      page: { page: 'visit#tickets' },
    });
  });
});
