// Training the search: what a model contains, and in which steps it is made.
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { rowOf } from '../../src/search/sparse-rows.ts';
import {
  digestOf,
  type Model,
  recognitionTexts,
  type TrainingSource,
  trainedLanguages,
  trainInSteps,
  trainingSource,
  trainModel,
} from '../../src/search/training.ts';
import type { PageLike } from '../../src/search/training-examples.ts';
import { featureIndex } from '../../src/search/vector-space.ts';
import { museumEdition } from './museum.ts';

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
    courtesies: ['hello', '… thanks'],
    pointers: [],
    offTopic: ['a fish swims', 'my fish'],
  },
};

/** All but the digest. */
function learned(source: TrainingSource): Omit<Model, 'digest'> {
  const { digest: _, ...model } = trainModel(source);
  return model;
}

function steps(source: TrainingSource): number {
  const running = trainInSteps(source);
  for (let count = 0; ; count++) if (running.next().done) return count;
}

describe('a trained model', () => {
  const model = trainModel(SOURCE);
  const indexOf = (feature: string) => featureIndex(model.space, 0, feature);
  const weightsOf = (feature: string) => rowOf(model.pageWeights, indexOf(feature), 3);
  const topicalityOf = (feature: string) => model.topicality[indexOf(feature)] ?? 0;

  it('names the locale and the pages in their order, and keeps the word lists', () => {
    const { synonyms, abbreviations, phrases, courtesies } = SOURCE.search;
    expect(model.locale).toBe('en');
    expect(model.pages).toEqual(['a#dog', 'a#cat']);
    expect(model.wordLists).toEqual({ synonyms, abbreviations, phrases, courtesies });
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
    const size = model.space.hashes.length;
    expect(indexOf('@pet')).toBeGreaterThanOrEqual(0);
    expect(model.topicality).toHaveLength(size);
    expect(model.pageWeights.scales).toHaveLength(size);
    expect(weightsOf('dog')).toHaveLength(3);
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
    const topicality = ['appl', 'melon', 'grape'].map((feature) => one.topicality[featureIndex(one.space, 0, feature)]);
    // Each example has one word: target / (1 + 0.3 / weight).
    expect(topicality).toEqual([1 / 1.3, 1 / 1.6, -1 / 1.6].map((weight) => expect.closeTo(weight, 6)));
  });

  it('learns no courtesies, links or mentions from what a person would write', () => {
    const written = (text: string): TrainingSource => ({
      ...SOURCE,
      pages: pages({ name: 'a#dog', title: text, text: 'hello dog', questions: [text] }),
      search: { ...SOURCE.search, pointers: [{ id: 'zoo', questions: [text] }], offTopic: [text] },
    });
    const polite = written('Hello, see https://example.org <@123456789012345678>: my dog, thanks!');
    expect(learned(polite)).toEqual(learned(written('see my dog')));
    // In the text of a page they may be what it is about.
    expect(trainModel(polite).vocabulary.get('hello')).toBe(1);
  });

  it('learns the words of all clauses of a question as one example', () => {
    const asking = (question: string): TrainingSource => ({
      ...SOURCE,
      pages: pages({ name: 'a#dog', title: 'Dogs', text: 'A dog barks.', questions: [question] }),
    });
    expect(learned(asking('log out. my dog barks'))).toEqual(learned(asking('log out my dog barks')));
  });

  it('has a digest of all that it was trained on', () => {
    expect(model.digest).toBe(digestOf(structuredClone(SOURCE)));
    const [dog, cat] = [...SOURCE.pages.values()];
    const link = { kind: 'page' as const, label: 'My cat', page: 'a#cat', path: 'a.md', line: 1, column: 1 };
    const withButton = dog && cat ? [{ ...dog, links: [link] }, cat] : [];
    const changes: Partial<TrainingSource>[] = [
      { locale: 'de' },
      { pages: pages(...withButton) },
      { pages: pages({ name: 'a#dog', title: 'Dogs', text: 'A dog barks.', questions: [] }) },
      ...Object.entries({
        synonyms: new Map([['x', ['y']]]),
        abbreviations: new Map([['x', 'y']]),
        phrases: new Map([['x y', 'z']]),
        courtesies: ['x'],
        offTopic: ['x'],
        pointers: [{ id: 'x', questions: ['y'] }],
      }).map(([key, value]) => ({ search: { ...SOURCE.search, [key]: value } })),
    ];
    const digests = changes.map((change) => digestOf({ ...SOURCE, ...change }));
    expect(new Set([model.digest, ...digests]).size).toBe(changes.length + 1);
  });

  it('prefers a page with more examples, by the fourth root of their number', () => {
    const questions = (count: number) => Array.from({ length: count }, (_, i) => `my dog ${'x'.repeat(i)}`);
    const one = { name: 'a#one', title: 'Dogs', text: 'A dog barks.' };
    const source = {
      ...SOURCE,
      pages: pages({ ...one, questions: questions(1) }, { ...one, name: 'a#many', questions: questions(31) }),
    };
    const [few = 0, many = 0] = trainModel(source).priors;
    expect(many - few).toBeCloseTo(Math.log(2), 6);
    expect(many + few).toBeCloseTo(0, 6);
  });

  it('names its costly pages', () => {
    expect(model.costlyPages).toEqual(new Set());
    const all = [...SOURCE.pages.values()].map((page) => ({ ...page, costly: page.name === 'a#cat' }));
    expect(trainModel({ ...SOURCE, pages: pages(...all) }).costlyPages).toEqual(new Set(['a#cat']));
  });

  it('can be trained without pages and examples', () => {
    const empty = trainModel({ locale: 'tlh', pages: new Map(), search: NO_SEARCH_DATA });
    expect(empty).toMatchObject({ locale: 'tlh', pages: [] });
    expect(empty.topicality).toHaveLength(0);
  });
});

