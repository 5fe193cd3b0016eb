// The bot's own sentences in every language: as complete as in English, and within Discord's limits.
import { describe, expect, it } from 'vitest';
import { definitionsFor } from '../../commands/index.ts';
import { codePoints } from '../../src/discord/limits.ts';
import { en } from '../../src/i18n/en.ts';
import { languages, languagesWith, type Messages } from '../../src/i18n/index.ts';
import { QUESTION_LIMITS } from '../../src/stats/unanswered.ts';
import { content } from '../discord/views/sample-views.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

/** Discord's ids have 20 digits at most. */
const LONGEST_ID = '9'.repeat(20);
/** What stands in the place of these words in each language, without its endings. */
const WORDS: Readonly<Record<string, Readonly<Record<'moderator' | 'helper' | 'topic', string>>>> = {
  en: { moderator: 'moderator', helper: 'helper', topic: 'topic' },
  es: { moderator: 'moderador', helper: 'ayudante', topic: 'tema' },
  'pt-BR': { moderator: 'moderador', helper: 'ajudante', topic: 'assunto' },
  hi: { moderator: 'मॉडरेटर', helper: 'हेल्पर', topic: 'टॉपिक' },
  uk: { moderator: 'модератор', helper: 'помічник', topic: 'тем' },
};
/** With mentions of commands, so that they can be found in a sentence. */
const mentioning = languagesWith(new Map(definitionsFor(content).map(({ name }) => [name, LONGEST_ID])));
const english = sentencesOf(en);

/** What is at a key; a function is called with these values. */
function valueAt(messages: Messages, key: string, values: readonly unknown[]): string {
  const found = key.split('.').reduce<unknown>((part, name) => Object(part)[name], messages);
  return String(typeof found === 'function' ? found(...values) : found);
}
const textOf = (messages: Messages, { key, parameters }: Pick<Sentence, 'key' | 'parameters'>) =>
  valueAt(
    messages,
    key,
    parameters.map((one) => `{${one}}`),
  );
/** The different parts of a text that match, sorted. */
const partsOf = (text: string, pattern: RegExp) => [...new Set(text.match(pattern))].sort();

/** Discord docs, Component reference, "Button". */
const LABEL = 80;
/** Discord docs, Application Commands, "Application Command Structure" and "Application Command Option Structure". */
const DESCRIPTION = 100;
/** Discord docs, Interactions, "Modal", and Component reference, "Label". */
const MODAL = { title: 45, label: 45, hint: 100 };
/** Discord docs, Component reference, "String Select". */
const PLACEHOLDER = 150;
/** Discord docs, Message resource, "Embed limits". */
const EMBED = { title: 256, fieldName: 256, fieldValue: 1024 };
/** Longer ones are shortened where they are shown; this is more than any title that a sentence gets whole. */
const TITLE = 'x'.repeat(100);

const LIMITED: [string, number, (messages: Messages) => readonly string[]][] = [
  [
    'labels of buttons',
    LABEL,
    ({ button, confirm, page, menu, setup, exchange, edit }) => [
      ...Object.values(button),
      confirm.remove,
      confirm.import(100_000),
      confirm.cancel,
      confirm.editAgain,
      page.next,
      page.previous,
      menu.search,
      setup.pinGuides,
      setup.tryIt,
      exchange.nextPart,
      edit.trial.save,
    ],
  ],
  ['descriptions of commands and options', DESCRIPTION, ({ command }) => Object.values(command)],
  [
    'titles of modals',
    MODAL.title,
    ({ person, menu, edit }) => [
      person.title,
      person.answerTitle,
      menu.searchTitle,
      edit.addTitle,
      edit.changeTitle,
      edit.overrideTitle,
    ],
  ],
  [
    'labels in modals',
    MODAL.label,
    ({ person, menu, edit }) => [
      person.question,
      person.answer,
      menu.searchLabel,
      edit.title,
      edit.text,
      edit.aliases,
      edit.trial.label,
    ],
  ],
  [
    'hints in modals',
    MODAL.hint,
    ({ person, edit }) => [person.questionHint, person.answerHint, edit.textHint, edit.aliasesHint, edit.trial.hint],
  ],
  [
    'placeholders of menus',
    PLACEHOLDER,
    ({ help, menu, setup }) => [
      help.language,
      menu.placeholder,
      setup.chooseForums,
      setup.chooseRoles,
      setup.choosePerson,
      setup.chooseLanguage,
    ],
  ],
  [
    'titles of embeds',
    EMBED.title,
    ({ ask, plan, pin, setup, edit, insights, sources }) => [
      ask.unsure,
      ask.unknown,
      ask.elsewhere,
      plan.title,
      pin.list,
      setup.title,
      edit.history(TITLE),
      insights.title('90'),
      sources.title(TITLE),
    ],
  ],
  [
    'names of fields',
    EMBED.fieldName,
    ({ page, sources, feedback, help, edit, exchange, insights }) => [
      ...Object.values(page.alert),
      page.steps,
      page.sources,
      page.didThisHelp,
      sources.source(25),
      feedback.thanks.name,
      feedback.sorry.name,
      help.commands,
      help.moderators,
      help.sources,
      help.limits,
      help.stores,
      edit.trial.names,
      exchange.added,
      exchange.changed,
      insights.read,
      insights.stops,
      insights.outcomes,
      insights.helped,
      insights.asked,
      insights.waiting,
      insights.posts,
      insights.questions,
      insights.series,
      insights.seriesBefore,
    ],
  ],
  [
    'fields of /help with the longest ids in their mentions',
    EMBED.fieldValue,
    ({ help }) => [help.moderatorsText, help.storesText, help.checked(0, 100, '30/12/2026'), help.checked(9, 100, '')],
  ],
];

