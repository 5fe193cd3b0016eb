// Deciding what to do with a ranking.
import { describe, expect, it } from 'vitest';
import type { Thresholds } from '../../src/search/thresholds.ts';
import { decide, type PageRanking } from '../../src/search/verdict.ts';

const THRESHOLDS: Thresholds = {
  confidence: 0.3,
  sure: { confidence: 0.5, margin: 0.2 },
  costly: { confidence: 0.7, margin: 0.4 },
  sureMaxWords: 10,
};
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((page, i) => ({ page, score: 0.4 - i / 10 }));
const CANDIDATES = [a, b, c, d].flatMap((candidate) => candidate ?? []);
const NUMBERS = { confidence: 0.9, margin: 0.5, wordCount: 5, language: 'en' };
const RANKING: PageRanking = {
  candidates: CANDIDATES,
  isCostly: false,
  isCourtesy: false,
  questions: [],
  ...NUMBERS,
};
const POINTER = { id: 'zoo', score: 0.5, share: 1 };
const decided = (changes: Partial<PageRanking>) => decide({ ...RANKING, ...changes }, THRESHOLDS);

describe('a decision', () => {
  it('is sure of the first page, with the next two as others and the numbers that it was made by', () => {
    expect(decided({})).toEqual({ kind: 'sure', page: a, others: [b, c], ...NUMBERS });
  });

  it('offers the best three if it is unsure', () => {
    expect(decided({ margin: 0.1 })).toEqual({ kind: 'unsure', pages: [a, b, c], ...NUMBERS, margin: 0.1 });
  });

  it('names no page if it declines', () => {
    expect(decided({ confidence: -0.2 })).toEqual({ kind: 'declined', ...NUMBERS, confidence: -0.2 });
  });

  it('says only that it is a courtesy if nothing is asked', () => {
    expect(decided({ isCourtesy: true, confidence: -0.2 })).toEqual({
      kind: 'courtesy',
      ...NUMBERS,
      confidence: -0.2,
    });
  });

  it('offers the pages of two questions before others, in the order of the ranking', () => {
    expect(decided({ questions: ['d', 'b'] })).toEqual({ kind: 'unsure', pages: [b, d, a], ...NUMBERS });
    expect(decided({ questions: ['d', 'c', 'b', 'a'] })).toMatchObject({ kind: 'unsure', pages: [a, b, c] });
  });

  it.each<[Partial<PageRanking>, string]>([
    [{ confidence: 0.3 }, 'unsure'],
    [{ confidence: 0.299 }, 'declined'],
    [{ confidence: 0.5 }, 'sure'],
    [{ confidence: 0.499 }, 'unsure'],
    [{ margin: 0.2 }, 'sure'],
    [{ margin: 0.199 }, 'unsure'],
    [{ wordCount: 10 }, 'sure'],
    [{ wordCount: 11 }, 'unsure'],
    [{ wordCount: 1 }, 'sure'],
    [{ wordCount: 0 }, 'declined'],
    [{ candidates: [] }, 'declined'],
    [{ isCostly: true, confidence: 0.7 }, 'sure'],
    [{ isCostly: true, confidence: 0.699 }, 'unsure'],
    [{ isCostly: true, margin: 0.4 }, 'sure'],
    [{ isCostly: true, margin: 0.399 }, 'unsure'],
    [{ isCostly: true, confidence: 0.3 }, 'unsure'],
    [{ isCostly: true, confidence: 0.299 }, 'declined'],
    [{ isCourtesy: true }, 'courtesy'],
    [{ isCourtesy: true, wordCount: 0, candidates: [] }, 'courtesy'],
    [{ isCourtesy: true, pointer: POINTER }, 'courtesy'],
    [{ questions: ['a'] }, 'sure'],
    [{ questions: ['a', 'b'], confidence: 0.299 }, 'declined'],
    [{ questions: ['a', 'b'], pointer: POINTER }, 'pointer'],
  ])('for %j is %s', (changes, kind) => {
    expect(decided(changes).kind).toBe(kind);
  });

  it('has no others if there is one page', () => {
    expect(decided({ candidates: CANDIDATES.slice(0, 1) })).toMatchObject({ kind: 'sure', others: [] });
  });
});
