// “Ask a person”: its button, its form, the question as helpers see it, and their answer.
import type { APIButtonComponent, APIMessage } from 'discord-api-types/v10';
import type { Content, Page } from '../../guide/model.ts';
import { type Answer, type MessageBody, messageBody } from '../answer.ts';
import { cut, EMBED_LIMITS, MAX_CONTENT } from '../limits.ts';
import { writePersonId } from '../person-id.ts';
import type { RenderContext } from '../render-context.ts';
import { plainButton, rowsOf } from './buttons.ts';
import { openModal } from './modal.ts';
import { isSubtext, plainTextWithin, subtext, visibleText } from './plain-text.ts';

/** Code points of a question and of an answer. With their escapes both fit into one message of 2,000. */
export const MAX_TEXT = 800;
/** Code points of the same with its escapes. */
const MAX_ESCAPED = 1600;
/** What begins a line that quotes words. */
const QUOTE = '> ';
/** A web address in an answer, without the punctuation of the sentence around it. It may have pairs of parentheses. */
const ADDRESS = /https:\/\/(?:[^\s<>()]|\([^\s<>()]*\))*(?:[^\s<>().,:;!?"'\]]|\([^\s<>()]*\))/g;

/**
 * The button, where there is somebody to ask: nowhere in a direct message, or where no channel is set.
 * @param isPost whether the message answers a post in a forum
 */
export function personButton({ messages, settings, edition }: RenderContext, isPost = false): APIButtonComponent[] {
  if (settings.helpersChannel === undefined) return [];
  return [
    plainButton(
      messages.button.askPerson,
      writePersonId({ action: isPost ? 'askPost' : 'ask', locale: edition.locale }),
    ),
  ];
}

/** A message that shows the question which it answers, above its title, where Discord shows no Markdown. */
export function underQuestion(body: MessageBody, question: string | undefined): MessageBody {
  const [first, ...more] = body.embeds ?? [];
  const name = cut(visibleText(question ?? ''), EMBED_LIMITS.author);
  return first && name !== '' ? { ...body, embeds: [{ ...first, author: { name } }, ...more] } : body;
}

/** The question that a message of the bot answers; undefined if it shows none. */
export function questionOf(message: Pick<APIMessage, 'embeds'> | undefined): string | undefined {
  return message?.embeds?.[0]?.author?.name || undefined;
}

/** The form. @param question what it is filled in with */
export function renderPersonForm(question: string, { messages: { person }, edition }: RenderContext): Answer {
  return openModal(writePersonId({ action: 'send', locale: edition.locale }), person.title, [
    {
      id: 'question',
      label: person.question,
      description: person.questionHint,
      isLong: true,
      maxLength: MAX_TEXT,
      value: cut(question, MAX_TEXT),
    },
  ]);
}

/**
 * What a form is filled in with: the question, the words that the message replies to, or the page that it shows.
 * @param repliedTo the content of the message to which it replies; empty if there is none
 */
export function formTextOf(
  message: Pick<APIMessage, 'embeds'> | undefined,
  repliedTo: string,
  { messages, edition, topics }: RenderContext,
  { editions }: Content,
): string {
  const asked = questionOf(message) ?? withoutMentions(repliedTo);
  if (asked !== '') return asked;
  const title = message?.embeds?.[0]?.title ?? '';
  // The message may be in another language than the form.
  const all = [...editions.values()].flatMap(({ pages }) => [...pages.values()]);
  const isShown = (page: Page) => page.title === title || topics.find(page.name)?.title === title;
  const page = all.find(isShown);
  const named = page && (topics.find(page.name)?.title ?? edition.pages.get(page.name)?.title);
  return named === undefined ? '' : `${messages.person.about(visibleText(named))} `;
}

/** Users by their ids are of no use in a form. */
function withoutMentions(text: string): string {
  return visibleText(text.replace(/<@!?\d+>/g, ' '));
}

interface AskedQuestion {
  readonly question: string;
  readonly userId: string;
  /** Where it was asked. */
  readonly channelId: string;
  /** The role to notify. */
  readonly role: string | undefined;
}

/** The question as helpers see it. */
export function renderAsked(
  { question, userId, channelId, role }: AskedQuestion,
  { messages: { button, person } }: RenderContext,
): MessageBody {
  const post = person.post(userId, channelId, plainTextWithin(question, MAX_ESCAPED));
  const content = [...(role === undefined ? [] : [`<@&${role}>`]), post, subtext(person.postHint)].join('\n');
  const components = rowsOf([plainButton(button.answered, writePersonId({ action: 'answered', userId, channelId }))]);
  return messageBody({ content, components }, role === undefined ? undefined : { role });
}

/** The same question after it was answered: without its button. @param by a user id */
export function renderClosed(
  { content }: Pick<APIMessage, 'content'>,
  by: string,
  context: RenderContext,
): MessageBody {
  const kept = content.split('\n').filter((line) => !isSubtext(line));
  return messageBody({ content: [...kept, context.messages.person.closed(by)].join('\n') });
}

/** The form for an answer. @param customId that of the form */
export function renderAnswerForm(customId: string, { messages: { person } }: RenderContext): Answer {
  return openModal(customId, person.answerTitle, [
    { id: 'answer', label: person.answer, description: person.answerHint, isLong: true, maxLength: MAX_TEXT },
  ]);
}

interface GivenAnswer {
  readonly answer: string;
  /** The user ids of who asked and who answers. */
  readonly asker: string;
  readonly by: string;
  /** Whether addresses may be opened with a click: those of moderators and helpers. */
  readonly hasLinks: boolean;
}

/**
 * The answer where the question was asked: it notifies who asked, and nobody else. The question is not repeated: it may
 * have been asked in private.
 */
export function renderGiven(
  { answer, asker, by, hasLinks }: GivenAnswer,
  { messages: { person } }: RenderContext,
): MessageBody {
  const words = hasLinks ? withLinks(answer) : plainTextWithin(answer, MAX_ESCAPED);
  const content = asker === by ? person.replySelf(asker, words) : person.reply(asker, by, words);
  return messageBody({ content: cut(content, MAX_CONTENT) }, asker);
}

/** Words that could not be posted, for who typed them. */
export function renderUnposted(sentence: string, words: string): string {
  return `${sentence}\n${QUOTE}${plainTextWithin(words, MAX_ESCAPED)}`;
}

/** A text as plain text in which web addresses can be opened; they show no preview. */
function withLinks(text: string): string {
  const line = cut(visibleText(text), MAX_TEXT);
  let shown = '';
  let at = 0;
  for (const { 0: address, index } of line.matchAll(ADDRESS)) {
    shown += `${plainTextWithin(line.slice(at, index), MAX_ESCAPED)} <${address}> `;
    at = index + address.length;
  }
  return `${shown}${plainTextWithin(line.slice(at), MAX_ESCAPED)}`.trim();
}
