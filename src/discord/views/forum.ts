// The answer to a post in a forum: plain text with a few sentences and their sources, readable with embeds switched off.
import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import type { Edition, Page, Source } from '../../guide/model.ts';
import { removeUnclosedDirectionMarks } from '../../replies/characters.ts';
import type { Topic } from '../../replies/topics.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { type Origin, readOrigin, writeOrigin } from '../custom-id.ts';
import { cut, MAX_CONTENT } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';
import { plainButton, rowsOf, walkButton } from './buttons.ts';
import { personButton } from './person.ts';
import { plainText, subtext } from './plain-text.ts';
import { languageButton, translationNotes } from './translation.ts';

const NOT_THIS = 'f1:n:';
const MAX_SENTENCES = 3;
/** Code points of the sentences. */
const MAX_EXCERPT = 420;
/** A sentence with the marks of its sources. */
const SENTENCE = /.+?[.!?।॥](?:\[\d+\])*(?=\s|$)/g;
const MARK = /\[(\d+)\]/g;

/** The topics that were found for a post, best first. */
export type FoundTopics = readonly [Topic, ...Topic[]];

/** What an answer to a post has besides its topics. */
interface PostOptions {
  /** The edition in the asker's language, if the answer is in another one. */
  readonly otherEdition?: Edition | undefined;
  /** Above the answer, in a language without an edition. */
  readonly sentence?: string | undefined;
}

/** The answer to a post: the first of the topics, with a way to remove it. */
export function renderPostAnswer(
  topics: FoundTopics,
  context: RenderContext,
  { otherEdition, sentence }: PostOptions = {},
): MessageBody {
  const [first] = topics;
  const { messages } = context;
  const origin = { isGuess: true, topics: topics.map(({ topic }) => topic) };
  const notThis = plainButton(messages.button.notThis, `${NOT_THIS}${writeOrigin(origin, context.edition)}`);
  const content = first.kind === 'page' && !first.override ? pageText(first.page, context) : replyText(first, context);
  const other = otherEdition ? languageButtons(otherEdition, first, context) : [];
  const buttons = [...openButton(first, context), ...other, notThis, ...personButton(context, true)];
  const shown = sentence === undefined ? content : `${sentence}\n${content}`;
  return messageBody({ content: cut(shown, MAX_CONTENT), components: rowsOf(buttons) });
}

/** Whether a custom_id is that of **Not this** under such an answer. */
export function isNotThisId(customId: string): boolean {
  return customId.startsWith(NOT_THIS);
}

/** The topics that were found for the post. */
export function originOfNotThis(customId: string, edition: Edition): Origin | undefined {
  return readOrigin(customId.slice(NOT_THIS.length), edition).origin;
}

function pageText(page: Page, { edition, messages }: RenderContext): string {
  const notes = translationNotes(edition, messages, page.name).map(subtext);
  const text = excerptOf(page.text);
  const footer = page.isOnlyClaimed ? edition.subject.unconfirmed : edition.subject.disclaimer;
  const sources = sourcesOf(page, text).map(({ source, mark }) => subtext(`${mark} ${nameOf(source)}`));
  return [
    `**${plainText(page.title)}**`,
    text,
    ...sources,
    subtext(footer),
    ...notes,
    subtext(messages.forum.hint),
  ].join('\n');
}

function replyText(topic: Topic, { messages }: RenderContext): string {
  const reply = topic.kind === 'page' ? topic.override : topic.reply;
  const { own, override } = messages.faq;
  const title = `**${plainText(topic.title)}**`;
  const below = [subtext(topic.kind === 'page' ? override : own), subtext(messages.forum.hint)].join('\n');
  // The lines below are never cut off.
  const room = MAX_CONTENT - [...title, ...below].length - 2;
  return [title, cut(removeUnclosedDirectionMarks(reply?.text ?? ''), room), below].join('\n');
}

/** Opens the page in private, where its steps, warnings and other pages are. */
function openButton(topic: Topic, context: RenderContext): APIButtonComponent[] {
  if (topic.kind !== 'page') return [];
  return [walkButton(context, 'open', context.messages.button.openPage, [topic.page], ButtonStyle.Primary)];
}

/** Opens the page in another language. */
function languageButtons(edition: Edition, topic: Topic, context: RenderContext): APIButtonComponent[] {
  const page = topic.kind === 'page' ? edition.pages.get(topic.page.name) : undefined;
  return page ? [languageButton(edition, [page], undefined, context)] : [];
}

/** The first sentences of a page: two or three, without lists, text to copy, and a question to the reader. */
function excerptOf(text: string): string {
  const [prose = ''] = text.split(/\n+(?:[-*] |\d+[.)] |```)/, 1);
  const sentences: string[] = [];
  for (const [sentence] of prose.replace(/\s+/g, ' ').matchAll(SENTENCE)) {
    const length = [...sentences, sentence].join(' ').length;
    if (sentences.length === MAX_SENTENCES || (sentences.length > 0 && length > MAX_EXCERPT)) break;
    sentences.push(sentence);
  }
  // The page asks it above its buttons, which are not shown here.
  if (sentences.length > 1 && sentences.at(-1)?.endsWith('?')) sentences.pop();
  return sentences.length > 0 ? sentences.map((one) => one.trim()).join(' ') : cut(prose, MAX_EXCERPT);
}

/** All sources of an excerpt; at least one that can be opened, if the page has one. */
function sourcesOf({ sources }: Page, text: string): { source: Source; mark: string }[] {
  const marked = [...new Set([...text.matchAll(MARK)].map(([, number]) => Number(number)))];
  const cited = marked.flatMap((number) => {
    const source = sources[number - 1];
    return source ? [{ source, mark: `[${number}]` }] : [];
  });
  if (cited.some(({ source }) => source.link)) return cited;
  const at = sources.findIndex(({ link }) => link);
  const source = sources[at];
  return source ? [...cited, { source, mark: `[${at + 1}]` }] : cited;
}

/** With its address in brackets, so that Discord shows no preview. */
function nameOf({ title, link, publisher }: Source): string {
  return `${link ? `[${title}](<${link}>)` : title}, ${publisher}`;
}
