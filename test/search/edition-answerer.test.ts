// Answering questions in every language that an edition understands.
import { describe, expect, it } from 'vitest';
import { createAnswerer } from '../../src/search/answerer.ts';
import { EditionAnswerer } from '../../src/search/edition-answerer.ts';
import { trainLanguages } from '../../src/search/language-detector.ts';
import { DEFAULT_THRESHOLDS, UNDERSTOOD_THRESHOLDS } from '../../src/search/thresholds.ts';
import { recognitionTexts, trainingSource, trainModel } from '../../src/search/training.ts';
import { toEnd } from '../../src/slices.ts';
import { museum, museumEdition } from './museum.ts';

const edition = museumEdition();
const answerer = new EditionAnswerer(edition);

describe('a question to an edition', () => {
  it.each([
    ["the edition's own language", 'can i bring my dog', 'en', 'visit#dogs'],
    ['a language that is understood', '¿puedo entrar con mi perro?', 'es', 'visit#dogs'],
    ['a language that is understood', 'cuánto cuestan las entradas', 'es', 'visit#tickets'],
  ])('in %s gets the page: "%s"', (_, text, language, page) => {
    const found = answerer.ask(text);
    expect(found).toMatchObject({ language, verdict: { kind: 'sure', page: { page } } });
    expect(found.ranking).toEqual(answerer.answererFor(language).rank(text));
  });

  it('in a language that is only recognized is declined', () => {
    const text = 'darf ich meinen hund mitbringen dog dog dog';
    expect(answerer.ask(text)).toMatchObject({ language: 'de', verdict: { kind: 'declined' } });
    expect(answerer.answererFor('en').ask('dog dog dog').kind).not.toBe('declined');
  });

  it.each(['wherever laughter grows flowers follow', 'los gatitos duermen tranquilamente sobre alfombras'])(
    'is marked if most of its words are unknown: "%s"',
    (text) => {
      expect(answerer.ask(text)).toMatchObject({ language: 'other', verdict: { kind: 'declined' } });
    },
  );

  it('is recognized without its links', () => {
    const text = 'can i bring my dog https://ejemplo.es/puedo/llevar/a/mi/perro/al/museo';
    expect(answerer.ask(text)).toMatchObject({ language: 'en', verdict: { kind: 'sure' } });
  });

  it('is off topic in its own language', () => {
    expect(answerer.ask('quién ganó el partido de fútbol')).toMatchObject({
      language: 'es',
      verdict: { kind: 'declined' },
    });
  });

  it('may be a courtesy of its own language', () => {
    expect(answerer.ask('hola, gracias')).toMatchObject({ language: 'es', verdict: { kind: 'courtesy' } });
    expect(answerer.ask('thanks')).toMatchObject({ language: 'en', verdict: { kind: 'courtesy' } });
  });

  it('may be a courtesy that is too short to tell the language by, and in a language that is not understood', () => {
    const ranking = answerer.answererFor('es').rank('va');
    expect(answerer.ask('va')).toMatchObject({ language: 'es', ranking, verdict: { kind: 'courtesy' } });
    expect(answerer.ask('danke')).toMatchObject({ language: 'de', verdict: { kind: 'courtesy' } });
  });

  it('has the same answer as without other languages', () => {
    expect(answerer.ask('are you open on monday').verdict).toEqual(
      createAnswerer(museum()).ask('are you open on monday'),
    );
  });
});

describe('the search of a language', () => {
  it('is trained once, on what belongs to the language', () => {
    const spanish = answerer.answererFor('es');
    expect(answerer.answererFor('es')).toBe(spanish);
    const text = 'puedo conducir';
    expect(spanish.rank(text)).toEqual(createAnswerer(trainingSource(edition, 'es')).rank(text));
    expect(spanish.rank(text)).toMatchObject({ isCostly: true, candidates: { length: edition.pages.size } });
  });

  it.each(['de', 'other', 'fr'])("is the edition's own for %s, which is not understood", (language) => {
    expect(answerer.answererFor(language)).toBe(answerer.answererFor('en'));
  });

  it('declines more if it is only understood', () => {
    expect(answerer.answererFor('en').thresholds).toBe(DEFAULT_THRESHOLDS);
    expect(answerer.answererFor('es').thresholds).toBe(UNDERSTOOD_THRESHOLDS);
  });

  it('decides by the given thresholds', () => {
    const strict = new EditionAnswerer(edition, { thresholds: { ...DEFAULT_THRESHOLDS, confidence: 2 } });
    for (const text of ['can i bring my dog', 'puedo llevar a mi perro'])
      expect(strict.ask(text).verdict.kind).toBe('declined');
    expect(strict.answererFor('es').thresholds.confidence).toBe(2);
  });

  it('uses what is trained already, and trains the rest', () => {
    const recognition = { ...toEnd(trainLanguages(recognitionTexts(edition))), languages: ['en', 'pt'] };
    const model = trainModel(trainingSource(edition, 'en'));
    const models = new Map([['en', { ...model, pages: model.pages.map((page) => `trained ${page}`) }]]);
    const trained = new EditionAnswerer(edition, { trained: { recognition, models } });
    expect(trained.ask('can i bring my dog').ranking.candidates[0]?.page).toBe('trained visit#dogs');
    expect(trained.ask('puedo llevar a mi perro').language).toBe('pt');
    expect(trained.answererFor('es').rank('puedo llevar a mi perro').candidates[0]?.page).toBe('visit#dogs');
  });
});
