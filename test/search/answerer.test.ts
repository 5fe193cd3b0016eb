// Answering questions from a trained model.
import { setImmediate as immediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { Answerer, createAnswerer } from '../../src/search/answerer.ts';
import { wordCounts } from '../../src/search/spelling.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../src/search/thresholds.ts';
import { type Model, trainInSteps, trainModel } from '../../src/search/training.ts';
import type { PageLike } from '../../src/search/training-examples.ts';
import { featureIndex, VectorSpaceBuilder } from '../../src/search/vector-space.ts';
import { runInSlices } from '../../src/slices.ts';
import { museum } from './museum.ts';

const builder = new VectorSpaceBuilder();
for (const word of ['robin', 'falcon']) builder.add([[word]]);
/** Two features, which weigh the same: the words "robin" and "falcon". */
const SPACE = {
  ...builder.build(),
  idf: new Float32Array([1, 1]),
  unknownIdf: 1,
};
/** What a word says: a weight for each page and for "off topic", and how much it is on topic. */
interface Word {
  readonly weights: readonly number[];
  readonly scale: number;
  readonly topicality: number;
}
const ROBIN: Word = { weights: [1, 4, 1], scale: 0.5, topicality: 0.75 };
const FALCON: Word = { weights: [3, 0, 0], scale: 1, topicality: -0.25 };

function modelOf(pages: readonly string[], robin: Word, falcon: Word): Model {
  const rows = featureIndex(SPACE, 0, 'robin') === 0 ? [robin, falcon] : [falcon, robin];
  return {
    locale: 'en-GB',
    digest: '',
    wordLists: { ...NO_SEARCH_DATA, abbreviations: new Map([['bird', 'falcon']]) },
    pages,
    costlyPages: new Set(['a#falcon']),
    pointers: [],
    vocabulary: wordCounts(['robin', 'falcon']),
    space: SPACE,
    pageWeights: {
      starts: Uint32Array.of(0, 3, 6),
      columns: Uint8Array.of(0, 1, 2, 0, 1, 2),
      values: Int8Array.from(rows.flatMap(({ weights }) => weights)),
      scales: Float32Array.from(rows, ({ scale }) => scale),
    },
    priors: new Float32Array(pages.length),
    topicality: Float32Array.from(rows, ({ topicality }) => topicality),
  };
}
const MODEL = modelOf(['a#falcon', 'a#robin'], ROBIN, FALCON);
const THRESHOLDS: Thresholds = {
  confidence: 0.5,
  sure: { confidence: 0.6, margin: 0.5 },
  costly: { confidence: 0.8, margin: 0.5 },
  sureMaxWords: 3,
};
const tiny = new Answerer(MODEL, THRESHOLDS);
const sigmoid = (difference: number) => 1 / (1 + Math.exp(-difference));

it('adds the prior of a page to its score', () => {
  const scoresWith = (...priors: number[]) => {
    const { candidates } = new Answerer({ ...MODEL, priors: Float32Array.from(priors) }, THRESHOLDS).rank(
      'falcon robin',
    );
    return new Map(candidates.map(({ page, score }) => [page, score]));
  };
  const odds = (scores: Map<string, number>) => Math.log((scores.get('a#robin') ?? 0) / (scores.get('a#falcon') ?? 0));
  expect(odds(scoresWith(-0.5, 1)) - odds(scoresWith(0, 0))).toBeCloseTo(1.5, 5);
});

const trained = createAnswerer(museum());
const withoutData = createAnswerer(museum('en', NO_SEARCH_DATA));

function offered(answerer: Answerer, text: string): string[] {
  const verdict = answerer.ask(text);
  const candidates =
    verdict.kind === 'sure' ? [verdict.page, ...verdict.others] : verdict.kind === 'unsure' ? verdict.pages : [];
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
    const one = modelOf(['a#falcon'], { ...ROBIN, weights: [1, 4] }, { ...FALCON, weights: [3, 0] });
    expect(new Answerer(one).rank('robin')).toMatchObject({
      candidates: [{ page: 'a#falcon' }],
      margin: expect.closeTo(1, 9),
    });
    const empty = createAnswerer({ ...museum(), pages: new Map() });
    expect(empty.rank('can i bring my dog')).toMatchObject({ candidates: [], margin: 0 });
    expect(empty.ask('can i bring my dog').kind).toBe('declined');
  });
});

