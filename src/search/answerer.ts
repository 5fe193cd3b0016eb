// From a free-text question to pages of the guides, by what their example questions have in common with it.
import { yieldToEventLoop } from '../slices.ts';
import { questionIn } from './clean.ts';
import { viewsOf } from './features.ts';
import { OFF_TOPIC } from './off-topic.ts';
import { scoreClasses, softmaxInPlace } from './softmax-regression.ts';
import { createSpeller, type Speller } from './spelling.ts';
import { THRESHOLDS, type Thresholds } from './thresholds.ts';
import { isStop, typedWords, wordsOf } from './tokens.ts';
import { type Model, training, trainModel } from './training.ts';
import type { PageLike } from './training-examples.ts';
import { dot, featureNames, toVector, type Vector } from './vector-space.ts';
import { type Candidate, type PageRanking, type Verdict, verdictOf } from './verdict.ts';

/** What speaks for a page: a word, a `@concept`, letters of a word, two concepts near each other, or two neighbours. */
export interface Reason {
  readonly feature: string;
  /** How much more it speaks for this page than for the average of all. */
  readonly weight: number;
}

export { type Model, trainModel } from './training.ts';

export interface Answerer {
  /** What to do with a question. @param text of any length and content @returns the same for the same text, always */
  ask(text: string): Verdict;
  /** The numbers behind `ask`. */
  rank(text: string): PageRanking;
  /** What spoke for a page, strongest first. @param page its name @param limit how many reasons are wanted */
  explain(text: string, page: string, limit: number): Reason[];
}

export interface AnswererOptions {
  /** Questions to decline; those of `off-topic.ts` by default. */
  readonly offTopic?: readonly string[];
  readonly thresholds?: Thresholds;
}

/** How much the classes' opinion on "off topic" counts next to the regression's, which knows foreign words better. */
const CLASSES_OPINION = 0.07;
/** The same for the first page's share: where no page stands out, the question is often for none. */
const LEADER_OPINION = 0.1;

/** An answerer for these pages, built at once: `answererOf` of what `trainModel` learns. */
export function createAnswerer(pages: Iterable<PageLike>, options: AnswererOptions = {}): Answerer {
  return fromModel(trainModel(pages, options.offTopic), options.thresholds);
}

/** The same as `createAnswerer`, for a running bot: whatever else waits is done in between, every 40 ms or so. */
export async function prepareAnswerer(pages: Iterable<PageLike>, options: AnswererOptions = {}): Promise<Answerer> {
  const work = training([...pages], options.offTopic ?? OFF_TOPIC);
  for (;;) {
    const { done, value } = work.next();
    if (done) return fromModel(value, options.thresholds);
    await yieldToEventLoop();
  }
}

/** The answerer of what was learnt. @param model from `trainModel`, in this process or in another one */
export function fromModel(model: Model, thresholds: Thresholds = THRESHOLDS): Answerer {
  const { pages, vocabulary, space, pageWeights: classes, topicality } = model;
  const columns = pages.length + 1;
  const speller = createSpeller(vocabulary);
  const read = (text: string): { vector: Vector; length: number } => {
    const words = wordsOf(questionIn(text)).map(speller.correct);
    return { vector: toVector(space, viewsOf(words)), length: words.filter((word) => !isStop(word)).length };
  };
  const rank = (text: string): PageRanking => {
    const { vector, length } = read(text);
    const shares = new Float64Array(columns);
    scoreClasses(vector, classes, shares);
    softmaxInPlace(shares);
    const offTopic = shares[pages.length] ?? 0;
    const candidates = pages
      .map((page, i): Candidate => ({ page, score: (shares[i] ?? 0) / (1 - offTopic) }))
      .sort((a, b) => b.score - a.score);
    return {
      candidates,
      confidence:
        dot(vector, topicality) +
        CLASSES_OPINION * Math.log((1 - offTopic) / offTopic) +
        LEADER_OPINION * Math.log((candidates[0]?.score ?? 0) * (1 - offTopic)),
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
      const names = featureNames(space);
      const column = pages.indexOf(page);
      return Array.from(vector.features, (feature, i) => {
        const row = classes.subarray(feature * columns, (feature + 1) * columns);
        const average = row.reduce((sum, weight) => sum + weight, 0) / columns;
        return {
          feature: names[feature] ?? '',
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
