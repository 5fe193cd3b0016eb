// From a free-text question to pages of the guides, by what their example questions have in common with it.
import { setImmediate } from 'node:timers/promises';
import { questionIn } from './clean.ts';
import { CONCEPT_WORDS, viewsOf } from './features.ts';
import { type Lesson, lessonsOf, type PageLike } from './lessons.ts';
import { OFF_TOPIC } from './off-topic.ts';
import { fitLean } from './ridge.ts';
import { fitClasses, scoreClasses, toShares } from './softmax.ts';
import { dot, type Space, spaceOf, type Vector } from './space.ts';
import { type Speller, spellerOf } from './spelling.ts';
import { THRESHOLDS, type Thresholds } from './thresholds.ts';
import { isStop, typedWords, wordsOf } from './tokens.ts';
import { type Candidate, type Ranking, type Verdict, verdictOf } from './verdict.ts';

/** What speaks for a page: a word, a `@concept`, letters of a word, or two concepts near each other. */
export interface Reason {
  readonly feature: string;
  /** How much more it speaks for this page than for the average of all. */
  readonly weight: number;
}

export interface Answerer {
  /** What to do with a question. @param text of any length and content @returns the same for the same text, always */
  ask(text: string): Verdict;
  /** The numbers behind `ask`. */
  rank(text: string): Ranking;
  /** What spoke for a page, strongest first. @param page its name @param limit how many reasons are wanted */
  explain(text: string, page: string, limit: number): Reason[];
}

export interface AnswererOptions {
  /** Questions to decline; those of `off-topic.ts` by default. */
  readonly offTopic?: readonly string[];
  readonly thresholds?: Thresholds;
}

/** How much the classes' opinion on "off topic" counts next to the regression's, which knows foreign words better. */
const CLASSES_OPINION = 0.1;

/** An answerer for these pages, built at once: about 300 ms for 70 pages with 20 questions each. */
export function createAnswerer(pages: Iterable<PageLike>, options: AnswererOptions = {}): Answerer {
  const work = build([...pages], options);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same as `createAnswerer`, for a running bot: whatever else waits is done in between, every 40 ms or so. */
export async function prepareAnswerer(pages: Iterable<PageLike>, options: AnswererOptions = {}): Promise<Answerer> {
  const work = build([...pages], options);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await setImmediate();
  }
}

interface Model {
  readonly speller: Speller;
  readonly space: Space;
  /** Feature by feature: a weight for each page and, last, for "off topic". */
  readonly classes: Float32Array;
  /** Feature by feature: how much it speaks for the guides as a whole. */
  readonly lean: Float32Array;
}

function* build(pages: readonly PageLike[], options: AnswererOptions): Generator<undefined, Answerer> {
  const lessons: Lesson[] = lessonsOf(pages, options.offTopic ?? OFF_TOPIC);
  const texts = lessons.map(({ text }) => wordsOf(text));
  const speller = spellerOf([...texts.flat(), ...CONCEPT_WORDS]);
  const views = texts.map(viewsOf);
  yield undefined;
  const space = spaceOf(views);
  const examples = lessons.map(({ kind, weight }, i) => ({ vector: space.vectorOf(views[i] ?? []), kind, weight }));
  yield undefined;
  const leans = examples.map((example) => ({ ...example, target: example.kind === pages.length ? -1 : 1 }));
  const lean = fitLean(leans, space.size);
  yield undefined;
  const classes = yield* fitClasses(examples, space.size, pages.length + 1);
  return answerer(pages, { speller, space, classes, lean }, options.thresholds ?? THRESHOLDS);
}

function answerer(pages: readonly PageLike[], model: Model, thresholds: Thresholds): Answerer {
  const { speller, space, classes, lean } = model;
  const columns = pages.length + 1;
  const read = (text: string): { vector: Vector; length: number } => {
    const words = wordsOf(questionIn(text)).map(speller.correct);
    return { vector: space.vectorOf(viewsOf(words)), length: words.filter((word) => !isStop(word)).length };
  };
  const rank = (text: string): Ranking => {
    const { vector, length } = read(text);
    const shares = new Float64Array(columns);
    scoreClasses(vector, classes, shares);
    toShares(shares);
    const offTopic = shares[pages.length] ?? 0;
    const candidates = pages
      .map(({ name }, i): Candidate => ({ page: name, score: (shares[i] ?? 0) / (1 - offTopic) }))
      .sort((a, b) => b.score - a.score);
    return {
      candidates,
      confidence: dot(vector, lean) + CLASSES_OPINION * Math.log((1 - offTopic) / offTopic),
      gap: (candidates[0]?.score ?? 0) - (candidates[1]?.score ?? 0),
      length,
      language: languageOf(text, speller),
    };
  };
  return {
    rank,
    ask: (text) => verdictOf(rank(text), thresholds),
    explain: (text, page, limit) => {
      const { vector } = read(text);
      const column = pages.findIndex(({ name }) => name === page);
      return Array.from(vector.features, (feature, i) => {
        const row = classes.subarray(feature * columns, (feature + 1) * columns);
        const average = row.reduce((sum, weight) => sum + weight, 0) / columns;
        return {
          feature: space.nameOf(feature),
          weight: (vector.values[i] ?? 0) * ((row[column] ?? 0) - average),
        };
      })
        .sort((a, b) => b.weight - a.weight)
        .slice(0, limit);
    },
  };
}

/** Below three words nothing can be said about the language. */
const FEWEST_WORDS = 3;

function languageOf(text: string, speller: Speller): 'own' | 'other' {
  const words = typedWords(questionIn(text));
  const known = words.filter((word) => speller.knows(word) || isStop(word)).length;
  return words.length >= FEWEST_WORDS && known * 2 < words.length ? 'other' : 'own';
}
