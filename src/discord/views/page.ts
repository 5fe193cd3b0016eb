// Pages as Discord messages: an embed, the page's own buttons, and the walk's own row.
import { type APIButtonComponent, type APIEmbed, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { Page } from '../../guide/model.ts';
import { currentPage, extendPath, isStart, type Path, planOf, startOver } from '../../guide/walk.ts';
import type { Messages } from '../../i18n/index.ts';
import type { Topic } from '../../replies/topics.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { COMPONENT_LIMITS } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';
import { type ButtonRow, rowsOf, walkButton, withButtons } from './buttons.ts';
import { feedbackFields, pageEmbed, replyEmbed } from './embeds.ts';
import { personButton } from './person.ts';
import { hasMoreSources } from './sources.ts';

/** What a public message has besides the topic: text above it, and the one member to notify. */
interface PublicOptions {
  readonly content?: string;
  /** A user id. */
  readonly notify?: string;
}

/** A page in a private walk. @param notice text above it */
export function renderPage(path: Path, context: RenderContext, notice = ''): MessageBody {
  const guess = path.length === 1 && context.origin?.isGuess ? context.messages.ask.guess : '';
  const page = currentPage(path);
  const embed = pageEmbed(page, context);
  const embeds = [page.outcome ? withQuestion(embed, context.messages) : embed];
  const components = withPerson([...linkRows(path, context), ...ownRow(path, context)], page, context);
  return messageBody({ content: notice || guess, embeds, components });
}

/** Asks whether the page helped. The footer is the place nearest to the two buttons that answer it. */
function withQuestion(embed: APIEmbed, { page }: Messages): APIEmbed {
  return { ...embed, footer: { text: `${embed.footer?.text ?? ''}\n${page.didThisHelp}`.trim() } };
}

/** The page after "Did this help?" was answered, with thanks or advice as a field. Back leads to the page as it was. */
export function renderFeedback(path: Path, context: RenderContext, hasHelped: boolean): MessageBody {
  const embed = pageEmbed(currentPage(path), context);
  const { thanks, sorry } = feedbackFields(context.edition.subject, context.messages);
  const fields = [...(embed.fields ?? []), hasHelped ? thanks : sorry];
  const { back, startOver } = context.messages.button;
  const moves = [walkButton(context, 'toPage', back, path), walkButton(context, 'startOver', startOver, path)];
  const row = [...moves, ...(hasHelped ? [] : personButton(context))];
  return messageBody({ embeds: [{ ...embed, fields }], components: rowsOf(row) });
}

/** A page for everyone in a channel: its buttons open a private walk of the person who clicks. */
export function renderPublicPage(page: Page, context: RenderContext, options: PublicOptions = {}): MessageBody {
  const path: Path = [page];
  const { openGuide, notThis } = context.messages.button;
  const own = [
    ...(isStart(context.edition, page) ? [] : [walkButton(context, 'openGuide', openGuide, path)]),
    ...sourcesButton(path, context),
    ...(context.origin ? [walkButton(context, 'offers', notThis, path)] : []),
  ];
  const embeds = [pageEmbed(page, context)];
  const components = withPerson([...linkRows(path, context), ...rowsOf(own)], page, context);
  return messageBody({ content: options.content ?? '', embeds, components }, options.notify);
}

/** The rows of a page, with a way to a person on pages that are urgent. */
function withPerson(rows: readonly ButtonRow[], page: Page, context: RenderContext): ButtonRow[] {
  const button = page.urgent ? personButton(context) : [];
  // A row of links alone is not mixed with it.
  return rows.length > 1 ? withButtons(rows, button) : [...rows, ...rowsOf(button)];
}

/** A topic for everyone in a channel: a reply as it is, a page with its buttons. */
export function renderTopic(topic: Topic, context: RenderContext, options: PublicOptions = {}): MessageBody {
  if (topic.kind === 'page') return renderPublicPage(topic.page, context, options);
  const embeds = [replyEmbed(topic.reply, context.messages.faq.own)];
  return messageBody({ content: options.content ?? '', embeds }, options.notify);
}

/** The page's own buttons: to other pages and out to the web. */
function linkRows(path: Path, context: RenderContext): ButtonRow[] {
  const buttons = currentPage(path).links.flatMap((link): APIButtonComponent[] => {
    if (link.kind === 'web')
      return [{ type: ComponentType.Button, style: ButtonStyle.Link, label: link.label, url: link.url }];
    const target = context.edition.pages.get(link.page);
    return target ? [walkButton(context, 'open', link.label, extendPath(path, target), ButtonStyle.Primary)] : [];
  });
  return rowsOf(buttons);
}

/** The walk's buttons: back, start over, the plan, and whether the page helped. */
function ownRow(path: Path, context: RenderContext): ButtonRow[] {
  const { button } = context.messages;
  const page = currentPage(path);
  const isFirst = path.length === 1;
  const hasRestart = !(isFirst && !context.origin && startOver(context.edition, path) === page);
  const moves = isFirst ? offersButton(path, context) : [walkButton(context, 'back', button.back, path)];
  const restart = hasRestart ? [walkButton(context, 'startOver', button.startOver, path)] : [];
  const more = [
    ...(planOf(path).length > 0 ? [walkButton(context, 'plan', button.plan, path)] : []),
    ...sourcesButton(path, context),
  ];
  const feedback = page.outcome
    ? [
        walkButton(context, 'helped', button.helped, path, ButtonStyle.Success),
        walkButton(context, 'notHelped', button.notHelped, path),
      ]
    : [];
  const all = [...moves, ...restart, ...more, ...feedback];
  if (all.length <= COMPONENT_LIMITS.buttonsInRow) return rowsOf(all);
  // Six buttons: in two rows if there is room, which keeps Yes and No together.
  const isFull = page.links.length > (COMPONENT_LIMITS.rows - 2) * COMPONENT_LIMITS.buttonsInRow;
  return isFull
    ? rowsOf([...moves, ...more, ...feedback])
    : [...rowsOf([...moves, ...restart, ...more]), ...rowsOf(feedback)];
}

/** Leads to the sources that are not shown under the page. A server's own text in its place has none. */
function sourcesButton(path: Path, context: RenderContext): APIButtonComponent[] {
  const page = currentPage(path);
  const topic = context.topics.find(page.name);
  const isOverridden = topic?.kind === 'page' && topic.override !== undefined;
  if (isOverridden || !hasMoreSources(page)) return [];
  return [walkButton(context, 'sources', context.messages.button.sources, path)];
}

/** On the first page of a walk that began with a question: leads to the question's other topics. */
function offersButton(path: Path, context: RenderContext): APIButtonComponent[] {
  if (!context.origin) return [];
  const { notThis, back } = context.messages.button;
  return [walkButton(context, 'offers', context.origin.isGuess ? notThis : back, path)];
}
