// Trains the search on an edition. The result is plain data, so that one process can train and another can answer.
import { createHash } from 'node:crypto';
import type { Edition } from '../guide/model.ts';
import type { LanguageData, Pointer } from '../guide/search-data.ts';
import { toEnd } from '../slices.ts';
import { Analyzer, type WordLists } from './analyzer.ts';
import { cleanQuestion } from './clean-question.ts';
import { createFeatureExtractor } from './features.ts';
import type { LanguageModel } from './language-detector.ts';
import { languageFor } from './languages/index.ts';
import { trainRidge } from './ridge-regression.ts';
import { trainSoftmax } from './softmax-regression.ts';
import { compressRows, type SparseRows } from './sparse-rows.ts';
import { wordCounts } from './spelling.ts';
import { type PageLike, trainingExamples } from './training-examples.ts';
import { rowCount, toRows, toVector, type Vector, type VectorSpace, VectorSpaceBuilder } from './vector-space.ts';

/** What the search of one language is trained on; an edition is one. */
export interface TrainingSource {
  /** A BCP 47 language tag. */
  readonly locale: string;
  readonly search: LanguageData & { readonly pointers: readonly Pick<Pointer, 'id' | 'questions'>[] };
  /** By name. */
  readonly pages: ReadonlyMap<string, PageLike>;
}

/** The languages that the search is trained for: the edition's own first, then those that are only understood. */
export function trainedLanguages({ locale, search }: Edition): string[] {
  const others = [...search.languages].filter(([tag, { questions }]) => tag !== locale && questions.size > 0);
  return [locale, ...others.map(([tag]) => tag)];
}

/** What the search of a language is trained on, and nothing else. @param language one of `trainedLanguages` */
export function trainingSource(edition: Edition, language: string): TrainingSource {
  // An edition's own questions are better than those of a language that is only understood.
  const understood = language === edition.locale ? undefined : edition.search.languages.get(language);
  const { synonyms, abbreviations, phrases, courtesies, offTopic } = understood ?? edition.search;
  const known = understood ? (understood.pointers ?? []) : edition.search.pointers;
  const pointers = known.map(({ id, questions }) => ({ id, questions }));
  const pages = [...edition.pages.values()].map(
    ({ name, costly, title, text, questions, links }): [string, PageLike] => [
      name,
      understood
        ? { name, costly, title: '', text: '', questions: understood.questions.get(name) ?? [] }
        : { name, costly, title, text, questions, links },
    ],
  );
  const search = { synonyms, abbreviations, phrases, courtesies, offTopic, pointers };
  return { locale: language, search, pages: new Map(pages) };
}

/**
 * Texts of each language, by which it is recognized: the edition's own first.
 * @returns by language tag
 */
export function recognitionTexts({ locale, pages, search }: Edition): Map<string, string[]> {
  const own = [...pages.values()].flatMap(({ title, text, questions }) => [title, text, ...questions]);
  const pointed = search.pointers.flatMap(({ questions }) => questions);
  return new Map([
    [locale, [...own, ...pointed, ...search.offTopic, ...search.courtesies]],
    ...[...search.languages].flatMap(([tag, language]): [string, string[]][] => {
      if (tag === locale) return [];
      const { questions, offTopic, courtesies, examples, pointers = [] } = language;
      const asked = [...questions.values(), ...pointers.map((pointer) => pointer.questions)].flat();
      return [[tag, [...examples, ...asked, ...offTopic, ...courtesies]]];
    }),
  ]);
}

/** The trained search. `structuredClone` can copy it: it has Maps, Sets, arrays, typed arrays, strings and numbers only. */
export interface Model {
  /** Chooses the rules of the language. */
  readonly locale: string;
  /** `digestOf` what it was trained on. */
  readonly digest: string;
  readonly wordLists: WordLists;
  /** The pages' names, in the order of the classes. */
  readonly pages: readonly string[];
  /** The names of pages where a mistake could cost somebody their account or money. */
  readonly costlyPages: ReadonlySet<string>;
  /** The ids of the pointers: their classes follow those of the pages. */
  readonly pointers: readonly string[];
  /** Every word of the examples, and how often it is used. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly space: VectorSpace;
  /** For each row of the space, a weight for each page, each pointer and, last, "off topic". They rank the pages. */
  readonly pageWeights: SparseRows;
  /** For each page, what is added to its score: more for one that is asked about more often. */
  readonly priors: Float32Array;
  /** For each feature, how much it supports any page (above 0) or "off topic" (below 0). Decides whether to answer. */
  readonly topicality: Float32Array;
}

/**
 * Copies the arrays of a model that came in a message or a file: Node leaves them in what it read, which would stay in
 * memory as a whole.
 */
export function withOwnArrays(model: Model): Model {
  const { space, pageWeights, priors, topicality } = model;
  const { hashes, rows, idf } = space;
  const { starts, columns, values, scales } = pageWeights;
  return {
    ...model,
    space: { ...space, hashes: hashes.slice(), rows: rows.slice(), idf: idf.slice() },
    pageWeights: { starts: starts.slice(), columns: columns.slice(), values: values.slice(), scales: scales.slice() },
    priors: priors.slice(),
    topicality: topicality.slice(),
  };
}

