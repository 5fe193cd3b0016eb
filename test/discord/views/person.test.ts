// "Ask a person": what its messages show, and that the longest texts fit into them.
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../../src/discord/answer.ts';
import { createContext } from '../../../src/discord/render-context.ts';
import {
  formTextOf,
  MAX_TEXT,
  personButton,
  questionOf,
  renderAnswerForm,
  renderAsked,
  renderClosed,
  renderGiven,
  renderPersonForm,
  underQuestion,
} from '../../../src/discord/views/person.ts';
import { languages, messagesFor } from '../../../src/i18n/index.ts';
import { NO_SETTINGS } from '../../../src/servers/settings.ts';
import { buttonsOf, contentOf, modalOf } from '../../commands/world.ts';
import { OTHER } from '../../guide/sample.ts';
import { content } from '../parts.ts';

const en = messagesFor('en');
const ID = '9'.repeat(20);
const withGerman = contentOf({ 'de/other.md': OTHER.replace('The back door', 'Die hintere Tür') });
const context = createContext(content, 'en', { settings: { ...NO_SETTINGS, helpersChannel: '6' } });
const codePoints = (text: string | undefined) => [...(text ?? '')].length;
const LONGEST = [
  ['letters', 'a'.repeat(MAX_TEXT)],
  ['asterisks', '*'.repeat(MAX_TEXT)],
  ['emoji', '🙂'.repeat(MAX_TEXT)],
  ['more than the form allows', '_'.repeat(4000)],
  ['lines', '\n> #'.repeat(200)],
  ['short addresses', 'https://a '.repeat(80)],
  ['addresses side by side', 'https://a<'.repeat(80)],
  ['addresses and asterisks', 'https://a ***'.repeat(61)],
] as const;

describe('the button', () => {
  it('is there where a channel of helpers is set', () => {
    const none = createContext(content, 'en');
    expect([personButton(none), personButton(none, true)]).toEqual([[], []]);
    expect(personButton(context)).toMatchObject([{ label: en.button.askPerson, custom_id: 'h1:ask:en' }]);
    expect(personButton(context, true)).toMatchObject([{ custom_id: 'h1:askPost:en' }]);
  });
});

describe('a message under its question', () => {
  const body = messageBody({ embeds: [{ title: 'T' }, { title: 'U' }] });

  it('shows it above the title, and gives it back', () => {
    const shown = underQuestion(body, 'Who\n has\u200b the *key*?');
    expect(shown.embeds).toEqual([{ title: 'T', author: { name: 'Who has the *key*?' } }, { title: 'U' }]);
    expect(questionOf({ embeds: shown.embeds ?? [] })).toBe('Who has the *key*?');
  });

  it('shows 256 characters of it at most', () => {
    const [first] = underQuestion(body, '🙂'.repeat(300)).embeds ?? [];
    expect(codePoints(first?.author?.name)).toBe(256);
  });

  it.each([undefined, '', ' \u200b\n'])('is as it was without one: %j', (question) => {
    expect(underQuestion(body, question)).toBe(body);
  });

  it('is as it was without an embed', () => {
    const text = messageBody({ content: 'x' });
    expect(underQuestion(text, 'Who?')).toBe(text);
    expect(underQuestion({ allowed_mentions: { parse: [] } }, 'Who?')).toEqual({ allowed_mentions: { parse: [] } });
  });

  it('may be missing, or show none', () => {
    expect(questionOf(undefined)).toBeUndefined();
    expect(questionOf({ embeds: [] })).toBeUndefined();
    expect(questionOf({ embeds: [{ author: { name: '' } }] })).toBeUndefined();
    expect(formTextOf(undefined, '', context, content)).toBe('');
    expect(formTextOf({ embeds: [{ title: 'The front door' }] }, '', context, content)).toBe(
      `${en.person.about('The front door')} `,
    );
    expect(formTextOf({ embeds: [{ title: 'Not a page' }] }, '', context, content)).toBe('');
    const german = createContext(withGerman, 'de');
    const shown = { embeds: [{ title: 'Die hintere Tür' }] };
    expect(formTextOf(shown, '', german, withGerman)).toBe(`${en.person.about('Die hintere Tür')} `);
    expect(formTextOf(shown, '', createContext(withGerman, 'en'), withGerman)).toBe(
      `${en.person.about('The back door')} `,
    );
    expect(formTextOf({ embeds: [{ title: 'Not a page' }] }, '<@5> who has the key?', context, content)).toBe(
      'who has the key?',
    );
  });
});

