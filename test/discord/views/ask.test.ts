// Answers to questions: a page, a reply, a choice of topics, or that the bot does not know.
import { ButtonStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../../src/discord/answer.ts';
import { writeReplyId } from '../../../src/discord/custom-id.ts';
import type { QuestionResult } from '../../../src/discord/question-answering.ts';
import {
  renderCourtesy,
  renderOffers,
  renderReply,
  renderResult,
  renderResultPublicly,
  renderUnknown,
} from '../../../src/discord/views/ask.ts';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { replyEmbed } from '../../../src/discord/views/embeds.ts';
import { renderPage, renderPublicPage } from '../../../src/discord/views/page.ts';
import { plainText } from '../../../src/discord/views/plain-text.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import type { Topic } from '../../../src/replies/topics.ts';
import { actionsOf, buttonsOf, contextWith, edition, front, rear, reply, start, subject } from './sample-views.ts';

const en = messagesFor('en');
const own = reply('r:abcd1234');
const context = contextWith(own);
const topicOf = <K extends Topic['kind']>(kind: K, name: string): Extract<Topic, { kind: K }> => {
  const found = context.topics.find(name);
  // The kind is checked, which the compiler cannot see for a type parameter.
  return found?.kind === kind ? (found as Extract<Topic, { kind: K }>) : expect.fail(`no ${kind} ${name}`);
};
const [frontTopic, rearTopic, replyTopic] = [
  topicOf('page', front.name),
  topicOf('page', rear.name),
  topicOf('reply', own.topic),
];
const found = (kind: 'sure' | 'unsure', ...topics: [Topic, ...Topic[]]): QuestionResult => ({ kind, topics });
const guess = { isGuess: true, topics: [front.name, own.topic] };
const choice = { ...guess, isGuess: false };
const names = choice.topics.join(',');
const pointer = { id: 'zoo', text: 'Ask the zoo.', questions: [] };
const pointTo = (more: object = {}): QuestionResult => ({ kind: 'pointer', pointer: { ...pointer, ...more } });
const declined: QuestionResult = { kind: 'declined', isOtherLanguage: false };
/** Of a language that no guide is written in. */
const sentences = { name: 'Español', answered: 'Respondo en inglés.', declined: 'No lo sé.', courtesy: '¡De nada!' };

describe('a private answer', () => {
  it('that is sure is the page, or the reply, with the others as alternatives', () => {
    expect(renderResult(found('sure', frontTopic, replyTopic), context)).toEqual(
      renderPage([front], { ...context, origin: guess }),
    );
    expect(renderResult(found('sure', replyTopic, frontTopic), context)).toEqual(
      renderReply(replyTopic, { isGuess: true, topics: [own.topic, front.name] }, context),
    );
  });

  it('that is unsure is a choice', () => {
    expect(renderResult(found('unsure', frontTopic, replyTopic), context)).toEqual(renderOffers(choice, context));
  });

  it.each([true, false])('that is declined says what the bot knows (other language: %s)', (isOtherLanguage) => {
    expect(renderResult({ kind: 'declined', isOtherLanguage }, context)).toEqual(
      renderUnknown(context, { isOtherLanguage }),
    );
  });

  it('while the search starts says so', () => {
    expect(renderResult({ kind: 'busy' }, context)).toEqual(messageBody({ content: en.ask.busy }));
  });

  it('to thanks or a greeting is a friendly word', () => {
    expect(renderResult({ kind: 'courtesy' }, context)).toEqual(renderCourtesy(context));
  });
});

describe('a public answer', () => {
  it('that is sure is the page for everyone, and says that it is a guess', () => {
    const page = renderPublicPage(front, { ...context, origin: guess }, { content: en.ask.guess });
    expect(renderResultPublicly(found('sure', frontTopic, replyTopic), context)).toEqual(page);
    expect(renderResultPublicly(found('sure', frontTopic, replyTopic), context, { question: 'why?' })).toEqual({
      ...page,
      content: `${en.ask.asked('why?')}\n${en.ask.guess}`,
    });
  });

  it('that is sure is the reply, with a button to the other topics', () => {
    const body = renderResultPublicly(found('sure', replyTopic, rearTopic), context, { question: 'why?' });
    expect(body).toMatchObject({
      content: `${en.ask.asked('why?')}\n${en.ask.guessReply}`,
      embeds: [replyEmbed(own, en.faq.own)],
    });
    expect(buttonsOf(body)).toEqual([
      [
        {
          label: en.button.notThis,
          style: ButtonStyle.Secondary,
          does: `offers ?${own.topic},${rear.name}`,
        },
      ],
    ]);
  });

  it('that is unsure has the question above it', () => {
    expect(renderResultPublicly(found('unsure', frontTopic, replyTopic), context, { question: 'why?' })).toEqual({
      ...renderOffers(choice, context),
      content: en.ask.asked('why?'),
    });
  });

  it.each<[string, QuestionResult]>([
    ['declined', declined],
    ['on another subject', pointTo()],
    ['a courtesy', { kind: 'courtesy' }],
    ['too early', { kind: 'busy' }],
  ])('that is %s does not repeat the question', (_, result) => {
    expect(renderResultPublicly(result, context, { question: 'why?' })).toEqual(renderResult(result, context));
  });

  it('shows the question as plain text of 300 characters at most', () => {
    const contentFor = (question: string) =>
      renderResultPublicly(found('unsure', frontTopic), context, { question: question }).content;
    expect(contentFor('**why** @everyone')).toBe(en.ask.asked(plainText('**why** @everyone')));
    expect(contentFor('x'.repeat(300))).toContain('x'.repeat(300));
    expect(contentFor('x'.repeat(301))).toBe(en.ask.asked(`${'x'.repeat(299)}…`));
  });
});

describe('an answer to a question in a language without guides', () => {
  const inSpanish = (result: QuestionResult): QuestionResult => ({ ...result, sentences });
  const { answered } = sentences;

  it.each<[string, QuestionResult, string]>([
    ['a page', found('sure', frontTopic, replyTopic), `${answered}\n${en.ask.guess}`],
    ['a reply', found('sure', replyTopic, frontTopic), `${answered}\n${en.ask.guessReply}`],
    ['a choice', found('unsure', frontTopic, replyTopic), answered],
    ['a pointer', pointTo(), answered],
  ])('has a sentence in that language above %s', (_, result, content) => {
    expect(renderResult(inSpanish(result), context)).toEqual({ ...renderResult(result, context), content });
    expect(renderResultPublicly(inSpanish(result), context)).toEqual({
      ...renderResultPublicly(result, context),
      content,
    });
  });

  it('has the question above that sentence', () => {
    const body = renderResultPublicly(inSpanish(found('unsure', frontTopic)), context, { question: 'why?' });
    expect(body.content).toBe(`${en.ask.asked('why?')}\n${answered}`);
  });

  it.each([true, false])('that is declined begins in that language (understood: %s)', (isUnderstood) => {
    const result: QuestionResult = { kind: 'declined', isOtherLanguage: !isUnderstood };
    const [own, ...others] = renderResult(inSpanish(result), context).embeds?.[0]?.description?.split('\n') ?? [];
    expect([own, ...others]).toEqual([`**${sentences.declined}**`, subject.scope, en.ask.unknownText, subject.support]);
  });

  it('says in that language that it is glad to help', () => {
    expect(renderResult(inSpanish({ kind: 'courtesy' }), context)).toEqual(
      messageBody({ content: sentences.courtesy }),
    );
  });

  it('is in English while the search starts', () => {
    expect(renderResult(inSpanish({ kind: 'busy' }), context)).toEqual(messageBody({ content: en.ask.busy }));
  });
});

describe('the answer to thanks and greetings', () => {
  it('says what the bot knows about', () => {
    expect(renderCourtesy(context)).toEqual(messageBody({ content: en.ask.courtesy(subject.scope) }));
    expect(renderCourtesy(context).content).toContain(subject.scope);
  });
});

describe('a choice of topics', () => {
  it('has a button for each topic, and one for none of them below', () => {
    const body = renderOffers(choice, context);
    expect(body.embeds).toEqual([
      {
        color: COLOR.information,
        title: en.ask.unsure,
        description: en.ask.unsureText,
        footer: { text: subject.disclaimer },
      },
    ]);
    expect(body.content).toBe('');
    expect(buttonsOf(body)).toEqual([
      [
        { label: front.title, style: ButtonStyle.Primary, does: `open front |${names}` },
        { label: own.title, style: ButtonStyle.Primary, does: `reply ${own.topic} |${names}` },
      ],
      [{ label: en.button.none, style: ButtonStyle.Secondary, does: `none |${names}` }],
    ]);
    expect(JSON.stringify(body)).toContain(writeReplyId(own.topic, edition, choice));
  });

  it('is a choice also after a guess', () => {
    expect(renderOffers(guess, context)).toEqual(renderOffers(choice, context));
  });

  it('leaves out topics that are gone, and names each once', () => {
    const body = renderOffers({ isGuess: false, topics: [front.name, 'r:gone1234', front.name, 'a#b'] }, context);
    expect(actionsOf(body).map(([label]) => label)).toEqual([front.title, en.button.none]);
  });

  it('says that the bot does not know, if all topics are gone', () => {
    for (const topics of [[], ['r:gone1234']])
      expect(renderOffers({ isGuess: false, topics }, context)).toEqual(renderUnknown(context));
  });

  it('cuts labels at 80 characters', () => {
    const long = reply('r:long1234', 'x'.repeat(81));
    const [first] = actionsOf(renderOffers({ isGuess: false, topics: [long.topic] }, contextWith(long)));
    expect(first?.[0]).toBe(`${'x'.repeat(79)}…`);
  });
});

describe('a reply that was found', () => {
  it.each([
    [guess, en.ask.guessReply, en.button.notThis, '?'],
    [choice, '', en.button.back, '|'],
  ])('leads to the other topics, and says if it is a guess (%j)', (origin, content, label, mark) => {
    const body = renderReply(replyTopic, origin, context);
    expect(body).toMatchObject({ content, embeds: [replyEmbed(own, en.faq.own)] });
    expect(buttonsOf(body)).toEqual([[{ label, style: ButtonStyle.Secondary, does: `offers ${mark}${names}` }]]);
  });
});

describe('the answer if nothing fits', () => {
  it.each([
    [false, [subject.scope, en.ask.unknownText, subject.support]],
    [true, [en.ask.otherLanguage, subject.support]],
  ])('says what the bot knows and where else to ask (other language: %s)', (isOtherLanguage, lines) => {
    const body = renderUnknown(context, { isOtherLanguage });
    expect(body).toMatchObject({
      content: '',
      embeds: [
        {
          color: COLOR.information,
          title: en.ask.unknown,
          description: lines.join('\n'),
          footer: { text: subject.disclaimer },
        },
      ],
    });
    expect(actionsOf(body)).toEqual([[start.title, 'open start']]);
  });
});

describe('the answer to a question on another subject', () => {
  it('is the sentence, what the bot knows about, and a button to the page', () => {
    const link = { label: 'The zoo', url: 'https://example.org/zoo' };
    const body = renderResult(pointTo({ link }), context);
    expect(body.embeds).toEqual([
      {
        color: COLOR.information,
        title: en.ask.elsewhere,
        description: `Ask the zoo.\n${subject.scope}`,
        footer: { text: subject.disclaimer },
      },
    ]);
    expect(body.components).toMatchObject([{ components: [{ style: ButtonStyle.Link, ...link }] }]);
  });

  it('has no button if there is no page', () => {
    expect(renderResult(pointTo(), context).components).toEqual([]);
  });
});
