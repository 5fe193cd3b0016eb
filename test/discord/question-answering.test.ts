// From a question to topics: what is found, in which language, and what is missing when time runs out.
import { describe, expect, it } from 'vitest';
import { createQuestionAnswering, type QuestionResult } from '../../src/discord/question-answering.ts';
import type { Edition } from '../../src/guide/model.ts';
import type { LanguageSentences, UnderstoodLanguage } from '../../src/guide/search-data.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { type Topics, topicsOf } from '../../src/replies/topics.ts';
import { type LanguageModel, trainLanguages } from '../../src/search/language-detector.ts';
import { type Model, type TrainedSearch, trainingSource, trainModel } from '../../src/search/training.ts';
import { toEnd } from '../../src/slices.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { edition, front, LEVEL, rear, recordingLog, replyOf } from './parts.ts';
import { createGate, settle } from './rest-stub.ts';

const model = trainModel(edition);
const guides = topicsOf(edition, []);
const tides = replyOf('r:abcd1234', { title: 'Tide tables', text: 'High water is at noon.' });
const withTides = topicsOf(edition, [tides]);
const FRONT = 'front door stuck';
const EMPTY = 'is it the';

/** A search from another process. @param models by language */
function searchOf(
  models: Readonly<Record<string, Promise<Model | undefined>>>,
  recognition: Promise<LanguageModel | undefined> = Promise.resolve(undefined),
): TrainedSearch {
  return { recognition, models: new Map(Object.entries(models)) };
}
const never = () => new Promise<undefined>(() => undefined);

function open(more: object = {}) {
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  const asking = createQuestionAnswering({ log, clock: { ...clock, ...more } });
  const ask = (question: string, topics: Topics = guides, served: Edition = edition) =>
    asking.ask(question, served, topics);
  const trained = () => logged.filter(({ msg }) => msg === 'search trained').length;
  const prepare = (served: Edition = edition, given: Promise<Model | undefined> = Promise.resolve(model)) =>
    asking.prepare(served, searchOf({ [served.locale]: given }));
  return { asking, ask, prepare, clock, logged, trained };
}
function openPrepared(more: object = {}) {
  const opened = open(more);
  opened.prepare();
  return opened;
}
const ids = (found: QuestionResult) => ('topics' in found ? found.topics.map(({ topic }) => topic) : []);

describe('a question', () => {
  it('finds a page, and others that are less likely', async () => {
    const found = await openPrepared().ask(FRONT);
    expect(found.kind).toBe('sure');
    expect(ids(found)[0]).toBe(front.name);
    expect(new Set(ids(found)).size).toBe(3);
    expect('topics' in found && found.topics[0]).toBe(guides.find(front.name));
  });

  it('may find several pages', async () => {
    // It is too long for one answer.
    const found = await openPrepared().ask(Array(13).fill('door').join(' '));
    expect(found.kind).toBe('unsure');
    expect(ids(found)).toHaveLength(3);
  });

  it('may find nothing', async () => {
    expect(await openPrepared().ask(EMPTY)).toEqual({
      kind: 'declined',
      isOtherLanguage: false,
      language: 'en',
    });
  });

  it('may be in another language', async () => {
    const found = await openPrepared().ask('vas dort hinten zzgl bitte');
    expect(found).toEqual({ kind: 'declined', isOtherLanguage: true });
  });

  it('that names a reply of the server finds it first', async () => {
    const found = await openPrepared().ask('tide tables', withTides);
    expect(found.kind).toBe('sure');
    expect(ids(found)[0]).toBe(tides.topic);
    expect(ids(await openPrepared().ask('tide tables'))).not.toContain(tides.topic);
  });

  it('finds a page once that the server has replaced', async () => {
    const own = topicsOf(edition, [replyOf(front.name, { title: FRONT })]);
    const found = await openPrepared().ask(FRONT, own);
    expect(found.kind).toBe('sure');
    expect(ids(found)[0]).toBe(front.name);
    expect(new Set(ids(found)).size).toBe(ids(found).length);
  });

  it('does not find a page that is not a topic', async () => {
    const none = topicsOf({ ...edition, guides: [], pages: new Map() }, []);
    expect(await openPrepared().ask(FRONT, none)).toMatchObject({ kind: 'declined', isOtherLanguage: false });
  });
});