describe('a form', () => {
  it('fits into Discord’s limits, in every language', async () => {
    for (const messages of Object.values(languages)) {
      const forms = [
        renderPersonForm('x'.repeat(5000), { ...context, messages }),
        renderAnswerForm(`h1:answer:${ID}:${ID}`, { ...context, messages }),
      ];
      for (const form of forms) {
        const { customId, title, inputs } = await modalOf(form);
        const [input] = Object.values(inputs);
        expect(title.length).toBeLessThanOrEqual(45);
        expect(title).not.toMatch(/…$/);
        expect(customId.length).toBeLessThanOrEqual(100);
        expect(input?.label.length).toBeLessThanOrEqual(45);
        expect(input?.description?.length).toBeLessThanOrEqual(100);
        expect(input?.description).not.toMatch(/…$/);
        expect(codePoints(input?.value)).toBeLessThanOrEqual(MAX_TEXT);
      }
    }
  });
});

describe('the question as helpers see it', () => {
  it.each(LONGEST)('fits into a message with %s', (_, question) => {
    const body = renderAsked({ question, userId: ID, channelId: ID, role: ID }, context);
    expect(codePoints(body.content)).toBeLessThanOrEqual(2000);
    expect(body.content?.split('\n')).toHaveLength(4);
    for (const [, id] of buttonsOf(body)) expect(id.length).toBeLessThanOrEqual(100);
    const closed = renderClosed({ content: body.content ?? '' }, ID, context);
    expect(codePoints(closed.content)).toBeLessThanOrEqual(2000);
    expect(closed.content?.endsWith(en.person.closed(ID))).toBe(true);
  });

  it('mentions nobody by its words', () => {
    const question = '@everyone <@&1> <@2> [x](https://example.org)';
    const { content: text, allowed_mentions } = renderAsked(
      { question, userId: '1', channelId: '2', role: undefined },
      context,
    );
    expect(allowed_mentions).toEqual({ parse: [] });
    expect(text).toContain('> \\@everyone \\<@&1> \\<@2> \\[x](https\\://example.org)');
  });
});

describe('the answer', () => {
  const given = (answer: string, more: object = {}) => ({ answer, asker: '1', by: '2', hasLinks: true, ...more });
  const shownOf = (answer: string) => renderGiven(given(answer), context).content?.split('\n')[1];

  it.each(LONGEST)('fits into a message with %s', (_, answer) => {
    for (const hasLinks of [true, false]) {
      const body = renderGiven(given(answer, { asker: ID, by: '8'.repeat(20), hasLinks }), context);
      expect(codePoints(body.content ?? '')).toBeLessThanOrEqual(2000);
      expect(body.content).toContain(`<@${ID}>, an answer from`);
      expect(body.allowed_mentions).toEqual({ parse: [], users: [ID] });
    }
  });

  it.each([
    ['https://example.org/a_b*c', '<https://example.org/a_b*c>'],
    ['see https://a.example and https://b.example now', 'see <https://a.example> and <https://b.example> now'],
    ['<https://a.example>', '\\< <https://a.example> \\>'],
    ['http://a.example', 'http\\://a.example'],
    ['*bold* [x](javascript:1) <@5> @here', '\\*bold\\* \\[x](javascript:1) \\<@5> \\@here'],
    ['https://', 'https\\://'],
    ['Read https://a.example/b.', 'Read <https://a.example/b> .'],
    ['https://a.example, https://b.example!', '<https://a.example> , <https://b.example> !'],
    ['(see https://a.example/b)', '(see <https://a.example/b> )'],
    ['https://a.example/Door_(house)', '<https://a.example/Door_(house)>'],
    ['[x](https://a.example)', '\\[x]( <https://a.example> )'],
  ])('makes links of addresses only, and as they were meant: %s', (answer, shown) => {
    expect(shownOf(answer)).toBe(shown);
  });
});
