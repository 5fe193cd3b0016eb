// Deciding what to do with a ranking.
import { describe, expect, it } from 'vitest';
import { decide, type PageRanking } from '../../src/search/verdict.ts';

const THRESHOLDS = { confidence: 0.3, sureConfidence: 0.5, sureMargin: 0.2, sureMaxWords: 10 };
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((page, i) => ({ page, score: 0.4 - i / 10 }));
const CANDIDATES = [a, b, c, d].flatMap((candidate) => candidate ?? []);
const RANKING: PageRanking = { candidates: CANDIDATES, confidence: 0.9, margin: 0.5, wordCount: 5, language: 'en' };
const { candidates: _, ...NUMBERS } = RANKING;
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
  ])('for %j is %s', (changes, kind) => {
    expect(decided(changes).kind).toBe(kind);
  });

  it('has no others if there is one page', () => {
    expect(decided({ candidates: CANDIDATES.slice(0, 1) })).toMatchObject({ kind: 'sure', others: [] });
  });
});
