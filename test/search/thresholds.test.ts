// The default thresholds: from which numbers on a question is answered with pages, and with one page alone.
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../src/search/thresholds.ts';
import { decide } from '../../src/search/verdict.ts';

const candidates = [
  { page: 'a#1', score: 0.6 },
  { page: 'a#2', score: 0.36 },
];

describe('the default thresholds', () => {
  it.each([
    [0.36, 0.24, 12, 'sure'],
    [0.359, 0.24, 12, 'declined'],
    [0.36, 0.239, 12, 'unsure'],
    [0.36, 0.24, 13, 'unsure'],
  ])('make a confidence of %d with a margin of %d in %d words %s', (confidence, margin, wordCount, kind) => {
    const ranking = { candidates, confidence, margin, wordCount, language: 'en' };
    expect(decide(ranking, DEFAULT_THRESHOLDS).kind).toBe(kind);
  });

  it('make everything sure that is answered, if its margin is wide enough', () => {
    expect(DEFAULT_THRESHOLDS.sureConfidence).toBe(DEFAULT_THRESHOLDS.confidence);
  });
});
