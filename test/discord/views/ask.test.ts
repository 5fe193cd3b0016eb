// Answers to questions: a page, a reply, a choice of topics, or that the bot does not know.
import { ButtonStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../../src/discord/answer.ts';
import { writeReplyId } from '../../../src/discord/custom-id.ts';
import type { QuestionResult } from '../../../src/discord/question-answering.ts';
import {
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
import { en } from '../../../src/i18n/en.ts';
import type { Topic } from '../../../src/replies/topics.ts';
import { actionsOf, buttonsOf, contextWith, edition, front, rear, reply, start, subject } from './sample-views.ts';

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
      renderUnknown(context, isOtherLanguage),
    );
  });

  it('while the search starts says so', () => {
    expect(renderResult({ kind: 'busy' }, context)).toEqual(messageBody({ content: en.ask.busy }));
  });
});

describe('a public answer', () => {
  it('that is sure is the page for everyone, and says that it is a guess', () => {
    const page = renderPublicPage(front, { ...context, origin: guess }, { content: en.ask.guess });
    expect(renderResultPublicly(found('sure', frontTopic, replyTopic), context)).toEqual(page);
    expect(renderResultPublicly(found('sure', frontTopic, replyTopic), context, 'why?')).toEqual({
      ...page,
      content: `${en.ask.asked('why?')}\n${en.ask.guess}`,
    });
  });

  it('that is sure is the reply, with a button to the other topics', () => {
    const body = renderResultPublicly(found('sure', replyTopic, rearTopic), context, 'why?');
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

  it('that is unsure, declined or too early has the question above it', () => {
    const unsure = renderOffers(choice, context);
    expect(renderResultPublicly(found('unsure', frontTopic, replyTopic), context, 'why?')).toEqual({
      ...unsure,
      content: en.ask.asked('why?'),
    });
    expect(renderResultPublicly({ kind: 'declined', isOtherLanguage: false }, context, 'why?')).toEqual({
      ...renderUnknown(context, false),
      content: en.ask.asked('why?'),
    });
    expect(renderResultPublicly({ kind: 'busy' }, context, 'why?').content).toBe(
      `${en.ask.asked('why?')}\n${en.ask.busy}`,
    );
    expect(renderResultPublicly({ kind: 'busy' }, context).content).toBe(en.ask.busy);
  });

  it('shows the question as plain text of 300 characters at most', () => {
    const contentFor = (question: string) => renderResultPublicly({ kind: 'busy' }, context, question).content;
    expect(contentFor('**why** @everyone')).toBe(`${en.ask.asked(plainText('**why** @everyone'))}\n${en.ask.busy}`);
    expect(contentFor('x'.repeat(300))).toContain('x'.repeat(300));
    expect(contentFor('x'.repeat(301))).toBe(`${en.ask.asked(`${'x'.repeat(299)}…`)}\n${en.ask.busy}`);
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
      expect(renderOffers({ isGuess: false, topics }, context)).toEqual(renderUnknown(context, false));
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
    const body = renderUnknown(context, isOtherLanguage);
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
  const pointer = { id: 'zoo', text: 'Ask the zoo.', questions: [] };
  const pointTo = (more: object = {}): QuestionResult => ({ kind: 'pointer', pointer: { ...pointer, ...more } });

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

  it('is the same for everyone, under the question', () => {
    const { content, embeds } = renderResultPublicly(pointTo(), context, 'where are the lions');
    expect(content).toBe(en.ask.asked('where are the lions'));
    expect(embeds).toEqual(renderResult(pointTo(), context).embeds);
  });
});
