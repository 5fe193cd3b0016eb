// Measures how well questions are answered, and finds the best thresholds.
import type { Certainty, Thresholds } from './thresholds.ts';
import { bestPages, decide, type PageRanking, type Verdict } from './verdict.ts';

/** A question and the pages that answer it; no pages if the search should decline. */
export interface LabeledQuestion {
  readonly text: string;
  readonly pages: readonly string[];
}

/** A question with the search's ranking. */
export interface RankedQuestion extends LabeledQuestion {
  readonly ranking: PageRanking;
}

/** A question and what the search does with it. */
interface JudgedQuestion extends RankedQuestion {
  readonly verdict: Verdict;
}

/** Shares of questions, 0 to 1. */
export interface QualityMetrics {
  /** On topic: the first page is right, whether it would be shown or not. */
  readonly first: number;
  /** On topic: a right page is among the best three. */
  readonly amongThree: number;
  /** On topic: a right page is among those that are shown. */
  readonly shown: number;
  /** On topic: not declined. */
  readonly answered: number;
  /** Off topic: declined. */
  readonly declined: number;
  /** Of all questions: answered with one page. */
  readonly sure: number;
  /** Of those answered with one page: the page is right. */
  readonly sureRight: number;
}

/** Measures ranked questions under some thresholds. */
export function measure(questions: readonly RankedQuestion[], thresholds: Thresholds): QualityMetrics {
  return measureVerdicts(questions.map((one) => ({ ...one, verdict: decide(one.ranking, thresholds) })));
}

/** Measures what was done with questions. */
export function measureVerdicts(questions: readonly JudgedQuestion[]): QualityMetrics {
  const judged = questions.map(({ pages, ranking, verdict }) => {
    const isRight = bestPages(verdict, ranking).map(({ page }) => pages.includes(page));
    // A pointer is a way to decline, and so are a few friendly words.
    const isDeclined = verdict.kind === 'pointer' || verdict.kind === 'courtesy';
    const kind = isDeclined ? 'declined' : verdict.kind;
    return { isOnTopic: pages.length > 0, kind, isFirst: isRight[0] === true, isAmongThree: isRight.includes(true) };
  });
  const on = judged.filter(({ isOnTopic }) => isOnTopic);
  const off = judged.filter(({ isOnTopic }) => !isOnTopic);
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

/** How good answers to posts in forums are, as shares of 0 to 1. */
export interface PostMetrics {
  /** Of the answers, how many show a right page. */
  readonly right: number;
  /** Of the posts that no page answers, how many get no answer. */
  readonly silent: number;
  /** Of the posts that a page answers, how many get an answer. */
  readonly answered: number;
}

/** Measures what was done with posts, which are answered only with certainty. */
export function measurePosts(posts: readonly JudgedQuestion[]): PostMetrics {
  const given = posts.filter(({ verdict }) => verdict.kind === 'sure');
  const [on, off] = [posts.filter(({ pages }) => pages.length > 0), posts.filter(({ pages }) => pages.length === 0)];
  return {
    right: share(given, ({ pages, verdict }) => verdict.kind === 'sure' && pages.includes(verdict.page.page)),
    silent: share(off, ({ verdict }) => verdict.kind !== 'sure'),
    answered: share(on, ({ verdict }) => verdict.kind === 'sure'),
  };
}

/** A fit maximizes the smaller of the two differences from these shares. */
const TARGETS = { answered: 0.93, declined: 0.85 };
/**
 * What a fit of a certainty keeps to: the lowest `sureRight`, and the largest share of off-topic questions that may be
 * answered with one page. Stricter than needed, because a fit looks better on its own questions than on others.
 */
const CERTAIN = { right: 0.95, offTopic: 0.02 };
const COSTLY = { right: 0.98, offTopic: 0.01 };
const SURE_MAX_WORDS = 12;
const NEVER: Certainty = { confidence: Number.POSITIVE_INFINITY, margin: 1 };
const NEVER_SURE = { sure: NEVER, costly: NEVER, sureMaxWords: 0 };

/** Finds the confidence below which these questions are best declined. */
export function fitConfidence(questions: readonly RankedQuestion[]): number {
  return best(range(0, 1, 0.01), (confidence) => {
    const { answered, declined } = measure(questions, { ...NEVER_SURE, confidence });
    return Math.min(answered - TARGETS.answered, declined - TARGETS.declined);
  });
}

/** Finds the thresholds that answer these questions best. */
export function fitThresholds(questions: readonly RankedQuestion[]): Thresholds {
  const confidence = fitConfidence(questions);
  const isCostly = ({ ranking }: RankedQuestion) => ranking.isCostly;
  const sure = fitCertainty(
    questions.filter((question) => !isCostly(question)),
    confidence,
    CERTAIN,
  );
  return {
    confidence,
    sure,
    costly: fitCertainty(questions.filter(isCostly), confidence, COSTLY),
    sureMaxWords: SURE_MAX_WORDS,
  };
}

/** Finds the certainty that answers most of these questions with one page. */
function fitCertainty(
  questions: readonly RankedQuestion[],
  confidence: number,
  limits: { readonly right: number; readonly offTopic: number },
): Certainty {
  const off = questions.filter(({ pages }) => pages.length === 0);
  const margins = range(0, 0.9, 0.02);
  const candidates = range(confidence, 1, 0.02).flatMap((from) =>
    margins.map((margin): Certainty => ({ confidence: from, margin })),
  );
  return best(candidates, (certainty) => {
    const thresholds = { confidence, sure: certainty, costly: certainty, sureMaxWords: SURE_MAX_WORDS };
    const { sure, sureRight } = measure(questions, thresholds);
    const sureOffTopic = off.length === 0 ? 0 : measure(off, thresholds).sure;
    return sureRight >= limits.right && sureOffTopic <= limits.offTopic ? sure : -1;
  });
}

/**
 * Measures with thresholds that were fitted to other questions: splits the questions into parts and measures each with
 * thresholds fitted to the rest. Returns the means.
 */
export function crossValidate(questions: readonly RankedQuestion[], parts: number): QualityMetrics {
  const all = range(0, parts - 1, 1).map((part) => {
    const isIn = (_: RankedQuestion, i: number) => i % parts === part;
    const thresholds = fitThresholds(questions.filter((question, i) => !isIn(question, i)));
    return measure(questions.filter(isIn), thresholds);
  });
  const mean = (of: (metrics: QualityMetrics) => number) => all.reduce((sum, metrics) => sum + of(metrics), 0) / parts;
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

function share<T>(items: readonly T[], predicate: (item: T) => boolean): number {
  return items.length === 0 ? 1 : items.filter(predicate).length / items.length;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, i) =>
    Number((from + i * step).toFixed(4)),
  );
}

/** The item with the highest score. Of several the middle one: it is farthest from worse items. */
function best<T>(items: readonly T[], scoreOf: (item: T) => number): T {
  const valued = items.map((item) => ({ item, value: scoreOf(item) }));
  const highest = Math.max(...valued.map(({ value }) => value));
  const equal = valued.filter(({ value }) => value === highest);
  const middle = equal[Math.floor(equal.length / 2)];
  if (!middle) throw new RangeError('no items to choose from');
  return middle.item;
}
