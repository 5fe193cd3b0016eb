// The default thresholds: from which numbers on a question is answered with pages, and with one page alone.
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS, UNDERSTOOD_THRESHOLDS } from '../../src/search/thresholds.ts';
import { decide } from '../../src/search/verdict.ts';

const candidates = [
  { page: 'a#1', score: 0.7 },
  { page: 'a#2', score: 0.3 },
];

describe('the default thresholds', () => {
  it.each([
    [false, 0.5, 0.34, 12, 'sure'],
    [false, 0.499, 0.34, 12, 'unsure'],
    [false, 0.5, 0.339, 12, 'unsure'],
    [false, 0.5, 0.34, 13, 'unsure'],
    [false, 0.32, 0.34, 12, 'unsure'],
    [false, 0.319, 0.34, 12, 'declined'],
    [true, 0.65, 0.5, 12, 'sure'],
    [true, 0.649, 0.5, 12, 'unsure'],
    [true, 0.65, 0.499, 12, 'unsure'],
    [true, 0.65, 0.5, 13, 'unsure'],
    [true, 0.32, 0.5, 12, 'unsure'],
    [true, 0.319, 0.5, 12, 'declined'],
  ])('on a page that is costly (%s) make a confidence of %d with a margin of %d in %d words %s', (...numbers) => {
    const [isCostly, confidence, margin, wordCount, kind] = numbers;
    const ranking = { confidence, margin, isCostly, wordCount, isCourtesy: false, questions: [], language: 'en' };
    expect(decide({ candidates, ...ranking }, DEFAULT_THRESHOLDS).kind).toBe(kind);
  });
});

describe('the thresholds of a language that is only understood', () => {
  it('decline below a confidence of 0.45, and are the same otherwise', () => {
    expect(UNDERSTOOD_THRESHOLDS).toEqual({ ...DEFAULT_THRESHOLDS, confidence: 0.45 });
  });
});
