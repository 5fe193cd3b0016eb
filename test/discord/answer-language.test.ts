// How what was found is shown in the language of an answer.
import { expect, it } from 'vitest';
import { localizeResult } from '../../src/discord/answer-language.ts';
import type { QuestionResult } from '../../src/discord/question-answering.ts';
import { createContext } from '../../src/discord/render-context.ts';
import { contentInLanguages, HINDI_REAR, SPANISH_TITLES } from '../guide/editions.ts';
import { replyOf } from './parts.ts';

const content = contentInLanguages();
const own = replyOf('r:abcd1234');
const contextIn = (locale: string, replies = [own]) => createContext(content, locale, { replies });
const [english, spanish, hindi] = [contextIn('en'), contextIn('es'), contextIn('hi')];
const topic = (name: string, from = english) => from.topics.find(name) ?? expect.fail(`no topic ${name}`);
const sure = (language?: string): QuestionResult => ({
  kind: 'sure',
  topics: [topic('other#rear'), topic(own.topic)],
  ...(language === undefined ? {} : { language }),
});
const sentences = { name: 'Romanised', answered: 'Yes.', declined: 'No.', courtesy: 'Hello.' };
const titlesOf = ({ found }: ReturnType<typeof localizeResult>) =>
  'topics' in found ? found.topics.map(({ title }) => title) : [];

it('shows pages in the language of the answer, and replies as they are', () => {
  const titles = [spanish, hindi, english].map((context) => titlesOf(localizeResult(sure('es'), context, content)));
  expect(titles).toEqual([
    [SPANISH_TITLES.rear, own.title],
    [HINDI_REAR, own.title],
    ['The back door', own.title],
  ]);
});

it.each([
  ['es', 'en', 'es'],
  ['en', 'es', 'en'],
  ['es', 'es', undefined],
  ['en', 'en', undefined],
  ['fr', 'en', undefined],
  ['hi-Latn', 'en', 'hi'],
  ['hi-Latn', 'es', 'hi'],
  ['hi-Latn', 'hi', undefined],
  [undefined, 'es', undefined],
])('to a question in %s, answered in %s, offers %s', (asked, answered, offered) => {
  const { otherEdition } = localizeResult(sure(asked), contextIn(answered), content);
  expect(otherEdition).toBe(offered === undefined ? undefined : content.editions.get(offered));
});

it('keeps the sentence in the asker’s language only where there is no edition in it', () => {
  const found = (language: string) => localizeResult({ ...sure(language), sentences }, english, content).found;
  expect(found('fr')).toMatchObject({ sentences, language: 'fr' });
  expect(found('hi-Latn')).toMatchObject({ sentences });
  for (const language of ['es', 'hi', 'en', 'es-419']) expect(found(language)).not.toHaveProperty('sentences');
});

it.each<[QuestionResult]>([
  [{ kind: 'declined', isOtherLanguage: true, language: 'es' }],
  [{ kind: 'courtesy', language: 'es' }],
  [{ kind: 'busy' }],
])('leaves a result without topics as it is: %j', (result) => {
  expect(localizeResult(result, spanish, content).found).toEqual(result);
});

it('leaves out topics that are gone, and declines if none is left', () => {
  const gone = contextIn('es', []);
  expect(titlesOf(localizeResult(sure('es'), gone, content))).toEqual([SPANISH_TITLES.rear]);
  const only: QuestionResult = { kind: 'unsure', topics: [topic(own.topic)], language: 'es' };
  expect(localizeResult(only, gone, content).found).toMatchObject({ kind: 'declined', isOtherLanguage: false });
});