/**
 * The search of an edition as another process trains it: each part resolves when it is ready, to undefined if training
 * failed.
 */
export interface TrainedSearch {
  readonly recognition: Promise<LanguageModel | undefined>;
  /** By language tag. */
  readonly models: ReadonlyMap<string, Promise<Model | undefined>>;
  /** Whether a newer training has taken its place: then some parts may be of other content. */
  isReplaced?(): boolean;
}

/** The trained search with all its parts. */
export interface WholeSearch {
  readonly recognition: LanguageModel;
  /** By language tag. */
  readonly models: ReadonlyMap<string, Model>;
}

/** Waits until all is trained. @returns undefined if a part is missing */
export async function whenTrained(search: TrainedSearch): Promise<WholeSearch | undefined> {
  const recognition = await search.recognition;
  const models = new Map<string, Model>();
  for (const [language, promise] of search.models) {
    const model = await promise;
    if (model) models.set(language, model);
  }
  return recognition && models.size === search.models.size ? { recognition, models } : undefined;
}

/** Returns a digest of all that a model is trained on: a model with the same digest need not be trained again. */
export function digestOf({ locale, search, pages }: TrainingSource): string {
  const { synonyms, abbreviations, phrases, courtesies, pointers, offTopic } = search;
  const parts = [
    locale,
    [...synonyms],
    [...abbreviations],
    [...phrases],
    courtesies,
    pointers.map(({ id }) => id),
    [...pages].map(([name, { costly, questions }]) => [name, costly, questions.length]),
    trainingExamples([...pages.values()], pointers, offTopic),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Trains without a pause: about three seconds for 83 pages with 90 questions each. */
export function trainModel(source: TrainingSource): Model {
  return toEnd(trainInSteps(source));
}

/** How many examples one step handles. */
const STEP_SIZE = 1000;

/** Trains in steps of about 50 ms, so that a caller can let other work run between them. */
export function* trainInSteps(source: TrainingSource): Generator<undefined, Model> {
  const { locale, search, pages } = source;
  const { vocabulary, space, labeled } = yield* vectorize(source);
  const size = space.idf.length;
  const topicality = yield* trainRidge(
    labeled.map((example) => ({ ...example, target: example.label < pages.size ? 1 : -1 })),
    size,
  );
  yield undefined;
  const classes = pages.size + search.pointers.length + 1;
  // In place: two vectors of each example would be in memory at once.
  for (const example of labeled) example.vector = toRows(space, example.vector);
  const pageWeights = compressRows(yield* trainSoftmax(labeled, rowCount(space), classes), classes);
  const { synonyms, abbreviations, phrases, courtesies } = search;
  const wordLists = { synonyms, abbreviations, phrases, courtesies };
  const pointers = search.pointers.map(({ id }) => id);
  const names = [...pages.keys()];
  const costlyPages = new Set(names.filter((name) => pages.get(name)?.costly));
  return {
    locale,
    digest: digestOf(source),
    wordLists,
    pages: names,
    costlyPages,
    pointers,
    vocabulary,
    space,
    pageWeights,
    priors: priorsOf([...pages.values()]),
    topicality,
  };
}

/** An example as the training uses it. */
interface LabeledVector {
  /** Of all features; for ranking, of those that have a row. */
  vector: Vector;
  readonly label: number;
  readonly weight: number;
}

/** The examples as vectors. What it needs besides is not in memory any more when weights are trained. */
function* vectorize({
  locale,
  search,
  pages,
}: TrainingSource): Generator<undefined, Pick<Model, 'vocabulary' | 'space'> & { labeled: LabeledVector[] }> {
  const analyzer = new Analyzer(languageFor(locale), search);
  const examples = trainingExamples([...pages.values()], search.pointers, search.offTopic);
  const texts = yield* mapInSteps(examples, ({ text, isQuestion }) =>
    isQuestion ? analyzer.clauses(cleanQuestion(text)).flat() : analyzer.words(text),
  );
  const vocabulary = wordCounts([...texts.flat(), ...analyzer.synonymWords]);
  const featuresOf = createFeatureExtractor(analyzer);
  const builder = new VectorSpaceBuilder();
  yield* mapInSteps(texts, (words) => builder.add(featuresOf(words)));
  const space = builder.build();
  yield undefined;
  const labeled = yield* mapInSteps(examples, ({ label, weight }, i) => {
    return { vector: toVector(space, featuresOf(texts[i] ?? [])), label, weight };
  });
  return { vocabulary, space, labeled };
}

/**
 * How much the numbers of examples count: members ask more often about a page with many. The whole logarithm (1) would
 * be right if the examples were a random sample of what is asked; most are written page by page.
 */
const PRIOR_SHARE = 0.25;

/** The logarithms of the pages' numbers of examples, less their mean. */
function priorsOf(pages: readonly PageLike[]): Float32Array {
  const logs = pages.map(({ questions }) => PRIOR_SHARE * Math.log(questions.length + 1));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return Float32Array.from(logs, (log) => log - mean);
}

function* mapInSteps<T, U>(items: readonly T[], map: (item: T, index: number) => U): Generator<undefined, U[]> {
  const results: U[] = [];
  for (const [i, item] of items.entries()) {
    results.push(map(item, i));
    if (results.length % STEP_SIZE === 0) yield undefined;
  }
  return results;
}