describe('the search', () => {
  it('comes from another process, or is trained here', async () => {
    const other = trainModel({ ...edition, pages: new Map([[rear.name, rear]]) });
    const given = open();
    given.prepare(edition, Promise.resolve(other));
    expect(ids(await given.ask(FRONT))).not.toContain(front.name);
    const own = open();
    own.prepare(edition, Promise.resolve(undefined));
    expect(ids(await own.ask(FRONT))[0]).toBe(front.name);
    const unprepared = open();
    expect(ids(await unprepared.ask(FRONT))[0]).toBe(front.name);
    expect(unprepared.logged).toMatchObject([{ level: LEVEL.debug, ms: 0, msg: 'search trained' }]);
  });

  it('is waited for 1.5 seconds', async () => {
    const { ask, prepare, clock } = open();
    prepare(edition, never());
    let found: QuestionResult | undefined;
    void ask(FRONT).then((result) => {
      found = result;
    });
    await clock.advance(1499);
    await settle();
    expect(found).toBeUndefined();
    await clock.advance(1);
    await settle();
    expect(found).toEqual({ kind: 'busy' });
  });

  it('is prepared once for an edition, and again when the edition changes', async () => {
    const { ask, prepare, trained } = openPrepared();
    await ask(FRONT);
    prepare();
    await ask(FRONT);
    expect(trained()).toBe(1);
    const changed = { ...edition };
    prepare(changed);
    await ask(FRONT, guides, changed);
    expect(trained()).toBe(2);
    const french = { ...edition, locale: 'fr' };
    prepare(french);
    await ask(FRONT, guides, french);
    await ask(FRONT, guides, changed);
    expect(trained()).toBe(3);
  });

  it('answers from the pages that are served now', async () => {
    const { ask } = openPrepared();
    const page = { ...rear, questions: ['may i keep a parrot', 'are parrots allowed', 'my parrot talks'] };
    const changed = { ...edition, pages: new Map(edition.pages).set(rear.name, page) };
    expect(ids(await ask('may i keep a parrot'))[0]).not.toBe(rear.name);
    expect(ids(await ask('may i keep a parrot', topicsOf(changed, []), changed))[0]).toBe(rear.name);
  });

  it('is trained again at the next question after it failed', async () => {
    let failures = 1;
    const failing = {
      ...front,
      get title() {
        if (failures-- > 0) throw new Error('no memory');
        return front.title;
      },
    };
    const served = { ...edition, pages: new Map(edition.pages).set(front.name, failing) };
    const { ask, prepare, logged } = open();
    prepare(served, Promise.resolve(undefined));
    await expect(ask(FRONT, guides, served)).rejects.toThrow('no memory');
    expect(logged).toMatchObject([{ level: LEVEL.error, language: 'en', msg: 'search training failed' }]);
    expect((await ask(FRONT, guides, served)).kind).toBe('sure');
  });

  it('stays when that of an earlier edition fails', async () => {
    const { ask, prepare, trained } = open();
    const failing = createGate();
    prepare(
      { ...edition },
      failing.opened.then(() => Promise.reject(new Error('the worker ended'))),
    );
    prepare();
    failing.open();
    await settle();
    await ask(FRONT);
    expect(trained()).toBe(1);
  });
});

describe('while the search of a new edition is trained', () => {
  const changed = { ...edition };
  const rearModel = trainModel({ ...edition, pages: new Map([[rear.name, rear]]) });
  /** The answer after the wait for the new search. */
  const answered = async ({ ask, clock }: ReturnType<typeof open>, served: Edition) => {
    const asking = ask(FRONT, guides, served);
    await clock.advance(1500);
    return ids(await asking)[0];
  };

  it('that of the edition before answers', async () => {
    const opened = openPrepared();
    const gate = createGate();
    opened.prepare(
      changed,
      gate.opened.then(() => rearModel),
    );
    expect(await answered(opened, changed)).toBe(front.name);
    gate.open();
    await settle();
    expect((await opened.ask(FRONT, guides, changed)).kind).toBe('declined');
  });

  it('that of another language does not answer', async () => {
    const opened = openPrepared();
    const french = { ...edition, locale: 'fr' };
    opened.prepare(french, never());
    expect(await answered(opened, french)).toBeUndefined();
  });
});

