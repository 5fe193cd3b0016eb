// Finds the pages of the guides for a question in free text, with the trained model.
import { Analyzer } from './analyzer.ts';
import { questionParts } from './clauses.ts';
import { cleanQuestion } from './clean-question.ts';
import { createFeatureExtractor, type FeatureExtractor } from './features.ts';
import { languageFor } from './languages/index.ts';
import { softmaxInPlace } from './softmax-regression.ts';
import { rowOf, scoreColumns } from './sparse-rows.ts';
import { createSpeller, type Speller } from './spelling.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';
import { type Model, type TrainingSource, trainModel } from './training.ts';
import { dot, featureIndex, toRows, toVector, UNKNOWN, type Vector } from './vector-space.ts';
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

  /** What to do with a question. @param text of any length and content @param thresholds in place of the usual ones */
  ask(text: string, thresholds = this.thresholds): Verdict {
    return decide(this.rank(text), thresholds);
  }

  /** The pages and numbers that `ask` decides by. @param text of any length and content */
  rank(text: string): PageRanking {
    const { pages, pointers, costlyPages } = this.#model;
    const cleaned = cleanQuestion(text);
    const clauses = this.#clausesOf(cleaned);
    const whole = this.#score(clauses.flat());
    const parts = questionParts(clauses, this.#countContent).map((words) => this.#score(words));
    const { probabilities, confidence } = combine(whole, parts);
    const sum = (values: Float64Array) => values.reduce((total, one) => total + one, 0);
    const onTopic = sum(probabilities.subarray(0, pages.length));
    const offTopic = sum(probabilities.subarray(pages.length));
    const candidates = this.#candidatesOf(probabilities, onTopic);
    const [pointer] = pointers
      .map((id, i) => ({ id, score: probabilities[pages.length + i] ?? 0 }))
      .sort((a, b) => b.score - a.score);
    return {
      candidates,
      ...(pointer ? { pointer: { ...pointer, share: pointer.score / offTopic } } : {}),
      confidence,
      margin: marginOf(candidates),
      isCostly: costlyPages.has(candidates[0]?.page ?? ''),
      wordCount: whole.wordCount,
      isCourtesy: clauses.length === 0 && cleaned !== '',
      questions: this.#questionsIn(parts),
      language: this.#languageOf(cleaned),
    };
  }

  /** The features that support a page, strongest first. @param page its name */
  explain(text: string, page: string, limit: number): Reason[] {
    const { pages, pointers, pageWeights, space } = this.#model;
    const groups = this.#featuresOf(this.#clausesOf(cleanQuestion(text)).flat());
    const { features, values } = toRows(space, toVector(space, groups));
    const names = new Map(
      groups.flatMap((group, g) =>
        group.map((name): [number, string] => [space.rows[featureIndex(space, g, name)] ?? UNKNOWN, name]),
      ),
    );
    const classes = pages.length + pointers.length + 1;
    const label = pages.indexOf(page);
    return Array.from(features, (feature, i) => {
      const weights = rowOf(pageWeights, feature, classes);
      const average = weights.reduce((sum, weight) => sum + weight, 0) / classes;
      return {
        feature: names.get(feature) ?? '',
        weight: (values[i] ?? 0) * ((weights[label] ?? 0) - average),
      };
    })
      .sort((a, b) => b.weight - a.weight)
      .slice(0, limit);
  }

  /** The words of each clause, spelling corrected. */
  #clausesOf(cleaned: string): string[][] {
    return this.analyzer.clauses(cleaned).map((words) => words.map(this.#speller.correct));
  }

  readonly #countContent = (words: readonly string[]) => this.analyzer.contentWords(words).length;

  #vectorOf(words: readonly string[]): Vector {
    return toVector(this.#model.space, this.#featuresOf(words));
  }

  #score(words: readonly string[]): Scored {
    const { pages, pointers, pageWeights, priors, topicality, space } = this.#model;
    const vector = this.#vectorOf(words);
    const probabilities = new Float64Array(pages.length + pointers.length + 1);
    scoreColumns(toRows(space, vector), pageWeights, probabilities);
    for (const [page, prior] of priors.entries()) probabilities[page] = (probabilities[page] ?? 0) + prior;
    softmaxInPlace(probabilities);
    return { probabilities, confidence: dot(vector, topicality), wordCount: this.#countContent(words) };
  }

  #candidatesOf(probabilities: Float64Array, onTopic: number): Candidate[] {
    return this.#model.pages
      .map((page, i): Candidate => ({ page, score: (probabilities[i] ?? 0) / onTopic }))
      .sort((a, b) => b.score - a.score);
  }

  /** The pages of parts that would each be answered with certainty: two of them are two questions. */
  #questionsIn(parts: readonly Scored[]): string[] {
    if (parts.length < 2) return [];
    const sure = parts.flatMap(({ probabilities, confidence }) => {
      const candidates = this.#candidatesOf(probabilities, 1);
      const isCostly = this.#model.costlyPages.has(candidates[0]?.page ?? '');
      const least = isCostly ? this.thresholds.costly : this.thresholds.sure;
      const isSure = confidence >= least.confidence && marginOf(candidates) >= least.margin;
      return isSure && candidates[0] ? [candidates[0].page] : [];
    });
    return [...new Set(sure)];
  }

  #languageOf(cleaned: string): string {
    const words = this.analyzer.typedWords(cleaned);
    const known = words.filter((word) => this.#speller.knows(word) || this.analyzer.isStopWord(word)).length;
    const isOther = words.length >= MIN_WORDS_FOR_LANGUAGE && known * 2 < words.length;
    return isOther ? OTHER_LANGUAGE : this.#model.locale;
  }
}

/** What the model says of some words. */
interface Scored {
  /** For each page, each pointer and, last, "off topic". */
  readonly probabilities: Float64Array;
  readonly confidence: number;
  readonly wordCount: number;
}

/** With fewer words a question is ranked as a whole: its parts say too little. */
const LONG_WORDS = 12;
/** How much the parts of a long question count beside the whole. */
const PARTS_SHARE = 0.3;

/**
 * Combines a long question with its parts, each of which counts by how much it seems to be on topic: what is asked
 * often stands in one sentence of a long story.
 */
function combine(whole: Scored, parts: readonly Scored[]): Pick<Scored, 'probabilities' | 'confidence'> {
  const weights = parts.map(({ confidence }) => Math.max(0, confidence) ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole.wordCount < LONG_WORDS || parts.length < 2 || total === 0) return whole;
  const probabilities = whole.probabilities.map((own, c) => {
    const ofParts = parts.reduce((sum, part, i) => sum + (weights[i] ?? 0) * (part.probabilities[c] ?? 0), 0) / total;
    return (1 - PARTS_SHARE) * own + PARTS_SHARE * ofParts;
  });
  const best = Math.max(...parts.map(({ confidence }) => confidence));
  return { probabilities, confidence: (1 - PARTS_SHARE) * whole.confidence + PARTS_SHARE * best };
}

function marginOf([first, second]: readonly Candidate[]): number {
  return (first?.score ?? 0) - (second?.score ?? 0);
}
