// Answering questions from a trained model.
import { setImmediate as immediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { Answerer, createAnswerer, prepareAnswerer } from '../../src/search/answerer.ts';
import { DEFAULT_THRESHOLDS } from '../../src/search/thresholds.ts';
import { type Model, trainModel } from '../../src/search/training.ts';
import type { PageLike } from '../../src/search/training-examples.ts';
import { museum } from './museum.ts';

/** Two pages, and two features: the words "robin" and "falcon". */
const MODEL: Model = {
  locale: 'en-GB',
  wordLists: { ...NO_SEARCH_DATA, abbreviations: new Map([['bird', 'falcon']]) },
  pages: ['a#falcon', 'a#robin'],
  pointers: [],
  vocabulary: new Map([
    ['robin', 1],
    ['falcon', 1],
  ]),
  space: {
    indices: [
      new Map([
        ['robin', 0],
        ['falcon', 1],
      ]),
      new Map(),
      new Map(),
      new Map(),
    ],
    idf: new Float32Array([1, 1]),
    unknownIdf: 1,
  },
  // Rows: for each page and "off topic".
  pageWeights: { values: new Int8Array([1, 4, 1, 3, 0, 0]), scales: new Float32Array([0.5, 1]) },
  topicality: new Float32Array([0.75, -0.25]),
};
const THRESHOLDS = { confidence: 0.5, sureConfidence: 0.6, sureMargin: 0.5, sureMaxWords: 3 };
const tiny = new Answerer(MODEL, THRESHOLDS);
const sigmoid = (difference: number) => 1 / (1 + Math.exp(-difference));

const trained = createAnswerer(museum());
const withoutData = createAnswerer(museum('en', NO_SEARCH_DATA));

function offered(answerer: Answerer, text: string): string[] {
  const verdict = answerer.ask(text);
  if (verdict.kind === 'declined' || verdict.kind === 'pointer') return [];
  const candidates = verdict.kind === 'sure' ? [verdict.page, ...verdict.others] : verdict.pages;
  return candidates.map(({ page }) => page);
}

describe('a ranking', () => {
  it('has all pages, best first, with their probabilities among pages only', () => {
    const { candidates, margin } = tiny.rank('robin');
    // The scores of "robin": 0.5 for falcons, 2 for robins.
    const [first = 0, second = 0] = [sigmoid(1.5), sigmoid(-1.5)];
    expect(candidates.map(({ page }) => page)).toEqual(['a#robin', 'a#falcon']);
    expect(candidates[0]?.score).toBeCloseTo(first, 6);
    expect(candidates[1]?.score).toBeCloseTo(second, 6);
    expect(margin).toBeCloseTo(first - second, 6);
    expect(tiny.rank('falcon').candidates[0]).toMatchObject({ page: 'a#falcon' });
  });

  it('estimates how certain it is that a question is on topic', () => {
    expect(tiny.rank('robin').confidence).toBeCloseTo(0.75, 6);
    expect(tiny.rank('falcon').confidence).toBeCloseTo(-0.25, 6);
    expect(tiny.rank('').confidence).toBe(0);
  });

  it('counts the words without stop words', () => {
    expect(tiny.rank('the robin and the owl').wordCount).toBe(2);
    expect(tiny.rank('what is this').wordCount).toBe(0);
  });

  it('reads misspelled words, abbreviations, and the question between links and mentions', () => {
    expect(tiny.rank('robbin')).toEqual(tiny.rank('robin'));
    expect(tiny.rank('BIRD')).toEqual(tiny.rank('falcon'));
    expect(tiny.rank('<@123456789012345678> https://example.org/falcon ro\u200bbin')).toEqual(tiny.rank('robin'));
    expect(tiny.rank('https://example.org/robin').wordCount).toBe(0);
  });

  it('takes a question for another language if most of at least three words are unknown', () => {
    const languageOf = (text: string) => tiny.rank(text).language;
    expect(languageOf('rotkehlchen singen')).toBe('en-GB');
    expect(languageOf('robin singt heute')).toBe('other');
    expect(languageOf('robin falcon heute')).toBe('en-GB');
    expect(languageOf('robin falcon singen heute')).toBe('en-GB');
    expect(languageOf('robin falcon singen heute morgen')).toBe('other');
    expect(languageOf('the singing of robin owls')).toBe('en-GB');
    expect(languageOf('https://example.org/a/b/c/d <@1> robin')).toBe('en-GB');
  });

  it('has a margin for one page or none', () => {
    const one: Model = {
      ...MODEL,
      pages: ['a#falcon'],
      pageWeights: { values: new Int8Array([1, 4, 3, 0]), scales: new Float32Array([1, 1]) },
    };
    expect(new Answerer(one).rank('robin')).toMatchObject({
      candidates: [{ page: 'a#falcon' }],
      margin: expect.closeTo(1, 9),
    });
    const empty = createAnswerer({ ...museum(), pages: new Map() });
    expect(empty.rank('can i bring my dog')).toMatchObject({ candidates: [], margin: 0 });
    expect(empty.ask('can i bring my dog').kind).toBe('declined');
  });
});

describe('an answer', () => {
  it('is decided by the thresholds', () => {
    expect(tiny.thresholds).toBe(THRESHOLDS);
    expect(tiny.ask('robin')).toMatchObject({ kind: 'sure', page: { page: 'a#robin' } });
    expect(tiny.ask('falcon').kind).toBe('declined');
    expect(new Answerer(MODEL, { ...THRESHOLDS, confidence: 0.8 }).ask('robin').kind).toBe('declined');
    expect(new Answerer(MODEL, { ...THRESHOLDS, sureConfidence: 0.8 }).ask('robin').kind).toBe('unsure');
  });

  it('is decided by the default thresholds if there are no others', () => {
    expect(trained.thresholds).toBe(DEFAULT_THRESHOLDS);
    expect(createAnswerer({ ...museum(), pages: new Map() }, THRESHOLDS).thresholds).toBe(THRESHOLDS);
  });

  it('is explained by the features that support a page more than the average, strongest first', () => {
    // "robin falcon" has a third feature, which is unknown.
    const third = Math.sqrt(1 / 3);
    expect(tiny.explain('robin', 'a#robin', 5)).toEqual([{ feature: 'robin', weight: 1 }]);
    expect(tiny.explain('robin', 'a#falcon', 5)).toEqual([{ feature: 'robin', weight: -0.5 }]);
    const [first, second] = tiny.explain('robin falcon', 'a#falcon', 5);
    expect(first).toEqual({ feature: 'falcon', weight: expect.closeTo(2 * third, 6) });
    expect(second).toEqual({ feature: 'robin', weight: expect.closeTo(-0.5 * third, 6) });
    expect(tiny.explain('robin falcon', 'a#falcon', 1)).toHaveLength(1);
    expect(tiny.explain('owl', 'a#falcon', 5)).toEqual([]);
  });
});

describe('an answerer for a small guide', () => {
  it.each([
    ['how expensive are tickets for students', 'visit#tickets'],
    ['what are your opening hours on sunday', 'visit#hours'],
    ['can my dog ride on the tram', 'visit#dogs'],
    ['i would like to drive an old tram', 'ride#driving'],
    ['is there a ramp for my wheelchair', 'ride#wheelchair'],
    ['how do i join the volunteers in the workshop', 'help#volunteer'],
  ])('answers "%s"', (text, page) => {
    expect(trained.rank(text).candidates[0]?.page).toBe(page);
    expect(offered(trained, text)[0]).toBe(page);
  });

  it.each([
    'how do i close my bank account',
    'my phone was hacked',
    'what is the weather like in manila',
    'hello, how are you today',
    'who is the president',
    'qwertz uiop asdf',
  ])('declines "%s"', (text) => {
    expect(trained.ask(text).kind).toBe('declined');
  });

  it.each([
    '',
    ' ',
    '???',
    '😀😀😀',
    '1234567890',
    '<@123456789012345678>',
    'https://example.org/tram',
    '\u200b\u202e',
    'x'.repeat(100_000),
    '<@1'.repeat(20_000),
    '\ud800'.repeat(5000),
    'constructor __proto__ toString hasOwnProperty valueOf',
  ])('declines what has no words of its guide', (text) => {
    expect(['declined', 'pointer']).toContain(trained.ask(text).kind);
  });

  it.each([
    ['a synonym', 'is a poodle welcome', 'visit#dogs'],
    ['an abbreviation', 'tix online pls', 'visit#tickets'],
    ['a phrase', 'push chair on the tram', 'ride#wheelchair'],
    ['a word of another language', 'perro on the tram', 'visit#dogs'],
  ])('understands %s from its own search data', (_, text, page) => {
    expect(offered(trained, text)).toContain(page);
    const scoreIn = (one: Answerer) => one.rank(text).candidates.find((candidate) => candidate.page === page)?.score;
    expect(scoreIn(trained)).toBeGreaterThan(scoreIn(withoutData) ?? 1);
  });

  it('works without search data', () => {
    expect(offered(withoutData, 'where can i buy tickets online')[0]).toBe('visit#tickets');
    expect(withoutData.ask('мой аккаунт заблокирован').kind).toBe('declined');
  });

  it('finds a page that was added', () => {
    const page: PageLike = {
      name: 'a#parrots',
      title: 'Parrots',
      text: 'About parrots.',
      questions: ['may i keep a parrot'],
    };
    const { locale, search, pages } = museum();
    const changed = createAnswerer({ locale, search, pages: new Map([...pages, [page.name, page]]) });
    expect(changed.ask('can i have parrots')).toMatchObject({ kind: 'sure', page: { page: 'a#parrots' } });
  });
});

describe('training', () => {
  const QUESTIONS = ['can i bring my dog', 'do kids pay?', 'nonsense'];

  it('gives the same answers each time, in one go and in steps', async () => {
    const prepared = await prepareAnswerer(museum(), THRESHOLDS);
    expect(prepared.thresholds).toBe(THRESHOLDS);
    for (const text of QUESTIONS) expect(prepared.rank(text)).toEqual(trained.rank(text));
  });

  it('gives the same answers from a model that was trained in another process', () => {
    const moved = new Answerer(deserialize(serialize(trainModel(museum()))));
    for (const text of QUESTIONS) {
      expect(moved.ask(text)).toEqual(trained.ask(text));
      expect(moved.explain(text, 'visit#dogs', 3)).toEqual(trained.explain(text, 'visit#dogs', 3));
    }
  });

  it('lets other work run between its steps', async () => {
    let turns = 0;
    let isRunning = true;
    const other = (async () => {
      for (; isRunning; turns++) await immediate();
    })();
    await prepareAnswerer({ ...museum(), pages: new Map() });
    isRunning = false;
    await other;
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  it('chooses the rules of the language by the locale', () => {
    expect(tiny.analyzer.contentStems('The dogs were barking')).toEqual(['dog', 'bark']);
    const neutral = new Answerer({ ...MODEL, locale: 'tlh' });
    expect(neutral.analyzer.contentStems('The dogs were')).toEqual(['the', 'dogs', 'were']);
    expect(neutral.rank('robin').language).toBe('tlh');
  });
});
