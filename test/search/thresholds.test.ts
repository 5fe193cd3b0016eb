// The default thresholds: from which numbers on a question is answered with pages, and with one page alone.
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA, type UnderstoodLanguage } from '../../src/guide/search-data.ts';
import { DEFAULT_THRESHOLDS, thresholdsFor, UNDERSTOOD_THRESHOLDS } from '../../src/search/thresholds.ts';
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

describe('the thresholds for a question', () => {
  const language = (edition?: UnderstoodLanguage['edition']): UnderstoodLanguage => ({
    ...NO_SEARCH_DATA,
    examples: [],
    questions: new Map(),
    ...(edition ? { edition } : {}),
  });
  const languages = new Map([
    ['fr', language()],
    ['es', language({ isReviewed: true })],
    ['hi', language({ isReviewed: false })],
  ]);
  const thresholdsIn = (asked: string) =>
    thresholdsFor({ locale: 'en', search: { ...NO_SEARCH_DATA, languages } }, asked);

  it('are the default ones in the edition’s own language', () => {
    expect(thresholdsIn('en')).toBe(DEFAULT_THRESHOLDS);
  });

  it.each(['fr', 'es', 'xx'])('are those of a language that is understood in %s', (asked) => {
    expect(thresholdsIn(asked)).toBe(UNDERSTOOD_THRESHOLDS);
  });

  it('need more for one page alone in a language whose guides nobody has checked, and decline as others', () => {
    const { sure, costly, ...rest } = thresholdsIn('hi');
    expect(rest).toEqual({ confidence: 0.45, sureMaxWords: 12 });
    for (const [own, other] of [
      [sure, UNDERSTOOD_THRESHOLDS.sure],
      [costly, UNDERSTOOD_THRESHOLDS.costly],
    ] as const) {
      expect(own.confidence).toBeGreaterThan(other.confidence);
      expect(own.margin).toBeGreaterThan(other.margin);
    }
  });
});
