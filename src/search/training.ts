// Trains the search on an edition. The result is plain data, so that one process can train and another can answer.
import type { Edition } from '../guide/model.ts';
import { Analyzer, type WordLists } from './analyzer.ts';
import { createFeatureExtractor } from './features.ts';
import { languageFor } from './languages/index.ts';
import { type QuantizedRows, quantizeRows } from './quantized-rows.ts';
import { trainRidge } from './ridge-regression.ts';
import { trainSoftmax } from './softmax-regression.ts';
import { wordCounts } from './spelling.ts';
import { type PageLike, trainingExamples } from './training-examples.ts';
import { buildVectorSpace, toVector, type VectorSpace } from './vector-space.ts';

/** What the search is trained on; an edition is one. */
export type TrainingSource = Pick<Edition, 'locale' | 'search'> & {
  /** By name. */
  readonly pages: ReadonlyMap<string, PageLike>;
};

/** The trained search. `structuredClone` can copy it: it has Maps, arrays, typed arrays, strings and numbers only. */
export interface Model {
  /** Chooses the rules of the language. */
  readonly locale: string;
  readonly wordLists: WordLists;
  /** The pages' names, in the order of the classes. */
  readonly pages: readonly string[];
  /** The ids of the pointers: their classes follow those of the pages. */
  readonly pointers: readonly string[];
  /** Every word of the examples, and how often it is used. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly space: VectorSpace;
  /** For each feature, a weight for each page, each pointer and, last, "off topic". They rank the pages. */
  readonly pageWeights: QuantizedRows;
  /** For each feature, how much it supports any page (above 0) or "off topic" (below 0). Decides whether to answer. */
  readonly topicality: Float32Array;
}

/** Trains without a pause: several tenths of a second for 70 pages with 40 questions each. */
export function trainModel(source: TrainingSource): Model {
  const steps = trainInSteps(source);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** How many examples one step handles. */
const STEP_SIZE = 1000;

/** Trains in steps of about 50 ms, so that a caller can let other work run between them. */
export function* trainInSteps({ locale, search, pages }: TrainingSource): Generator<undefined, Model> {
  const analyzer = new Analyzer(languageFor(locale), search);
  const examples = trainingExamples([...pages.values()], search.pointers, search.offTopic);
  const texts = yield* mapInSteps(examples, ({ text }) => analyzer.words(text));
  const vocabulary = wordCounts([...texts.flat(), ...analyzer.synonymWords]);
  const features = yield* mapInSteps(texts, createFeatureExtractor(analyzer));
  const space = buildVectorSpace(features);
  yield undefined;
  const vectors = yield* mapInSteps(features, (groups) => toVector(space, groups));
  const labeled = examples.flatMap(({ label, weight }, i) => {
    const vector = vectors[i];
    return vector ? [{ vector, label, weight }] : [];
  });
  const size = space.idf.length;
  const topicality = trainRidge(
    labeled.map((example) => ({ ...example, target: example.label < pages.size ? 1 : -1 })),
    size,
  );
  yield undefined;
  const classes = pages.size + search.pointers.length + 1;
  const pageWeights = quantizeRows(yield* trainSoftmax(labeled, size, classes), classes);
  const { synonyms, abbreviations, phrases } = search;
  const wordLists = { synonyms, abbreviations, phrases };
  const pointers = search.pointers.map(({ id }) => id);
  return { locale, wordLists, pages: [...pages.keys()], pointers, vocabulary, space, pageWeights, topicality };
}

function* mapInSteps<T, U>(items: readonly T[], map: (item: T) => U): Generator<undefined, U[]> {
  const results: U[] = [];
  for (const item of items) {
    results.push(map(item));
    if (results.length % STEP_SIZE === 0) yield undefined;
  }
  return results;
}
