// What the search learns from the pages, as plain data that one process can make and another one use.
import { CONCEPT_WORDS, viewsOf } from './features.ts';
import { OFF_TOPIC } from './off-topic.ts';
import { fitLean } from './ridge-regression.ts';
import { fitClasses } from './softmax-regression.ts';
import { countsOf } from './spelling.ts';
import { wordsOf } from './tokens.ts';
import { lessonsOf, type PageLike } from './training-examples.ts';
import { type Space, spaceOf } from './vector-space.ts';

/** Survives `structuredClone`: Maps, typed arrays, strings and numbers only. */
export interface Model {
  /** The pages' names, in the order of the classes. */
  readonly pages: readonly string[];
  /** Every word of the lessons, and how often it stands there. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly space: Space;
  /** Feature by feature: a weight for each page and, last, for "off topic". */
  readonly classes: Float32Array;
  /** Feature by feature: how much it speaks for the guides as a whole. */
  readonly lean: Float32Array;
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
  const lessons = lessonsOf(pages, offTopic);
  const texts = lessons.map(({ text }) => wordsOf(text));
  const vocabulary = countsOf([...texts.flat(), ...CONCEPT_WORDS]);
  yield undefined;
  const views = texts.map(viewsOf);
  yield undefined;
  const { space, vectors } = spaceOf(views);
  yield undefined;
  const examples = vectors.flatMap((vector, i) => {
    const lesson = lessons[i];
    return lesson ? [{ vector, kind: lesson.kind, weight: lesson.weight }] : [];
  });
  const size = space.rarity.length;
  const leans = examples.map((example) => ({ ...example, target: example.kind === pages.length ? -1 : 1 }));
  const lean = fitLean(leans, size);
  yield undefined;
  const classes = yield* fitClasses(examples, size, pages.length + 1);
  return { pages: pages.map(({ name }) => name), vocabulary, space, classes, lean };
}
