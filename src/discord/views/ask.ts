// The answer to a question: the most likely page, a choice of topics, or "I don't know that".
import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { Pointer } from '../../guide/search-data.ts';
import type { Topic } from '../../replies/topics.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { type Origin, writeReplyId, writeWalkId } from '../custom-id.ts';
import { COMPONENT_LIMITS, cut } from '../limits.ts';
import type { QuestionResult } from '../question-answering.ts';
import type { RenderContext } from '../render-context.ts';
import { rowsOf, walkButton } from './buttons.ts';
import { COLOR } from './colors.ts';
import { replyEmbed } from './embeds.ts';
import { guideButtons } from './help.ts';
import { renderPage, renderPublicPage, renderTopic } from './page.ts';
import { plainTextWithin } from './plain-text.ts';

/** Code points of a question that are shown above its public answer. */
const MAX_QUESTION = 300;

/** The answer to a question, for the person who asked. */
export function renderResult(found: QuestionResult, context: RenderContext): MessageBody {
  if (found.kind === 'busy') return messageBody({ content: context.messages.ask.busy });
  if (found.kind === 'declined') return renderUnknown(context, found.isOtherLanguage);
  if (found.kind === 'pointer') return renderPointer(found.pointer, context);
  const asked = { ...context, origin: originOf(found) };
  const [first] = found.topics;
  if (found.kind === 'unsure') return renderOffers(asked.origin, context);
  return first.kind === 'page' ? renderPage([first.page], asked) : renderReply(first, asked.origin, context);
}

/** The answer for everyone in the channel. @param question shown above it; left out if the channel shows it already */
export function renderResultPublicly(found: QuestionResult, context: RenderContext, question?: string): MessageBody {
  const { ask } = context.messages;
  const content = question === undefined ? '' : ask.asked(plainTextWithin(question, MAX_QUESTION));
  const withQuestion = (body: MessageBody): MessageBody => ({
    ...body,
    content: [content, body.content].filter(Boolean).join('\n'),
  });
  if (!('topics' in found)) return withQuestion(renderResult(found, context));
  const origin = originOf(found);
  const [first] = found.topics;
  if (found.kind === 'unsure') return withQuestion(renderOffers(origin, context));
  const asked = { ...context, origin };
  if (first.kind === 'page') return withQuestion(renderPublicPage(first.page, asked, { content: ask.guess }));
  const body = renderTopic(first, context, { content: ask.guessReply });
  return withQuestion({
    ...body,
    components: rowsOf([walkButton(asked, 'offers', context.messages.button.notThis, [])]),
  });
}

/** The topics of a question to choose from. Topics that no longer exist are left out. */
export function renderOffers(origin: Origin, context: RenderContext): MessageBody {
  const { edition, messages, topics } = context;
  const known = [...new Set(origin.topics.flatMap((topic) => topics.find(topic) ?? []))];
  if (known.length === 0) return renderUnknown(context, false);
  const choice = { isGuess: false, topics: origin.topics };
  const embed = {
    color: COLOR.information,
    title: messages.ask.unsure,
    description: messages.ask.unsureText,
    footer: { text: edition.subject.disclaimer },
  };
  const none = walkButton({ ...context, origin: choice }, 'none', messages.button.none, []);
  const buttons = rowsOf(known.map((topic) => offerButton(topic, choice, context)));
  return messageBody({ embeds: [embed], components: [...buttons, ...rowsOf([none])] });
}

/** A server's own reply that was found, in private. */
export function renderReply(
  topic: Extract<Topic, { kind: 'reply' }>,
  origin: Origin,
  context: RenderContext,
): MessageBody {
  const { messages } = context;
  const label = origin.isGuess ? messages.button.notThis : messages.button.back;
  return messageBody({
    content: origin.isGuess ? messages.ask.guessReply : '',
    embeds: [replyEmbed(topic.reply, messages.faq.own)],
    components: rowsOf([walkButton({ ...context, origin }, 'offers', label, [])]),
  });
}

/** The answer if nothing fits: what the bot can help with, and where else to ask. */
export function renderUnknown(context: RenderContext, isOtherLanguage: boolean): MessageBody {
  const { ask } = context.messages;
  const { scope, support, disclaimer } = context.edition.subject;
  const embed = {
    color: COLOR.information,
    title: ask.unknown,
    description: [...(isOtherLanguage ? [ask.otherLanguage] : [scope, ask.unknownText]), support].join('\n'),
    footer: { text: disclaimer },
  };
  return messageBody({ embeds: [embed], components: rowsOf(guideButtons(context)) });
}

/** The answer to a question about another subject: one sentence, and the link. */
function renderPointer({ text, link }: Pointer, { messages, edition }: RenderContext): MessageBody {
  const embed = {
    color: COLOR.information,
    title: messages.ask.elsewhere,
    description: [text, edition.subject.scope].join('\n'),
    footer: { text: edition.subject.disclaimer },
  };
  const button = (one: NonNullable<Pointer['link']>): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Link,
    ...one,
  });
  return messageBody({ embeds: [embed], components: rowsOf(link ? [button(link)] : []) });
}

function originOf(found: Extract<QuestionResult, { topics: unknown }>): Origin {
  return { isGuess: found.kind === 'sure', topics: found.topics.map(({ topic }) => topic) };
}

function offerButton(topic: Topic, origin: Origin, { edition }: RenderContext): APIButtonComponent {
  const customId =
    topic.kind === 'page'
      ? writeWalkId('open', [topic.page], { edition, origin })
      : writeReplyId(topic.topic, edition, origin);
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    label: cut(topic.title, COMPONENT_LIMITS.label),
    custom_id: customId,
  };
}
