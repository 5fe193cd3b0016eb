// /ask: what the search found, for the person or for everyone, and what is counted.
import { MessageFlags } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { askCommand } from '../../commands/ask.ts';
import type { QuestionResult } from '../../src/discord/question-answering.ts';
import { renderResult, renderResultPublicly } from '../../src/discord/views/ask.ts';
import { en } from '../../src/i18n/en.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import { contentInLanguages, HINDI_REAR, SPANISH_TITLES } from '../guide/editions.ts';
import { commandInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { buttonsOf, contextOf, FRONT, messageOf, openCommandWorld, REAR } from './world.ts';

const { services, write, counted, close } = openCommandWorld();
afterAll(close);

const question = 'which door';
const guildId = newId();
const context = contextOf();
const topic = (name: string) => context.topics.find(name) ?? expect.fail('the sample has it');
const sure: QuestionResult = { kind: 'sure', topics: [topic(FRONT), topic(REAR)] };
const unsure: QuestionResult = { kind: 'unsure', topics: [topic(FRONT), topic(REAR)] };
const declined: QuestionResult = { kind: 'declined', isOtherLanguage: false };
const pointer: QuestionResult = { kind: 'pointer', pointer: { id: 'zoo', text: 'Ask the zoo.', questions: [] } };

function ask(found: QuestionResult, options: Record<string, string | boolean> = { question }) {
  const answering = { ask: async () => found, prepare: () => undefined };
  counted.length = 0;
  return messageOf(askCommand({ ...services, answering }).run?.(commandInteraction('ask', options, { guildId })));
}

it.each<[string, QuestionResult, unknown[][]]>([
  [
    'the likely page, which begins a walk',
    sure,
    [
      ['asked', 'answered'],
      ['seen', FRONT],
    ],
  ],
  ['topics to choose from', unsure, [['asked', 'unsure']]],
  ['that nothing fits, and keeps the question', declined, [['asked', 'declined'], [question]]],
  ['where else it is answered', pointer, [['asked', 'declined']]],
  ['that the search is still starting', { kind: 'busy' }, []],
  ['a friendly word for thanks', { kind: 'courtesy' }, []],
])('shows the person alone %s', async (_, found, expected) => {
  const shown = { ...renderResult(found, context, { question: question }), flags: MessageFlags.Ephemeral };
  expect(await ask(found)).toEqual(shown);
  expect(counted).toEqual(expected.map((event) => [guildId, ...event]));
  expect(await ask(found, { question, share: false })).toEqual(shown);
});

it('shows everyone the question and its answer, if that is wanted, and counts no walk', async () => {
  const shown = await ask(sure, { question, share: true });
  expect(shown).toEqual(renderResultPublicly(sure, context, { question: question }));
  expect(shown.content).toContain(en.ask.asked(question));
  expect(counted).toEqual([
    [guildId, 'asked', 'answered'],
    [guildId, 'shown', FRONT],
  ]);
});

it('shows everyone topics to choose from, if that is wanted', async () => {
  expect(await ask(unsure, { question, share: true })).toEqual(
    renderResultPublicly(unsure, context, { question: question }),
  );
});

it.each<[string, QuestionResult]>([
  ['that nothing fits', declined],
  ['where else it is answered', pointer],
  ['that the search is still starting', { kind: 'busy' }],
  ['a friendly word', { kind: 'courtesy' }],
])('shows the person alone %s, even if it is to be shared', async (_, found) => {
  const shown = await ask(found, { question, share: true });
  expect(shown).toEqual({ ...renderResult(found, context, { question: question }), flags: MessageFlags.Ephemeral });
});

it('asks the search in the person’s edition, with the topics of their server', async () => {
  const own = newId();
  const reply = await write(own, { title: 'Lost keys' });
  const asked: unknown[] = [];
  const answering = {
    ask: async (...about: Parameters<typeof services.answering.ask>) => {
      asked.push(
        about[0],
        about[1],
        about[2].replies.map((one) => one.topic),
      );
      return declined;
    },
    prepare: () => undefined,
  };
  const command = askCommand({ ...services, answering });
  await command.run?.(commandInteraction('ask', { question: 'where are my keys' }, { guildId: own }));
  expect(asked).toEqual(['where are my keys', context.edition, [reply.topic]]);
  await command.run?.(commandInteraction('ask', {}, { guildId: own }));
  expect(asked[3]).toBe('');
});

describe('in several languages', () => {
  const world = openCommandWorld({ content: contentInLanguages() });
  afterAll(world.close);
  const english = world.services.contexts.contextWith('en', {});
  const rear = english.topics.find(REAR) ?? expect.fail('a topic');
  const sentences = { name: 'Romanised', answered: 'Yes, in English.', declined: 'No.', courtesy: 'Hello.' };
  const expected: unknown[] = [];

  async function askIn(found: QuestionResult, options: Record<string, string | boolean> = {}, more: object = {}) {
    const answering = {
      ask: async (...[, , , about]: Parameters<typeof services.answering.ask>) => {
        expected.push(about?.expected);
        return found;
      },
      prepare: () => undefined,
    };
    const command = askCommand({ ...world.services, answering });
    const shown = await messageOf(command.run?.(commandInteraction('ask', { question, ...options }, more)));
    return {
      title: shown.embeds?.[0]?.title,
      content: shown.content,
      labels: buttonsOf(shown).map(([label]) => label),
    };
  }
  const sureIn = (language: string): QuestionResult => ({ kind: 'sure', topics: [rear], language });

  it.each([
    ['in the language of the question', 'es', {}, 'en-US', SPANISH_TITLES.rear],
    ['in English to an English question', 'en', {}, 'es-ES', 'The back door'],
    ['in the chosen language', 'es', { language: 'hi' }, 'en-US', HINDI_REAR],
    ['in the language of the person if the question’s has no edition', 'xx', {}, 'hi', HINDI_REAR],
  ])('answers in private %s', async (_, language, options, locale, title) => {
    expect(await askIn(sureIn(language), options, { locale })).toMatchObject({ title });
  });

  it('answers in English under one sentence if there is no edition in the asker’s language, whatever their Discord', async () => {
    const shown = await askIn({ ...sureIn('fr'), sentences }, {}, { locale: 'es-ES' });
    expect(shown).toMatchObject({ title: 'The back door', content: expect.stringContaining(sentences.answered) });
  });

  it.each([
    ['a shared answer in a server of another language', { share: true }],
    ['the language that was chosen', { language: 'es' }],
  ])('does not say that it is in English above %s', async (_, options) => {
    const shown = await askIn({ ...sureIn('fr'), sentences }, options, { guildId: newId(), guildLocale: 'es-ES' });
    expect(shown.title).toBe(SPANISH_TITLES.rear);
    expect(shown.content).not.toContain(sentences.answered);
  });

  it('offers no other language in private, where the answer is in that of the question or the chosen one', async () => {
    const names = ['English', 'Español', 'हिन्दी'];
    for (const [language, options] of [
      ['es', {}],
      ['es', { language: 'hi' }],
      ['en', { language: 'es' }],
    ] as const) {
      const { labels } = await askIn(sureIn(language), options);
      expect(labels.filter((label) => names.includes(label))).toEqual([]);
    }
  });

  it('answers romanised Hindi in English under one sentence, with a button to Hindi', async () => {
    const shown = await askIn({ ...sureIn('hi-Latn'), sentences });
    expect(shown.title).toBe('The back door');
    expect(shown.content).toContain(sentences.answered);
    expect(shown.labels).toContain('हिन्दी');
    expect((await askIn(sureIn('hi-Latn'), { language: 'en' })).labels).not.toContain('हिन्दी');
  });

  it('answers everyone in the server’s language, with a button to that of the question', async () => {
    const shared = { share: true };
    const more = { guildId: newId(), guildLocale: 'es-ES', locale: 'hi' };
    const shown = await askIn(sureIn('hi'), shared, more);
    expect(shown).toMatchObject({ title: SPANISH_TITLES.rear });
    expect(shown.labels).toContain('हिन्दी');
    expect((await askIn(sureIn('es'), shared, more)).labels).not.toContain('Español');
    const chosen = await askIn(sureIn('hi'), { ...shared, language: 'en' }, more);
    expect(chosen).toMatchObject({ title: 'The back door' });
    const guildId = newId();
    await changeSetting(world.store, guildId, { name: 'language', value: 'hi', by: '70' });
    expect(await askIn(sureIn('es'), shared, { ...more, guildId })).toMatchObject({ title: HINDI_REAR });
  });

  it('expects the question in the chosen language, else in that of the person', async () => {
    expected.length = 0;
    await askIn(declined, {}, { locale: 'es-419' });
    await askIn(declined, { language: 'hi' }, { locale: 'es-419' });
    await askIn(declined, {}, { locale: 'fr' });
    expect(expected).toEqual(['es', 'hi', 'en']);
  });
});
