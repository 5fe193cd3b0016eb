// Measuring answers and fitting thresholds, with invented rankings.
import { describe, expect, it } from 'vitest';
import {
  crossValidate,
  fitConfidence,
  fitThresholds,
  measure,
  measureVerdicts,
  type RankedQuestion,
} from '../../src/search/evaluation.ts';

const CERTAINTY = { confidence: 0.5, margin: 0.2 };
const THRESHOLDS = { confidence: 0.3, sure: CERTAINTY, costly: CERTAINTY, sureMaxWords: 10 };

interface Invented {
  readonly confidence: number;
  readonly margin?: number;
  readonly wordCount?: number;
  readonly isCostly?: boolean;
  readonly isCourtesy?: boolean;
}

/** A question whose pages are ranked a, b, c, d. @param right the pages that answer it */
function question(right: string, invented: Invented): RankedQuestion {
  const candidates = ['a', 'b', 'c', 'd'].map((page) => ({ page, score: 0.25 }));
  const defaults = { margin: 0.9, wordCount: 1, isCostly: false, isCourtesy: false, questions: [], language: 'en' };
  return { text: '', pages: [...right], ranking: { candidates, ...defaults, ...invented } };
}
const times = (count: number, ...questions: RankedQuestion[]) => Array.from({ length: count }, () => questions).flat();

describe('measuring', () => {
  it('counts shares of questions on topic, off topic, and of all', () => {
    const questions = [
      question('a', { confidence: 0.9 }), // sure and right
      question('cb', { confidence: 0.9 }), // sure and wrong, but right among three
      question('d', { confidence: 0.9, margin: 0.1 }), // unsure, not among three
      question('a', { confidence: 0.4 }), // unsure and right
      question('c', { confidence: 0.1 }), // declined, but right among three
      question('', { confidence: 0.1 }), // declined
      question('', { confidence: 0.9 }), // sure
      question('', { confidence: 0.9, margin: 0.1 }), // unsure
      question('', { confidence: 0.2 }), // declined
      question('', { confidence: 0.2 }), // declined
    ];
    expect(measure(questions, THRESHOLDS)).toEqual({
      first: 2 / 5,
      amongThree: 4 / 5,
      shown: 3 / 5,
      answered: 4 / 5,
      declined: 3 / 5,
      sure: 3 / 10,
      sureRight: 1 / 3,
    });
  });

  it('counts courtesies and pointers as declined', () => {
    const courtesy = question('', { confidence: 0.9, isCourtesy: true });
    const asked = question('a', { confidence: 0.9, isCourtesy: true });
    const pointed = question('', { confidence: 0.9 });
    const pointer = { id: 'zoo', score: 0.9, share: 1 };
    const questions = [courtesy, asked, { ...pointed, ranking: { ...pointed.ranking, pointer } }];
    expect(measure(questions, THRESHOLDS)).toMatchObject({ first: 1, shown: 0, answered: 0, declined: 1, sure: 0 });
  });

  it('counts answers with costly pages by their own certainty', () => {
    const questions = [question('a', { confidence: 0.9 }), question('a', { confidence: 0.9, isCostly: true })];
    const strict = { ...THRESHOLDS, costly: { confidence: 0.95, margin: 0.2 } };
    expect(measure(questions, THRESHOLDS).sure).toBe(1);
    expect(measure(questions, strict)).toMatchObject({ answered: 1, sure: 1 / 2 });
  });

  it('measures what was done, whatever the ranking says', () => {
    const { ranking, ...rest } = question('a', { confidence: 0.9 });
    const { confidence, margin, wordCount, language } = ranking;
    const verdict = { kind: 'declined', confidence, margin, wordCount, language } as const;
    expect(measureVerdicts([{ ...rest, ranking, verdict }])).toMatchObject({
      first: 1,
      shown: 0,
      answered: 0,
      sure: 0,
    });
  });

  it('counts a share of no questions as all of them', () => {
    const all = { first: 1, amongThree: 1, shown: 1, answered: 1, declined: 1, sure: 1, sureRight: 1 };
    expect(measure([], THRESHOLDS)).toEqual(all);
    expect(measure([question('b', { confidence: 0.1 })], THRESHOLDS)).toEqual({
      ...all,
      first: 0,
      shown: 0,
      answered: 0,
      sure: 0,
    });
  });
});

describe('fitting the confidence', () => {
  it('takes the middle of the thresholds that divide the questions best', () => {
    expect(fitConfidence([question('a', { confidence: 0.8 }), question('', { confidence: 0.2 })])).toBe(0.51);
  });

  it('balances what is answered against what is declined: 8 points more should be answered', () => {
    const confidences = Array.from({ length: 50 }, (_, i) => i / 50 + 0.015);
    const questions = confidences.flatMap((confidence) => [
      question('a', { confidence }),
      question('', { confidence }),
    ]);
    expect(fitConfidence(questions)).toBe(0.47);
  });

  it('can be from 0 to 1', () => {
    expect(fitConfidence([question('a', { confidence: 0.001 }), question('', { confidence: -0.5 })])).toBe(0);
    expect(fitConfidence([question('a', { confidence: 1 }), question('', { confidence: 0.995 })])).toBe(1);
  });
});

