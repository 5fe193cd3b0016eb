// How well questions are answered, and the thresholds that answer them best.
import type { Thresholds } from './thresholds.ts';
import { MAX_OFFERED, type PageRanking, verdictOf } from './verdict.ts';

/** A question and the pages that answer it; none where the search should decline. */
export interface LabeledQuestion {
  readonly text: string;
  readonly pages: readonly string[];
}

/** A question with what the search made of it. */
export interface RankedQuestion extends LabeledQuestion {
  readonly ranking: PageRanking;
}

/** Shares, 0 to 1. */
export interface Metrics_ {
  /** Of the questions for the guides: the first page is right, whether it would be shown or not. */
  readonly first: number;
  /** The same for the best three. */
  readonly amongThree: number;
  /** The same, counting only what is shown. */
  readonly shown: number;
  /** Of the questions for the guides: not declined. */
  readonly answered: number;
  /** Of the others: declined. */
  readonly declined: number;
  /** Of all: answered with one page. */
  readonly sure: number;
  /** Of those answered with one page: it is a right one. */
  readonly sureRight: number;
}

/** The figures of ranked questions under some thresholds. */
export function measure(questions: readonly RankedQuestion[], thresholds: Thresholds): Metrics_ {
  const judged = questions.map(({ pages, ranking }) => {
    const best = ranking.candidates.slice(0, MAX_OFFERED).map(({ page }) => pages.includes(page));
    const { kind } = verdictOf(ranking, thresholds);
    return { isForGuides: pages.length > 0, kind, isFirst: best[0] === true, isAmongThree: best.includes(true) };
  });
  const on = judged.filter(({ isForGuides }) => isForGuides);
  const off = judged.filter(({ isForGuides }) => !isForGuides);
  const sure = judged.filter(({ kind }) => kind === 'sure');
  return {
    first: share(on, ({ isFirst }) => isFirst),
    amongThree: share(on, ({ isAmongThree }) => isAmongThree),
    shown: share(on, ({ kind, isAmongThree }) => kind !== 'declined' && isAmongThree),
    answered: share(on, ({ kind }) => kind !== 'declined'),
    declined: share(off, ({ kind }) => kind === 'declined'),
    sure: share(judged, ({ kind }) => kind === 'sure'),
    sureRight: share(sure, ({ isFirst }) => isFirst),
  };
}

/** What the fitting aims at: both are exceeded by as much as possible, the worse of the two counting. */
const AIM = { answered: 0.93, declined: 0.85 };
/** A page shown alone is right at least so often: more than is needed, as questions that one tunes to flatter. */
const SURE_RIGHT = 0.95;
/** So few of the questions to decline may be answered with one page. */
const SURE_WRONGLY = 0.03;
const SURE_LENGTH = 12;

/** The thresholds that serve these questions best. */
export function fitThresholds(questions: readonly RankedQuestion[]): Thresholds {
  const confidence = best(range(0, 1.5, 0.01), (at) => {
    const { answered, declined } = measure(questions, { ...NEVER_SURE, confidence: at });
    return Math.min(answered - AIM.answered, declined - AIM.declined);
  });
  const off = questions.filter(({ pages }) => pages.length === 0);
  const gaps = range(0, 0.9, 0.02);
  const fitting = range(confidence, 2, 0.02).flatMap((sureConfidence) =>
    gaps.map((sureGap): Thresholds => ({ confidence, sureConfidence, sureGap, sureLength: SURE_LENGTH })),
  );
  return best(fitting, (thresholds) => {
    const { sure, sureRight } = measure(questions, thresholds);
    const isAllowed = sureRight >= SURE_RIGHT && measure(off, thresholds).sure <= SURE_WRONGLY;
    return isAllowed ? sure : -1;
  });
}

/**
 * The figures of thresholds fitted without the questions that they are measured on: each of some parts of the
 * questions is measured under thresholds fitted to the other parts.
 */
export function crossValidate(questions: readonly RankedQuestion[], parts: number): Metrics_ {
  const folds = range(0, parts - 1, 1).map((part) => {
    const isIn = (_: RankedQuestion, i: number) => i % parts === part;
    const thresholds = fitThresholds(questions.filter((question, i) => !isIn(question, i)));
    return measure(questions.filter(isIn), thresholds);
  });
  const mean = (of: (figures: Metrics_) => number) => folds.reduce((sum, figures) => sum + of(figures), 0) / parts;
  return {
    first: mean(({ first }) => first),
    amongThree: mean(({ amongThree }) => amongThree),
    shown: mean(({ shown }) => shown),
    answered: mean(({ answered }) => answered),
    declined: mean(({ declined }) => declined),
    sure: mean(({ sure }) => sure),
    sureRight: mean(({ sureRight }) => sureRight),
  };
}

const NEVER_SURE = { sureConfidence: Number.POSITIVE_INFINITY, sureGap: 1, sureLength: 0 };

function share<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  return items.length === 0 ? 1 : items.filter(isSo).length / items.length;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, i) =>
    Number((from + i * step).toFixed(4)),
  );
}

/** The item with the highest value; the middle one of neighbours that share it, which is the safest. */
function best<T>(items: readonly T[], worthOf: (item: T) => number): T {
  const valued = items.map((item) => ({ item, value: worthOf(item) }));
  const highest = Math.max(...valued.map(({ value }) => value));
  const equals = valued.filter(({ value }) => value === highest);
  const middle = equals[Math.floor(equals.length / 2)];
  if (!middle) throw new RangeError('nothing to choose from');
  return middle.item;
}