describe('a question in a language without guides', () => {
  const sentencesIn = (name: string): LanguageSentences => {
    return { name, answered: `${name}: answered`, declined: `${name}: declined`, courtesy: `${name}: welcome` };
  };
  const numbered = (about: string) => ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis'].map((n) => `${about} ${n}`);
  const [spanish, french] = [sentencesIn('Español'), sentencesIn('Français')];
  const understood: UnderstoodLanguage = {
    ...edition.search,
    courtesies: ['muchas gracias', 'buenos días'],
    offTopic: ['receta de paella con mariscos', ...numbered('receta de paella')],
    sentences: spanish,
    examples: [],
    questions: new Map([
      [front.name, ['la puerta principal está atascada', ...numbered('la puerta principal')]],
      [rear.name, ['la puerta trasera', ...numbered('la puerta trasera')]],
    ]),
  };
  const recognized: UnderstoodLanguage = {
    ...understood,
    courtesies: ['merci beaucoup'],
    offTopic: [],
    sentences: french,
    examples: ['la porte d’entrée est coincée', 'où est la clé de la maison', 'je ne trouve pas le gardien'],
    questions: new Map(),
  };
  const search = {
    ...edition.search,
    courtesies: ['many thanks'],
    languages: new Map([
      ['es', understood],
      ['fr', recognized],
    ]),
  };
  const served: Edition = { ...edition, search };
  const [SPANISH, FRENCH] = ['la puerta principal está atascada', 'où est la clé de la maison'];
  const spanishModel = trainModel(trainingSource(served, 'es'));
  const inLanguages = (given?: TrainedSearch, more: object = {}) => {
    const opened = open(more);
    opened.asking.prepare(served, given);
    return { ...opened, ask: (question: string, topics = guides) => opened.ask(question, topics, served) };
  };
  const { ask } = inLanguages();

  it('finds the page of an example in that language, and has its sentences', async () => {
    const found = await ask(SPANISH);
    expect(found).toMatchObject({ kind: 'sure', sentences: spanish });
    expect(ids(found)[0]).toBe(front.name);
  });

  it('is another one than a question in the guides’ own language, which has no sentences', async () => {
    const found = await ask(FRONT);
    expect(ids(found)[0]).toBe(front.name);
    expect(found).not.toHaveProperty('sentences');
  });

  it('that no page answers is declined with its sentences', async () => {
    const declined = { kind: 'declined', isOtherLanguage: false, language: 'es', sentences: spanish };
    expect(await ask('receta de paella con mariscos')).toEqual(declined);
  });

  it('that is recognized and not understood is declined as one that could not be read', async () => {
    const declined = { kind: 'declined', isOtherLanguage: true, language: 'fr', sentences: french };
    expect(await ask(FRENCH)).toEqual(declined);
    // It has too few words to see that they are not the guides' own.
    expect(await ask('gardien maison')).toEqual(declined);
  });

  it('that only thanks is not a question', async () => {
    expect(await ask('many thanks!')).toEqual({ kind: 'courtesy', language: 'en' });
    expect(await ask('muchas gracias')).toEqual({ kind: 'courtesy', language: 'es', sentences: spanish });
  });

  it('finds a reply of the server that it names', async () => {
    const policy = replyOf('r:puerta01', { title: 'La puerta del puerto', text: 'Cerrada.' });
    const found = await ask('la puerta del puerto', topicsOf(edition, [policy]));
    expect(found).toMatchObject({ kind: 'sure', sentences: spanish });
    expect(ids(found)[0]).toBe(policy.topic);
  });

  it('has no sentences if the language has none', async () => {
    const { sentences: _, ...silent } = understood;
    const quiet = { ...served, search: { ...search, languages: new Map([['es', silent]]) } };
    const found = await open().ask(SPANISH, guides, quiet);
    expect(ids(found)[0]).toBe(front.name);
    expect(found).not.toHaveProperty('sentences');
  });

  it('is recognized and answered by what another process has trained', async () => {
    const always = toEnd(trainLanguages(new Map([['es', [SPANISH]]])));
    const onlyRear = trainModel({
      ...trainingSource(served, 'es'),
      pages: new Map([[rear.name, { ...rear, title: '', text: '', questions: [SPANISH] }]]),
    });
    const models = { en: Promise.resolve(model), es: Promise.resolve(onlyRear) };
    const given = inLanguages(searchOf(models, Promise.resolve(always)));
    expect(ids(await given.ask(SPANISH))).toEqual([rear.name]);
    expect(await given.ask('which door')).toMatchObject({ sentences: spanish });
  });

  it('is trained here when somebody first asks in it, if the other process failed', async () => {
    const failed = { en: Promise.resolve(model), es: Promise.resolve(undefined) };
    const { ask, logged } = inLanguages(searchOf(failed));
    await ask(FRONT);
    const trained = () => logged.filter(({ msg }) => msg === 'search trained').map(({ language }) => language);
    expect(trained()).toEqual(['en']);
    expect(ids(await ask(SPANISH))[0]).toBe(front.name);
    await ask(SPANISH);
    expect(trained()).toEqual(['en', 'es']);
  });

  it.each<[string, TrainedSearch, QuestionResult['kind']]>([
    ['its search', searchOf({ en: Promise.resolve(model), es: never() }), 'busy'],
    [
      'recognition, and is then taken as one in the guides’ own language',
      searchOf({ en: Promise.resolve(model), es: Promise.resolve(spanishModel) }, never()),
      'declined',
    ],
  ])('waits 1.5 seconds for %s', async (_, given, kind) => {
    const { ask, clock } = inLanguages(given);
    let found: QuestionResult | undefined;
    void ask(SPANISH).then((result) => {
      found = result;
    });
    await settle();
    await clock.advance(1499);
    await settle();
    expect(found).toBeUndefined();
    await clock.advance(1);
    await settle();
    expect(found?.kind).toBe(kind);
    expect(found).not.toHaveProperty('sentences');
  });
});