describe('fitting all thresholds', () => {
  it('takes the middle of those that are sure of most questions', () => {
    const fitted = fitThresholds([question('a', { confidence: 0.8, margin: 0.5 }), question('', { confidence: 0.2 })]);
    expect(fitted).toEqual({
      confidence: 0.51,
      sure: { confidence: 0.65, margin: 0.26 },
      // Without questions on costly pages: the middle of all.
      costly: { confidence: 0.75, margin: 0.46 },
      sureMaxWords: 12,
    });
  });

  /** The share of questions that are answered with one page. High confidences make a fit fast. */
  const sureShare = (questions: readonly RankedQuestion[]) => measure(questions, fitThresholds(questions)).sure;
  const right = question('a', { confidence: 0.99 });
  const wrong = question('b', { confidence: 0.99 });
  const declined = question('', { confidence: 0.95 });
  const offTopic = question('', { confidence: 0.99 });

  it('is sure only if 95 % of those answers are right', () => {
    expect(sureShare([...times(19, right), wrong, declined])).toBe(20 / 21);
    expect(sureShare([...times(18, right), wrong, declined])).toBe(0);
  });

  it('is sure of at most 2 % of the questions off topic', () => {
    expect(sureShare([...times(20, right), offTopic, ...times(49, declined)])).toBe(21 / 70);
    expect(sureShare([...times(20, right), offTopic, ...times(48, declined)])).toBe(0);
  });

  const costly = ({ ranking, ...rest }: RankedQuestion): RankedQuestion => ({
    ...rest,
    ranking: { ...ranking, isCostly: true },
  });

  it('is sure of costly pages only if 98 % of those answers are right', () => {
    expect(sureShare([...times(49, costly(right)), costly(wrong), declined])).toBe(50 / 51);
    expect(sureShare([...times(48, costly(right)), costly(wrong), declined])).toBe(0);
  });

  it('is sure of costly pages in at most 1 % of the questions off topic', () => {
    const all = [...times(49, costly(right)), costly(offTopic)];
    expect(sureShare([...all, ...times(99, costly(declined))])).toBe(50 / 149);
    expect(sureShare([...all, ...times(98, costly(declined))])).toBe(0);
  });

  it('fits costly pages and the others separately', () => {
    expect(sureShare([...times(2, right), costly(wrong), declined])).toBe(2 / 4);
    expect(sureShare([...times(2, costly(right)), wrong, declined])).toBe(2 / 4);
  });

  it('works without questions off topic', () => {
    expect(sureShare([right])).toBe(1);
    expect(sureShare([right, wrong])).toBe(0);
  });

  it('uses the margin and the confidence to be sure of more', () => {
    const wrongs = [question('b', { confidence: 0.8, margin: 0.5 }), question('b', { confidence: 0.7 })];
    const fitted = fitThresholds([
      ...times(2, question('a', { confidence: 0.8 })),
      ...wrongs,
      question('', { confidence: 0.6 }),
    ]);
    expect(fitted.sure.confidence).toBeGreaterThan(0.7);
    expect(fitted.sure.confidence).toBeLessThanOrEqual(0.8);
    expect(fitted.sure.margin).toBeGreaterThan(0.5);
    expect(fitted.sure.margin).toBeLessThanOrEqual(0.9);
  });

  it('is never sure of questions of more than 12 words', () => {
    const long = (wordCount: number) => [
      question('a', { confidence: 0.8, wordCount }),
      question('', { confidence: 0.6 }),
    ];
    expect(sureShare(long(12))).toBe(0.5);
    expect(sureShare(long(13))).toBe(0);
  });
});

describe('cross-validation', () => {
  it('measures each part with thresholds that were fitted to the others, and returns the means', () => {
    const easy = [question('a', { confidence: 0.8, margin: 0.6 }), question('', { confidence: 0.2 })];
    const hard = [question('cd', { confidence: 0.9, margin: 0.6 }), question('', { confidence: 0.6, margin: 0.1 })];
    // Every other question is easy. Fitted to easy ones: confidence 0.51; to hard ones: 0.76.
    const questions = easy.flatMap((one, i) => [one, ...hard.slice(i, i + 1)]);
    expect(crossValidate(questions, 2)).toEqual({
      first: 0.5,
      amongThree: 1,
      shown: 1,
      answered: 1,
      declined: 0.5,
      sure: 0.25,
      sureRight: 0.5,
    });
  });
});
