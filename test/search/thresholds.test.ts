// The default thresholds: from which numbers on a question is answered with pages, and with one page alone.
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../src/search/thresholds.ts';
import { decide } from '../../src/search/verdict.ts';

const candidates = [
  { page: 'a#1', score: 0.7 },
  { page: 'a#2', score: 0.3 },
];

describe('the default thresholds', () => {
  it.each([
    [0.5, 0.34, 12, 'sure'],
    [0.499, 0.34, 12, 'unsure'],
    [0.5, 0.339, 12, 'unsure'],
    [0.5, 0.34, 13, 'unsure'],
    [0.34, 0.34, 12, 'unsure'],
    [0.339, 0.34, 12, 'declined'],
  ])('make a confidence of %d with a margin of %d in %d words %s', (confidence, margin, wordCount, kind) => {
    const ranking = { candidates, confidence, margin, wordCount, language: 'en' };
    expect(decide(ranking, DEFAULT_THRESHOLDS).kind).toBe(kind);
  });
});