describe.each([...mentioning])('the sentences in %s', (locale, messages) => {
  it.each(LIMITED)('keep to Discord’s limit of %s', (_, limit, textsOf) => {
    for (const text of textsOf(messages)) expect(codePoints(text), text).toBeLessThanOrEqual(limit);
  });

  it('fit into a field of an embed if they name commands, with the longest ids', () => {
    for (const { key, parameters } of english.filter(({ text }) => text.includes('</'))) {
      const text = valueAt(
        messages,
        key,
        parameters.map(() => TITLE),
      );
      expect(codePoints(text), key).toBeLessThanOrEqual(EMBED.fieldValue);
    }
  });

  it('say first about whom something is stored: moderators and helpers', () => {
    const { moderator, helper } = WORDS[locale] ?? expect.fail('words of this language');
    const [first] = messages.help.storesText.split(/[.।]/);
    expect(first).toContain(moderator);
    expect(first).toContain(helper);
  });

  it('call what /faq shows and /faq-pin pins a topic', () => {
    const { topic } = WORDS[locale] ?? expect.fail('words of this language');
    const { faq, pin, pinAdd, pinRemove, pinList } = messages.command;
    for (const description of [faq, pin, pinAdd, pinRemove, pinList])
      expect(description.toLowerCase()).toContain(topic);
  });

  it('have the keys of English', () => {
    const keysOf = (one: object) => sentencesOf(one).map(({ key }) => key);
    expect(keysOf(messages).sort()).toEqual(keysOf(en).sort());
  });

  it('are not empty, and have no blanks at their ends and no unclosed bold or code', () => {
    for (const sentence of english) {
      const text = textOf(messages, sentence);
      expect(text, sentence.key).toBe(text.trim());
      expect(text, sentence.key).not.toBe('');
      expect(text, sentence.key).not.toMatch(/ {2}/);
      expect(text.split('**').length % 2, sentence.key).toBe(1);
      expect(text.split('`').length % 2, sentence.key).toBe(1);
    }
  });

  it('show all that English shows: names, numbers, links', () => {
    for (const sentence of english)
      expect(partsOf(textOf(messages, sentence), /\{\w+\}/g), sentence.key).toEqual(partsOf(sentence.text, /\{\w+\}/g));
  });

  it('can be filled in with any number', () => {
    for (const { key, parameters } of english) {
      for (const count of [0, 1, 2, 5, 11, 21]) {
        const text = valueAt(
          messages,
          key,
          parameters.map(() => count),
        );
        expect(text, key).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it('name the commands, channels, members, roles and times that English names, and the same apps', () => {
    const original = mentioning.get('en') ?? expect.fail('English');
    for (const sentence of english) {
      for (const pattern of [/<[/#@t][^>]*>/g, /\*\*(Answer with FAQ|Save as reply)\*\*/g]) {
        const [own, its] = [messages, original].map((one) => partsOf(textOf(one, sentence), pattern));
        expect(own, sentence.key).toEqual(its);
      }
    }
  });

  it('name a button in bold as it is labelled', () => {
    const labels = (one: Messages) => [...Object.values(one.button), one.confirm.editAgain];
    const own = labels(messages);
    const named = english.flatMap((sentence) =>
      labels(en).flatMap((label, i) => (sentence.text.includes(`**${label}**`) ? [{ sentence, label: own[i] }] : [])),
    );
    expect(named.length).toBeGreaterThan(15);
    for (const { sentence, label } of named) expect(textOf(messages, sentence), sentence.key).toContain(`**${label}**`);
  });

  it('have as much in bold as English', () => {
    for (const sentence of english)
      expect(textOf(messages, sentence).split('**'), sentence.key).toHaveLength(sentence.text.split('**').length);
  });

  it('label each button differently', () => {
    const labels = [...Object.values(messages.button), messages.page.next, messages.page.previous];
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('describe each command and option differently', () => {
    const descriptions = Object.values(messages.command);
    expect(new Set(descriptions).size).toBe(descriptions.length);
  });

  it('have the figures of English, each as often', () => {
    const figuresOf = (text: string) =>
      text
        .replace(/(?<=\d)[.,\s](?=\d{3})/g, '')
        .match(/\d+/g)
        ?.sort();
    for (const { key, text, parameters } of english)
      expect(figuresOf(textOf(messages, { key, parameters }).replaceAll(LONGEST_ID, '')), key).toEqual(figuresOf(text));
  });

  it('say for how long questions are kept', () => {
    for (const text of [messages.help.storesText, messages.insights.gone, messages.insights.footer])
      expect(text).toContain(String(QUESTION_LIMITS.days));
  });

  it('say how many replies are imported', () => {
    for (const count of [2, 5, 21, 1000]) expect(messages.confirm.import(count)).toMatch(new RegExp(`\\b${count}\\b`));
  });

  it('are written in their own language', () => {
    if (locale === 'en') return;
    const same = english.filter((sentence) => textOf(messages, sentence) === sentence.text && / /.test(sentence.text));
    // Marks, numbers and mentions between placeholders are the same everywhere.
    const words = same.filter(({ text }) => /\p{L}{2}/u.test(text.replace(/\{\w+\}|<[^>]*>/g, '')));
    expect(words).toEqual([]);
  });
});

it('exist in every language that the guides are written in', () => {
  expect([...languages.keys()]).toEqual(['en', 'es', 'hi', 'pt-BR', 'uk']);
});
