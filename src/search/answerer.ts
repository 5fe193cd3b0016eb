// Finds the pages of the guides for a question in free text, with the trained model.
import { yieldToEventLoop } from '../slices.ts';
import { Analyzer } from './analyzer.ts';
import { cleanQuestion } from './clean-question.ts';
import { createFeatureExtractor, type FeatureExtractor } from './features.ts';
import { languageFor } from './languages/index.ts';
import { rowOf } from './quantized-rows.ts';
import { scoreClasses, softmaxInPlace } from './softmax-regression.ts';
import { createSpeller, type Speller } from './spelling.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';
import { type Model, type TrainingSource, trainInSteps, trainModel } from './training.ts';
import { dot, featureNames, toVector, type Vector } from './vector-space.ts';
import { type Candidate, decide, OTHER_LANGUAGE, type PageRanking, type Verdict } from './verdict.ts';

/** A feature of a question that supports a page: a stem, a `@concept`, an n-gram, two concepts, or two neighbors. */
interface Reason {
  readonly feature: string;
  /** How much more it supports this page than the average page. */
  readonly weight: number;
}

/** With fewer words the language is not detected. */
const MIN_WORDS_FOR_LANGUAGE = 3;

/** Trains an answerer for an edition, without a pause. */
export function createAnswerer(source: TrainingSource, thresholds?: Thresholds): Answerer {
  return new Answerer(trainModel(source), thresholds);
}

/** Like `createAnswerer`, for a running bot: training yields to the event loop. */
export async function prepareAnswerer(source: TrainingSource, thresholds?: Thresholds): Promise<Answerer> {
  const steps = trainInSteps(source);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return new Answerer(value, thresholds);
    await yieldToEventLoop();
  }
}

/** Answers questions from a trained model. The same question always gets the same answer. */
export class Answerer {
  /** Splits texts as in training. */
  readonly analyzer: Analyzer;
  readonly thresholds: Thresholds;
  readonly #model: Model;
  readonly #speller: Speller;
  readonly #featuresOf: FeatureExtractor;

  /** @param model from `trainModel`, in this process or in another one */
  constructor(model: Model, thresholds: Thresholds = DEFAULT_THRESHOLDS) {
    this.#model = model;
    this.thresholds = thresholds;
    this.#speller = createSpeller(model.vocabulary);
    this.analyzer = new Analyzer(languageFor(model.locale), model.wordLists);
    this.#featuresOf = createFeatureExtractor(this.analyzer);
  }

  /** What to do with a question. @param text of any length and content */
  ask(text: string): Verdict {
    return decide(this.rank(text), this.thresholds);
  }

  /** The pages and numbers that `ask` decides by. @param text of any length and content */
  rank(text: string): PageRanking {
    const { pages, pointers, pageWeights, topicality } = this.#model;
    const { vector, wordCount } = this.#read(text);
    const probabilities = new Float64Array(pages.length + pointers.length + 1);
    scoreClasses(vector, pageWeights.values, probabilities, pageWeights.scales);
    softmaxInPlace(probabilities);
    const sum = (values: Float64Array) => values.reduce((total, one) => total + one, 0);
    const onTopic = sum(probabilities.subarray(0, pages.length));
    const offTopic = sum(probabilities.subarray(pages.length));
    const candidates = pages
      .map((page, i): Candidate => ({ page, score: (probabilities[i] ?? 0) / onTopic }))
      .sort((a, b) => b.score - a.score);
    const [pointer] = pointers
      .map((id, i) => ({ id, score: probabilities[pages.length + i] ?? 0 }))
      .sort((a, b) => b.score - a.score);
    return {
      candidates,
      ...(pointer ? { pointer: { ...pointer, share: pointer.score / offTopic } } : {}),
      confidence: dot(vector, topicality),
      margin: (candidates[0]?.score ?? 0) - (candidates[1]?.score ?? 0),
      wordCount,
      language: this.#languageOf(text),
    };
  }

  /** The features that support a page, strongest first. @param page its name */
  explain(text: string, page: string, limit: number): Reason[] {
    const { pages, pointers, pageWeights, space } = this.#model;
    const { vector } = this.#read(text);
    const names = featureNames(space);
    const classes = pages.length + pointers.length + 1;
    const label = pages.indexOf(page);
    return Array.from(vector.features, (feature, i) => {
      const weights = rowOf(pageWeights, feature, classes);
      const average = weights.reduce((sum, weight) => sum + weight, 0) / classes;
      return {
        feature: names[feature] ?? '',
        weight: (vector.values[i] ?? 0) * ((weights[label] ?? 0) - average),
      };
    })
      .sort((a, b) => b.weight - a.weight)
      .slice(0, limit);
  }

  #read(text: string): { vector: Vector; wordCount: number } {
    const words = this.analyzer.words(cleanQuestion(text)).map(this.#speller.correct);
    const vector = toVector(this.#model.space, this.#featuresOf(words));
    return { vector, wordCount: this.analyzer.contentWords(words).length };
  }

  #languageOf(text: string): string {
    const words = this.analyzer.typedWords(cleanQuestion(text));
    const known = words.filter((word) => this.#speller.knows(word) || this.analyzer.isStopWord(word)).length;
    const isOther = words.length >= MIN_WORDS_FOR_LANGUAGE && known * 2 < words.length;
    return isOther ? OTHER_LANGUAGE : this.#model.locale;
  }
}
