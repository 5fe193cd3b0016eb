// What the search learns from the pages, as plain data that one process can make and another one use.
import { CONCEPT_WORDS, viewsOf } from './features.ts';
import { OFF_TOPIC } from './off-topic.ts';
import { trainRidge } from './ridge-regression.ts';
import { trainSoftmax } from './softmax-regression.ts';
import { wordCounts } from './spelling.ts';
import { wordsOf } from './tokens.ts';
import { type PageLike, trainingExamples } from './training-examples.ts';
import { buildVectorSpace, type VectorSpace } from './vector-space.ts';

/** Survives `structuredClone`: Maps, typed arrays, strings and numbers only. */
export interface Model {
  /** The pages' names, in the order of the classes. */
  readonly pages: readonly string[];
  /** Every word of the lessons, and how often it stands there. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly space: VectorSpace;
  /** Feature by feature: a weight for each page and, last, for "off topic". */
  readonly pageWeights: Float32Array;
  /** Feature by feature: how much it speaks for the guides as a whole. */
  readonly topicality: Float32Array;
}

/** Learns these pages at once: some tenths of a second for 70 pages with 40 questions each. @param offTopic questions to decline */
export function trainModel(pages: Iterable<PageLike>, offTopic: readonly string[] = OFF_TOPIC): Model {
  const work = training([...pages], offTopic);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same, step by step of some 40 ms, for a caller who lets others work in between. */
export function* training(pages: readonly PageLike[], offTopic: readonly string[]): Generator<undefined, Model> {
  const items = trainingExamples(pages, offTopic);
  const texts = items.map(({ text }) => wordsOf(text));
  const vocabulary = wordCounts([...texts.flat(), ...CONCEPT_WORDS]);
  yield undefined;
  const views = texts.map(viewsOf);
  yield undefined;
  const { space, vectors } = buildVectorSpace(views);
  yield undefined;
  const examples = vectors.flatMap((vector, i) => {
    const item = items[i];
    return item ? [{ vector, label: item.label, weight: item.weight }] : [];
  });
  const size = space.idf.length;
  const targets = examples.map((example) => ({ ...example, target: example.label === pages.length ? -1 : 1 }));
  const topicality = trainRidge(targets, size);
  yield undefined;
  const pageWeights = yield* trainSoftmax(examples, size, pages.length + 1);
  return { pages: pages.map(({ name }) => name), vocabulary, space, pageWeights, topicality };
}