describe('a question in several sentences', () => {
  const [robins, falcons] = ['robin robin robin', 'falcon falcon falcon'];
  const owls = (count: number) => 'owl '.repeat(count);
  /** Nothing is off topic, so a score is a probability. @param topicality of "falcon" */
  const birds = (topicality: number) => {
    const robin = { weights: [0, 2, -100], scale: 1, topicality: 0.75 };
    const falcon = { weights: [3, 0, -100], scale: 1, topicality };
    return new Answerer(modelOf(MODEL.pages, robin, falcon), THRESHOLDS);
  };
  const numbersIn = (answerer: Answerer) => (text: string) => {
    const { candidates, confidence } = answerer.rank(text);
    return { confidence, robin: candidates.find(({ page }) => page === 'a#robin')?.score ?? 0 };
  };

  it('is ranked as a whole, and for three tenths by its parts, if it has twelve words without stop words', () => {
    const numbers = numbersIn(birds(0.5));
    const [robin, falcon] = [numbers(robins), numbers(falcons)];
    const whole = numbers(`${robins} ${falcons} ${owls(6)}`);
    // A part counts by the square of its confidence.
    const [one, other] = [robin.confidence ** 2, falcon.confidence ** 2];
    const ofParts = (one * robin.robin + other * falcon.robin) / (one + other);
    expect(numbers(`${robins}. ${falcons}. ${owls(6)}`)).toEqual({
      confidence: expect.closeTo(0.7 * whole.confidence + 0.3 * robin.confidence, 9),
      robin: expect.closeTo(0.7 * whole.robin + 0.3 * ofParts, 6),
    });
  });

  it('does not depend on its parts that are off topic', () => {
    const numbers = numbersIn(birds(-0.75));
    const robin = numbers(robins);
    const whole = numbers(`${falcons} ${robins} ${owls(6)}`);
    expect(numbers(`${falcons}. ${robins}. ${owls(6)}`)).toEqual({
      confidence: expect.closeTo(0.7 * whole.confidence + 0.3 * robin.confidence, 9),
      robin: expect.closeTo(0.7 * whole.robin + 0.3 * robin.robin, 6),
    });
  });

  it('is ranked as a whole if it is shorter, or if no part is on topic', () => {
    const numbers = numbersIn(birds(-0.75));
    expect(numbers(`${robins}. the ${owls(8)}`)).toEqual(numbers(`${robins} the ${owls(8)}`));
    expect(numbers(`${falcons}. the ${owls(9)}`)).toEqual(numbers(`${falcons} the ${owls(9)}`));
  });

  it('is found in a long story', () => {
    const story = (end: string) =>
      `my old sister moved from spain last summer${end} are dogs allowed on the tram${end} she loves cooking fish`;
    expect(trained.rank(story('.')).confidence).toBeGreaterThan(trained.rank(story(' ')).confidence);
    expect(trained.rank(story('\n')).confidence).toBe(trained.rank(story('.')).confidence);
    expect(trained.rank(story('.')).candidates[0]).toMatchObject({ page: 'visit#dogs' });
  });
});

