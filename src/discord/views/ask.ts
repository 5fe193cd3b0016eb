// The answer to a question: the most likely page, a choice of topics, or "I don't know that".
import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { Edition } from '../../guide/model.ts';
import type { LanguageSentences, Pointer } from '../../guide/search-data.ts';
import type { Topic } from '../../replies/topics.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { type Origin, writeReplyId, writeWalkId } from '../custom-id.ts';
import { COMPONENT_LIMITS, cut } from '../limits.ts';
import type { QuestionResult } from '../question-answering.ts';
import type { RenderContext } from '../render-context.ts';
import { isButtonRow, rowsOf, walkButton, withButtons } from './buttons.ts';
import { COLOR } from './colors.ts';
import { replyEmbed } from './embeds.ts';
import { guideButtons } from './help.ts';
import { renderPage, renderPublicPage, renderTopic } from './page.ts';
import { personButton, underQuestion } from './person.ts';
import { plainTextWithin } from './plain-text.ts';
import { languageButton } from './translation.ts';

/** Code points of a question that are shown above its public answer. */
const MAX_QUESTION = 300;

/** A result with topics. */
type FoundTopics = Extract<QuestionResult, { topics: unknown }>;

/** What an answer has besides what was found. */
interface AnswerOptions {
  /** Shown above it: of a private answer, for asking a person with it. */
  readonly question?: string | undefined;
  /** The edition in the asker's language, if the answer is in another one. */
  readonly otherEdition?: Edition | undefined;
}

/** The answer to a question, for the person who asked. */
export function renderResult(
  found: QuestionResult,
  context: RenderContext,
  { question, otherEdition }: AnswerOptions = {},
): MessageBody {
  return underQuestion(withLanguage(renderFound(found, context), found, context, otherEdition), question);
}

function renderFound(found: QuestionResult, context: RenderContext): MessageBody {
  const { sentences } = found;
  if (found.kind === 'busy') return messageBody({ content: context.messages.ask.busy });
  if (found.kind === 'courtesy') return renderCourtesy(context, sentences);
  if (found.kind === 'declined') return renderUnknown(context, { sentences, isOtherLanguage: found.isOtherLanguage });
  if (found.kind === 'pointer') return under(sentences?.answered, renderPointer(found.pointer, context));
  return under(sentences?.answered, renderTopics(found, context));
}

/** A message under a sentence in the asker's language. */
function under(sentence: string | undefined, body: MessageBody): MessageBody {
  return { ...body, content: [sentence, body.content].filter(Boolean).join('\n') };
}

function renderTopics(found: FoundTopics, context: RenderContext): MessageBody {
  const asked = { ...context, origin: originOf(found) };
  const [first] = found.topics;
  if (found.kind === 'unsure') return renderOffers(asked.origin, context);
  return first.kind === 'page' ? renderPage([first.page], asked) : renderReply(first, asked.origin, context);
}

/** A few friendly words to somebody who greets or thanks. */
export function renderCourtesy({ messages, edition }: RenderContext, sentences?: LanguageSentences): MessageBody {
  return messageBody({ content: sentences?.courtesy ?? messages.ask.courtesy(edition.subject.scope) });
}

/**
 * The answer for everyone in the channel, if there is one: what is declined is not shared.
 * @param options.question left out if the channel shows it already
 */
export function renderResultPublicly(
  found: QuestionResult,
  context: RenderContext,
  { question, otherEdition }: AnswerOptions = {},
): MessageBody {
  if (!('topics' in found)) return renderResult(found, context, { otherEdition });
  const asked = question && context.messages.ask.asked(plainTextWithin(question, MAX_QUESTION));
  const body = withLanguage(renderTopicsPublicly(found, context), found, context, otherEdition);
  return under(asked, under(found.sentences?.answered, body));
}

/** An answer with a button to the same topics in the asker's language. */
function withLanguage(
  body: MessageBody,
  found: QuestionResult,
  context: RenderContext,
  otherEdition: Edition | undefined,
): MessageBody {
  if (!otherEdition || !('topics' in found)) return body;
  const [first] = found.topics;
  const page = found.kind === 'sure' && first.kind === 'page' ? otherEdition.pages.get(first.page.name) : undefined;
  const button = languageButton(otherEdition, page ? [page] : [], originOf(found), context);
  const rows = (body.components ?? []).filter(isButtonRow);
  return { ...body, components: withButtons(rows, [button]) };
}

function renderTopicsPublicly(found: FoundTopics, context: RenderContext): MessageBody {
  const { ask, button } = context.messages;
  const origin = originOf(found);
  const [first] = found.topics;
  if (found.kind === 'unsure') return renderOffers(origin, context);
  const asked = { ...context, origin };
  if (first.kind === 'page') return renderPublicPage(first.page, asked, { content: ask.guess });
  const body = renderTopic(first, context, { content: ask.guessReply });
  return { ...body, components: rowsOf([walkButton(asked, 'offers', button.notThis, [])]) };
}

/** The topics of a question to choose from. Topics that no longer exist are left out. */
export function renderOffers(origin: Origin, context: RenderContext): MessageBody {
  const { edition, messages, topics } = context;
  const known = [...new Set(origin.topics.flatMap((topic) => topics.find(topic) ?? []))];
  if (known.length === 0) return renderUnknown(context);
  const choice = { isGuess: false, topics: origin.topics };
  const embed = {
    color: COLOR.information,
    title: messages.ask.unsure,
    description: messages.ask.unsureText,
    footer: { text: edition.subject.disclaimer },
  };
  const none = walkButton({ ...context, origin: choice }, 'none', messages.button.none, []);
  const buttons = rowsOf(known.map((topic) => offerButton(topic, choice, context)));
  return messageBody({ embeds: [embed], components: [...buttons, ...rowsOf([none, ...personButton(context)])] });
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

interface UnknownOptions {
  /** In the asker's language. */
  readonly sentences?: LanguageSentences | undefined;
  /** Whether the question could not be read. */
  readonly isOtherLanguage?: boolean;
}

/** The answer if nothing fits: what the bot can help with, and where else to ask. */
export function renderUnknown(
  context: RenderContext,
  { sentences, isOtherLanguage = false }: UnknownOptions = {},
): MessageBody {
  const { ask } = context.messages;
  const { scope, support, disclaimer } = context.edition.subject;
  const why = isOtherLanguage && !sentences ? [ask.otherLanguage] : [scope, ask.unknownText];
  const embed = {
    color: COLOR.information,
    title: ask.unknown,
    description: [...(sentences ? [`**${sentences.declined}**`] : []), ...why, support].join('\n'),
    footer: { text: disclaimer },
  };
  const components = [...rowsOf(guideButtons(context)), ...rowsOf(personButton(context))];
  return messageBody({ embeds: [embed], components });
}

/** The answer to a question about another subject: one sentence, and the link. */
function renderPointer({ text, link }: Pointer, context: RenderContext): MessageBody {
  const { messages, edition } = context;
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
  return messageBody({
    embeds: [embed],
    components: rowsOf([...(link ? [button(link)] : []), ...personButton(context)]),
  });
}

function originOf(found: FoundTopics): Origin {
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
