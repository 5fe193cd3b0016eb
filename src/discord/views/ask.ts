// What is shown for a question: the likely page, a choice of topics, or an honest "I don't know that".
import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { Topic } from '../../replies/topics.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { type Origin, writeReplyId, writeWalkId } from '../custom-id.ts';
import { COMPONENTS, cut } from '../limits.ts';
import type { Found } from '../question-answering.ts';
import type { Reading } from '../render-context.ts';
import { guideButtons } from './help.ts';
import { renderPage, renderPublicPage, renderTopic, replyEmbed, rowsOf, walkButton } from './page.ts';
import { plainTextWithin } from './plain-text.ts';

const COLOR = 0x3b82f6;
const QUESTION = 300;

/** The answer to a question, for the person who asked. */
export function renderFound(found: Found, reading: Reading): MessageBody {
  if (found.kind === 'busy') return messageBody({ content: reading.words.ask.busy });
  if (found.kind === 'declined') return renderUnknown(reading, found.isOtherLanguage);
  const asked = { ...reading, origin: originOf(found) };
  const [first] = found.topics;
  if (found.kind === 'unsure') return renderOffers(asked.origin, reading);
  return first.kind === 'page' ? renderPage([first.page], asked) : renderReply(first, asked.origin, reading);
}

/** The answer for everyone in the channel. @param question is shown above it; undefined where it stands there already */
export function renderFoundPublicly(found: Found, reading: Reading, question?: string): MessageBody {
  const { ask } = reading.words;
  const content = question === undefined ? '' : ask.asked(plainTextWithin(question, QUESTION));
  const withQuestion = (body: MessageBody): MessageBody => ({
    ...body,
    content: [content, body.content].filter(Boolean).join('\n'),
  });
  if (found.kind === 'busy' || found.kind === 'declined') return withQuestion(renderFound(found, reading));
  const origin = originOf(found);
  const [first] = found.topics;
  if (found.kind === 'unsure') return withQuestion(renderOffers(origin, reading));
  const asked = { ...reading, origin };
  if (first.kind === 'page') return withQuestion(renderPublicPage(first.page, asked, { content: ask.guess }));
  const body = renderTopic(first, reading, { content: ask.guessReply });
  return withQuestion({ ...body, components: rowsOf([walkButton(asked, 'offers', reading.words.button.notThis, [])]) });
}

/** The topics of a question to choose from. Those that are gone by now are left out. */
export function renderOffers(origin: Origin, reading: Reading): MessageBody {
  const { words, topics } = reading;
  const known = [...new Set(origin.topics.flatMap((topic) => topics.find(topic) ?? []))];
  if (known.length === 0) return renderUnknown(reading, false);
  const choice = { isGuess: false, topics: origin.topics };
  const embed = {
    color: COLOR,
    title: words.ask.unsure,
    description: words.ask.unsureText,
    footer: { text: words.page.notUpwork },
  };
  const none = walkButton({ ...reading, origin: choice }, 'none', words.button.none, []);
  const buttons = rowsOf(known.map((topic) => offerButton(topic, choice, reading)));
  return messageBody({ embeds: [embed], components: [...buttons, ...rowsOf([none])] });
}

/** An own reply that was found, in private. */
export function renderReply(topic: Extract<Topic, { kind: 'reply' }>, origin: Origin, reading: Reading): MessageBody {
  const { words } = reading;
  const label = origin.isGuess ? words.button.notThis : words.button.back;
  return messageBody({
    content: origin.isGuess ? words.ask.guessReply : '',
    embeds: [replyEmbed(topic.reply, words.faq.own)],
    components: rowsOf([walkButton({ ...reading, origin }, 'offers', label, [])]),
  });
}

/** Nothing fits: what the bot can help with, and where else to ask. */
export function renderUnknown(reading: Reading, isOtherLanguage: boolean): MessageBody {
  const { ask, page } = reading.words;
  const embed = {
    color: COLOR,
    title: ask.unknown,
    description: isOtherLanguage ? ask.otherLanguage : ask.unknownText,
    footer: { text: page.notUpwork },
  };
  return messageBody({ embeds: [embed], components: rowsOf(guideButtons(reading)) });
}

function originOf(found: Extract<Found, { topics: unknown }>): Origin {
  return { isGuess: found.kind === 'sure', topics: found.topics.map(({ topic }) => topic) };
}

function offerButton(topic: Topic, origin: Origin, { edition }: Reading): APIButtonComponent {
  const customId =
    topic.kind === 'page'
      ? writeWalkId('open', [topic.page], { edition, origin })
      : writeReplyId(topic.topic, edition, origin);
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: cut(topic.title, COMPONENTS.label),
    custom_id: customId,
  };
}