describe('two questions in one', () => {
  const DOGS = 'are dogs allowed on the tram';
  const TICKETS = 'where can students buy cheap tickets';

  it('are found in the parts that would be answered with certainty, in their order', () => {
    expect(trained.rank(`${DOGS}? ${TICKETS}?`).questions).toEqual(['visit#dogs', 'visit#tickets']);
    expect(trained.rank(`${TICKETS}\n${DOGS}`).questions).toEqual(['visit#tickets', 'visit#dogs']);
  });

  it('get both pages to choose from', () => {
    const verdict = trained.ask(`${TICKETS}? ${DOGS}?`);
    expect(verdict.kind).toBe('unsure');
    expect(offered(trained, `${TICKETS}? ${DOGS}?`).slice(0, 2).sort()).toEqual(['visit#dogs', 'visit#tickets']);
  });

  it.each([
    ['there is one part', DOGS, []],
    ['one part is off topic', `${DOGS}? recommend me a restaurant tonight`, ['visit#dogs']],
    ['they are not separated', `${DOGS} ${TICKETS}`, []],
  ])('are not found if %s', (_, text, questions) => {
    expect(trained.rank(text).questions).toEqual(questions);
  });

  it('are not found if both would be answered with the same page', () => {
    for (const text of [DOGS, 'are animals allowed in the museum'])
      expect(trained.ask(text)).toMatchObject({ kind: 'sure', page: { page: 'visit#dogs' } });
    expect(trained.rank(`${DOGS}? are animals allowed in the museum?`).questions).toEqual(['visit#dogs']);
  });

  it('are not found in parts that are less certain than the thresholds say', () => {
    const strict = (sure: Thresholds['sure']) => createAnswerer(museum(), { ...DEFAULT_THRESHOLDS, sure });
    const questions = (answerer: Answerer) => answerer.rank(`${DOGS}? ${TICKETS}?`).questions;
    expect(questions(strict({ confidence: 2, margin: 0 }))).toEqual([]);
    expect(questions(strict({ confidence: 0, margin: 1.1 }))).toEqual([]);
  });
});

describe('a courtesy', () => {
  it.each(['hello', 'Thanks!', 'hello everyone, thanks', 'bro... good morning', 'heeello', '🙏', '???'])(
    'is all of "%s"',
    (text) => {
      expect(trained.rank(text)).toMatchObject({ isCourtesy: true, wordCount: 0 });
      expect(trained.ask(text).kind).toBe('courtesy');
    },
  );

  it.each(['', ' \n', 'https://example.org', '<@123456789012345678>', 'hello dogs', 'say hello to the driver', '5'])(
    'is not "%s"',
    (text) => {
      expect(trained.rank(text).isCourtesy).toBe(false);
      expect(trained.ask(text).kind).not.toBe('courtesy');
    },
  );

  it('changes nothing beside a question', () => {
    expect(trained.rank('Hello everyone, can i bring my dog my friends? Thanks')).toEqual(
      trained.rank('can i bring my dog'),
    );
    expect(trained.explain('hello: dog, thanks', 'visit#dogs', 3)).toEqual(trained.explain('dog', 'visit#dogs', 3));
  });
});

describe('an answer', () => {
  it('needs more certainty if its page is costly', () => {
    const bothOnTopic = modelOf(MODEL.pages, ROBIN, { ...FALCON, topicality: 0.75 });
    const answerer = new Answerer(bothOnTopic, THRESHOLDS);
    expect(answerer.rank('robin')).toMatchObject({ isCostly: false, confidence: expect.closeTo(0.75, 6) });
    expect(answerer.rank('falcon')).toMatchObject({ isCostly: true, confidence: expect.closeTo(0.75, 6) });
    expect(answerer.ask('robin').kind).toBe('sure');
    expect(answerer.ask('falcon').kind).toBe('unsure');
  });

  it('is decided by the thresholds', () => {
    expect(tiny.thresholds).toBe(THRESHOLDS);
    expect(tiny.ask('robin')).toMatchObject({ kind: 'sure', page: { page: 'a#robin' } });
    expect(tiny.ask('falcon').kind).toBe('declined');
    expect(new Answerer(MODEL, { ...THRESHOLDS, confidence: 0.8 }).ask('robin').kind).toBe('declined');
    expect(new Answerer(MODEL, { ...THRESHOLDS, sure: { confidence: 0.8, margin: 0.5 } }).ask('robin').kind).toBe(
      'unsure',
    );
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
    '1234567890',
    '<@123456789012345678>',
    'https://example.org/tram',
    '\u200b\u202e',
    'x'.repeat(100_000),
    '<@1'.repeat(20_000),
    'constructor __proto__ toString hasOwnProperty valueOf',
  ])('declines what has no words of its guide', (text) => {
    expect(['declined', 'pointer']).toContain(trained.ask(text).kind);
  });

  it.each(['?'.repeat(50_000), '😀😀😀', '\ud800'.repeat(5000)])('takes what has no words for a courtesy', (text) => {
    expect(trained.ask(text).kind).toBe('courtesy');
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
    const prepared = new Answerer(await runInSlices(trainInSteps(museum())));
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
    await runInSlices(trainInSteps({ ...museum(), pages: new Map() }));
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