describe('the replies of a server', () => {
  /** A reply whose text does something first. */
  const reading = (topic: string, read: () => void): Reply => ({
    ...tides,
    topic,
    get text() {
      read();
      return tides.text;
    },
  });

  it('are indexed once', async () => {
    let reads = 0;
    const topics = topicsOf(edition, [
      reading(tides.topic, () => {
        reads += 1;
      }),
    ]);
    const { ask } = openPrepared();
    await ask('tide tables', topics);
    const once = reads;
    expect(once).toBeGreaterThan(0);
    expect(ids(await ask('tide tables', topics))[0]).toBe(tides.topic);
    expect(reads).toBe(once);
  });

  it('are left out if they cannot be indexed, and indexed at the next question', async () => {
    let failures = 1;
    const topics = topicsOf(edition, [
      reading(tides.topic, () => {
        if (failures-- > 0) throw new Error('no memory');
      }),
    ]);
    const { ask, logged } = openPrepared();
    expect(ids(await ask('tide tables', topics))).not.toContain(tides.topic);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.error, msg: 'indexing replies failed' });
    expect(ids(await ask('tide tables', topics))[0]).toBe(tides.topic);
  });

  it('are left out if that takes longer than 300 ms, and found later', async () => {
    /** Longer than a slice, so that indexing yields. */
    const burn = () => {
      for (const end = performance.now() + 11; performance.now() < end; );
    };
    const slow = ['r:aaaaaaaa', 'r:bbbbbbbb', tides.topic].map((topic) => reading(topic, burn));
    const timeouts: number[] = [];
    const after = (ms: number, act: () => void) => {
      timeouts.push(ms);
      // The time is over before the second slice.
      if (ms === 300) setImmediate(act);
      return () => undefined;
    };
    const { ask } = openPrepared({ after });
    const topics = topicsOf(edition, slow);
    const found = await ask('tide tables', topics);
    expect(timeouts).toEqual([1500, 300]);
    expect(ids(found)).not.toContain(tides.topic);
    await settle();
    expect(ids(await ask('tide tables', topics))).toContain(tides.topic);
  });
});