describe('training in steps', () => {
  it('pauses after building the space, and after and in each of six epochs of deciding on topic or not', () => {
    expect(steps(SOURCE)).toBe(8);
  });

  it('also pauses for each thousand examples in words, features and vectors, and for each 200 in ranking', () => {
    const examples = (count: number) =>
      steps({
        locale: 'en',
        pages: new Map(),
        search: { ...NO_SEARCH_DATA, offTopic: Array.from({ length: count }, () => 'fish') },
      });
    expect(examples(999)).toBe(8 + 19);
    expect(examples(1000)).toBe(8 + 3 + 20);
  });

  it('returns the same model as training without pauses', () => {
    const running = trainInSteps(SOURCE);
    let step = running.next();
    while (!step.done) step = running.next();
    expect(step.value).toEqual(trainModel(SOURCE));
  });
});

describe('the languages of an edition', () => {
  const edition = museumEdition();
  const { search } = edition;
  const spanish = search.languages.get('es') ?? expect.fail('no Spanish');

  it('are trained if they have questions, after its own', () => {
    expect(trainedLanguages(edition)).toEqual(['en', 'es']);
    expect(trainedLanguages({ ...edition, search: NO_SEARCH_DATA })).toEqual(['en']);
  });

  it('are trained on all pages, by their own questions and lists, without titles, texts and pointers', () => {
    const { locale, pages: all, search: lists } = trainingSource(edition, 'es');
    expect(locale).toBe('es');
    expect(lists).toMatchObject({ courtesies: spanish.courtesies, offTopic: spanish.offTopic, pointers: [] });
    expect([...all.keys()]).toEqual([...edition.pages.keys()]);
    expect(all.get('visit#dogs')).toEqual({
      name: 'visit#dogs',
      title: '',
      text: '',
      costly: false,
      questions: spanish.questions.get('visit#dogs'),
    });
    expect(all.get('visit#hours')).toMatchObject({ questions: [] });
    expect(all.get('ride#driving')).toMatchObject({ costly: true });
  });

  it("are trained on everything of the edition for the edition's own", () => {
    const source = trainingSource(edition, 'en');
    expect(trainModel(source)).toEqual(trainModel(edition));
    expect(digestOf(source)).toBe(digestOf(edition));
    expect(Object.keys(source.search)).not.toContain('languages');
  });

  it('are recognized by their examples, questions, off-topic questions and courtesies', () => {
    const texts = recognitionTexts(edition);
    expect([...texts.keys()]).toEqual(['en', 'es', 'de']);
    const questions = [...spanish.questions.values()].flat();
    expect(new Set(texts.get('es'))).toEqual(
      new Set([...spanish.examples, ...questions, ...spanish.offTopic, ...spanish.courtesies]),
    );
    expect(texts.get('de')).toEqual([...(search.languages.get('de')?.examples ?? []), 'danke']);
  });

  it("are recognized by everything of the edition for the edition's own", () => {
    const expected = [
      ...[...edition.pages.values()].flatMap(({ title, text, questions }) => [title, text, ...questions]),
      ...search.pointers.flatMap(({ questions }) => questions),
      ...search.offTopic,
      ...search.courtesies,
    ];
    expect(new Set(recognitionTexts(edition).get('en'))).toEqual(new Set(expected));
  });
});
