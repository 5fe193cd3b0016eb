// Training the search: what a model contains, and in which steps it is made.
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { rowOf } from '../../src/search/quantized-rows.ts';
import { type TrainingSource, trainInSteps, trainModel } from '../../src/search/training.ts';
import type { PageLike } from '../../src/search/training-examples.ts';
import { featureNames } from '../../src/search/vector-space.ts';

const pages = (...all: PageLike[]) => new Map(all.map((page) => [page.name, page]));
const SOURCE: TrainingSource = {
  locale: 'en',
  pages: pages(
    { name: 'a#dog', title: 'Dogs', text: 'A dog barks.', questions: ['my dog', 'pls dog'] },
    { name: 'a#cat', title: 'Cats', text: 'A cat meows.', questions: ['my cat', 'log in cat'] },
  ),
  search: {
    synonyms: new Map([['pet', ['dog', 'kitten']]]),
    abbreviations: new Map([['pls', '']]),
    phrases: new Map([['log in', 'login']]),
    pointers: [],
    offTopic: ['a fish swims', 'my fish'],
  },
};

function steps(source: TrainingSource): number {
  const running = trainInSteps(source);
  for (let count = 0; ; count++) if (running.next().done) return count;
}

describe('a trained model', () => {
  const model = trainModel(SOURCE);
  const names = featureNames(model.space);
  const weightsOf = (feature: string) => rowOf(model.pageWeights, names.indexOf(feature), 3);
  const topicalityOf = (feature: string) => model.topicality[names.indexOf(feature)] ?? 0;

  it('names the locale and the pages in their order, and keeps the word lists', () => {
    const { synonyms, abbreviations, phrases } = SOURCE.search;
    expect(model.locale).toBe('en');
    expect(model.pages).toEqual(['a#dog', 'a#cat']);
    expect(model.wordLists).toEqual({ synonyms, abbreviations, phrases });
  });

  it('has every word of the examples and the synonyms in its vocabulary, with how often it is used', () => {
    expect(Object.fromEntries(model.vocabulary)).toEqual({
      dogs: 1,
      my: 3,
      dog: 4,
      a: 3,
      barks: 1,
      cats: 1,
      cat: 3,
      login: 1,
      meows: 1,
      fish: 2,
      swims: 1,
      kitten: 1,
    });
  });

  it('has a weight for each feature, page and "off topic"', () => {
    expect(names).toContain('@pet');
    expect(model.topicality).toHaveLength(names.length);
    expect(model.pageWeights.values).toHaveLength(names.length * 3);
    expect(model.pageWeights.scales).toHaveLength(names.length);
  });

  it('prefers for each word the page of its examples', () => {
    const preferred = (feature: string) => weightsOf(feature).indexOf(Math.max(...weightsOf(feature)));
    expect(['dog', '@pet', 'cat', 'login', 'fish'].map(preferred)).toEqual([0, 0, 1, 1, 2]);
  });

  it('takes words of pages for on topic, and words of the other examples for off topic', () => {
    expect(['dog', 'cat', 'fish', 'swim'].map((feature) => Math.sign(topicalityOf(feature)))).toEqual([1, 1, -1, -1]);
  });

  it('is plain data, and the same each time', () => {
    expect(structuredClone(model)).toEqual(model);
    expect(trainModel(SOURCE)).toEqual(model);
  });

  it('learns less from texts and from what is off topic than from questions', () => {
    const one = trainModel({
      ...SOURCE,
      pages: pages({ name: 'a#1', title: 'apple', text: 'melon', questions: [] }),
      search: { ...NO_SEARCH_DATA, offTopic: ['grapes'] },
    });
    const topicality = ['appl', 'melon', 'grape'].map(
      (feature) => one.topicality[featureNames(one.space).indexOf(feature)],
    );
    // Each example has one word: target / (1 + 0.3 / weight).
    expect(topicality).toEqual([1 / 1.3, 1 / 1.6, -1 / 1.6].map((weight) => expect.closeTo(weight, 6)));
  });

  it('can be trained without pages and examples', () => {
    const empty = trainModel({ locale: 'tlh', pages: new Map(), search: NO_SEARCH_DATA });
    expect(empty).toMatchObject({ locale: 'tlh', pages: [] });
    expect(empty.topicality).toHaveLength(0);
  });
});

describe('training in steps', () => {
  it('pauses after building the space, after deciding on topic or not, and after each of two epochs', () => {
    expect(steps(SOURCE)).toBe(4);
  });

  it('also pauses three times for each thousand examples: for words, features and vectors', () => {
    const examples = (count: number) =>
      steps({
        locale: 'en',
        pages: new Map(),
        search: { ...NO_SEARCH_DATA, offTopic: Array.from({ length: count }, () => '') },
      });
    expect(examples(999)).toBe(4);
    expect(examples(1000)).toBe(7);
  });

  it('returns the same model as training without pauses', () => {
    const running = trainInSteps(SOURCE);
    let step = running.next();
    while (!step.done) step = running.next();
    expect(step.value).toEqual(trainModel(SOURCE));
  });
});
