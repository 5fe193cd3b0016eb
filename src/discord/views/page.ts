// Pages as Discord messages: an embed, the page's own buttons, and the walk's own row.
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
  type APIEmbedField,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { Page, PageLimits, Source } from '../../guide/model.ts';
import { currentPage, extendPath, isStart, type Path, planOf, startOver } from '../../guide/walk.ts';
import { showDate } from '../../i18n/dates.ts';
import { languages, type Messages } from '../../i18n/index.ts';
import { removeUnclosedDirectionMarks } from '../../replies/characters.ts';
import type { Reply } from '../../replies/reply.ts';
import type { Topic } from '../../replies/topics.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { type WalkAction, writeWalkId } from '../custom-id.ts';
import { COMPONENT_LIMITS, codePoints, cut, EMBED_LIMITS } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';

type Row = APIActionRowComponent<APIButtonComponent>;

/** Colours repeat what the words say (alert names, "Did this help?"): they carry nothing alone. */
const COLOR = { information: 0x3b82f6, warning: 0xf59e0b, outcome: 0x22c55e, plan: 0x8b5cf6 } as const;

/** A page in a private walk. `notice` is a sentence that stands above it. */
export function renderPage(path: Path, context: RenderContext, notice = ''): MessageBody {
  const guess = path.length === 1 && context.origin?.isGuess ? context.messages.ask.guess : '';
  const page = currentPage(path);
  const embeds = [page.outcome ? asking(embedOf(page, context), context.messages) : embedOf(page, context)];
  const components = [...linkRows(path, context), ...ownRow(path, context)];
  return messageBody({ content: notice || guess, embeds, components });
}

/** The question that the two buttons of an outcome answer, as near to them as an embed has room. */
function asking(embed: APIEmbed, { page }: Messages): APIEmbed {
  return { ...embed, footer: { text: `${embed.footer?.text ?? ''}\n${page.didThisHelp}`.trim() } };
}

/** The page after "Did this help?" was answered, with thanks or advice as a field. Back leads to the page as it was. */
export function renderAnswered(path: Path, context: RenderContext, reaction: APIEmbedField): MessageBody {
  const embed = embedOf(currentPage(path), context);
  const { back, startOver } = context.messages.button;
  const row = [walkButton(context, 'toPage', back, path), walkButton(context, 'startOver', startOver, path)];
  return messageBody({ embeds: [{ ...embed, fields: [...(embed.fields ?? []), reaction] }], components: rowsOf(row) });
}

/** A page for everyone in a channel: its buttons open the clicker's own private walk. */
export function renderPublicPage(
  page: Page,
  context: RenderContext,
  more: { content?: string; notify?: string } = {},
): MessageBody {
  const path: Path = [page];
  const { openGuide, notThis } = context.messages.button;
  const own = [
    ...(isStart(context.edition, page) ? [] : [walkButton(context, 'openGuide', openGuide, path)]),
    ...(context.origin ? [walkButton(context, 'offers', notThis, path)] : []),
  ];
  const embeds = [embedOf(page, context)];
  const components = [...linkRows(path, context), ...rowsOf(own)];
  return messageBody({ content: more.content ?? '', embeds, components }, more.notify);
}

/** The plan gathered on the way, in the walk's message. */
export function renderPlan(
  path: Path,
  context: RenderContext,
  more: { notice?: string; isSent?: boolean } = {},
): MessageBody {
  const { back, startOver, sendPlan } = context.messages.button;
  const row = [
    walkButton(context, more.isSent ? 'plan' : 'toPage', back, path),
    walkButton(context, 'startOver', startOver, path),
    ...(more.isSent ? [] : [walkButton(context, 'sendPlan', sendPlan, path, ButtonStyle.Primary)]),
  ];
  return messageBody({ content: more.notice ?? '', embeds: [planEmbed(path, context)], components: rowsOf(row) });
}

/** The plan as an embed that can be sent alone. */
export function planEmbed(path: Path, { messages, edition }: RenderContext): APIEmbed {
  const steps = planOf(path);
  const lines: string[] = [messages.plan.intro, ''];
  let room = EMBED_LIMITS.description - codePoints(messages.plan.intro) - 100;
  for (const step of steps) {
    room -= codePoints(step) + 3;
    if (room < 0) break;
    lines.push(`☐ ${step}`);
  }
  const left = steps.length - (lines.length - 2);
  if (left > 0) lines.push(messages.plan.more(left));
  const sources = [...new Set(path.filter((page) => page.steps.length > 0).flatMap((page) => page.sources))];
  const about = {
    color: COLOR.plan,
    title: messages.plan.title,
    description: steps.length === 0 ? messages.plan.none : lines.join('\n'),
    footer: { text: messages.page.notUpwork },
  };
  const used = codePoints(about.title) + codePoints(about.description) + codePoints(about.footer.text);
  const fields = sourceFields(sources.slice(0, 10), messages, edition.locale, false);
  return { ...about, fields: fitting(fields, EMBED_LIMITS.total - used) };
}

/** The first fields that together have at most so many characters. */
function fitting(fields: readonly APIEmbedField[], characters: number): APIEmbedField[] {
  let left = characters;
  return fields.filter(({ name, value }) => {
    left -= codePoints(name) + codePoints(value);
    return left >= 0;
  });
}

/** A page as an embed, or this server's own text in its place. */
function embedOf(page: Page, { edition, messages, topics }: RenderContext): APIEmbed {
  const topic = topics.find(page.name);
  if (topic?.kind === 'page' && topic.override) return replyEmbed(topic.override, messages.faq.over);
  return buildEmbed(page, messages, edition.locale);
}

/**
 * A server's own words as an embed: exactly as they were typed, but for directions that nothing closes.
 * @param footer says whose words they are
 */
export function replyEmbed({ title, text }: Pick<Reply, 'title' | 'text'>, footer: string): APIEmbed {
  return {
    color: COLOR.information,
    title: removeUnclosedDirectionMarks(title),
    description: removeUnclosedDirectionMarks(text),
    footer: { text: footer },
  };
}

/** A topic for everyone in a channel: a reply as it is, a page with its buttons. */
export function renderTopic(
  topic: Topic,
  context: RenderContext,
  more: { content?: string; notify?: string } = {},
): MessageBody {
  if (topic.kind === 'page') return renderPublicPage(topic.page, context, more);
  const embeds = [replyEmbed(topic.reply, context.messages.faq.own)];
  return messageBody({ content: more.content ?? '', embeds }, more.notify);
}

function buildEmbed(page: Page, messages: Messages, language: string): APIEmbed {
  const isWarned = page.alerts.some(({ kind }) => kind === 'WARNING' || kind === 'CAUTION');
  const fields: APIEmbedField[] = page.alerts.map(({ kind, text }) => ({
    name: messages.page.alert[kind],
    value: text,
  }));
  if (page.steps.length > 0)
    fields.push({ name: messages.page.steps, value: page.steps.map((step) => `- ${step}`).join('\n') });
  fields.push(...sourceFields(page.sources, messages, language, true));
  return {
    color: isWarned ? COLOR.warning : page.outcome ? COLOR.outcome : COLOR.information,
    title: page.title,
    description: page.text,
    fields,
    footer: { text: page.isOnlyClaimed ? messages.page.guideAlone : messages.page.notUpwork },
  };
}

/** The sources by name, publisher and date, numbered as the text's marks are. */
function sourceFields(
  sources: readonly Source[],
  messages: Messages,
  language: string,
  isNumbered: boolean,
): APIEmbedField[] {
  const [first] = sources;
  if (!first) return [];
  const oldest = sources.map(({ reviewed }) => reviewed).sort()[0] ?? first.reviewed;
  const lines = sources.map((source, i) => {
    const title = source.link ? `[${source.title}](${source.link})` : source.title;
    const date = source.published ? `, ${showDate(source.published, language)}` : '';
    return `${isNumbered ? `[${i + 1}] ` : '- '}${title}, ${source.publisher}${date}`;
  });
  const values: string[] = [];
  for (const line of lines) {
    const last = values.at(-1);
    if (last !== undefined && codePoints(last) + codePoints(line) + 1 <= EMBED_LIMITS.fieldValue)
      values[values.length - 1] = `${last}\n${line}`;
    else values.push(cut(line, EMBED_LIMITS.fieldValue));
  }
  const name = messages.page.sources(showDate(oldest, language));
  return values.map((value, i) => ({ name: i === 0 ? name : messages.page.moreSources, value }));
}

function linkRows(path: Path, context: RenderContext): Row[] {
  const buttons = currentPage(path).links.flatMap((link): APIButtonComponent[] => {
    if (link.kind === 'web')
      return [{ type: ComponentType.Button, style: ButtonStyle.Link, label: link.label, url: link.url }];
    const target = context.edition.pages.get(link.page);
    return target ? [walkButton(context, 'open', link.label, extendPath(path, target), ButtonStyle.Primary)] : [];
  });
  return rowsOf(buttons);
}

function ownRow(path: Path, context: RenderContext): Row[] {
  const { button } = context.messages;
  const page = currentPage(path);
  const isFirst = path.length === 1;
  const hasRestart = !(isFirst && !context.origin && startOver(context.edition, path) === page);
  return rowsOf([
    ...(isFirst ? toOffers(path, context) : [walkButton(context, 'back', button.back, path)]),
    ...(hasRestart ? [walkButton(context, 'startOver', button.startOver, path)] : []),
    ...(planOf(path).length > 0 ? [walkButton(context, 'plan', button.plan, path)] : []),
    ...(page.outcome
      ? [
          walkButton(context, 'helped', button.helped, path, ButtonStyle.Success),
          walkButton(context, 'notHelped', button.notHelped, path),
        ]
      : []),
  ]);
}

/** On the first page of a walk that began with a question: the way to the question's other topics. */
function toOffers(path: Path, context: RenderContext): APIButtonComponent[] {
  if (!context.origin) return [];
  const { notThis, back } = context.messages.button;
  return [walkButton(context, 'offers', context.origin.isGuess ? notThis : back, path)];
}

/** A button of a walk: its custom_id says what it does, and carries the way and what the walk began with. */
export function walkButton(
  { edition, origin }: RenderContext,
  action: WalkAction,
  label: string,
  path: readonly Page[],
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Success = ButtonStyle.Secondary,
): APIButtonComponent {
  return { type: ComponentType.Button, style, label, custom_id: writeWalkId(action, path, { edition, origin }) };
}

/** Buttons in rows of five. */
export function rowsOf(buttons: readonly APIButtonComponent[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < buttons.length; at += COMPONENT_LIMITS.buttonsInRow) {
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(at, at + COMPONENT_LIMITS.buttonsInRow) });
  }
  return rows;
}

/**
 * What a page may hold so that Discord shows it whole in each of these languages, the walk's own row and the longest
 * extra field included.
 */
export function pageLimitsFor(messages: ReadonlyMap<string, Messages>): PageLimits {
  return {
    title: EMBED_LIMITS.title,
    text: EMBED_LIMITS.description,
    alert: EMBED_LIMITS.fieldValue,
    steps: EMBED_LIMITS.fieldValue,
    label: COMPONENT_LIMITS.label,
    links: (COMPONENT_LIMITS.rows - 1) * COMPONENT_LIMITS.buttonsInRow,
    url: COMPONENT_LIMITS.url,
    fields: EMBED_LIMITS.fields - 1,
    total:
      EMBED_LIMITS.total -
      longest([...messages.values()].flatMap(({ feedback }) => Object.values(feedback).map(sizeOf))),
    ownLabels: [...new Set([...messages.values()].flatMap(({ button }) => Object.values(button)))],
    measure(page) {
      const measured = [...messages].map(([language, own]) => measureEmbed(buildEmbed(page, own, language)));
      return {
        fields: longest(measured.map(({ fields }) => fields)),
        longestField: longest(measured.map(({ longestField }) => longestField)),
        total: longest(measured.map(({ total }) => total)),
      };
    },
  };
}

/** What a page may hold in every language of the bot. */
export const pageLimits: PageLimits = pageLimitsFor(languages);

function measureEmbed({
  title = '',
  description = '',
  fields = [],
  footer,
}: APIEmbed): ReturnType<PageLimits['measure']> {
  const text = codePoints(title) + codePoints(description) + codePoints(footer?.text ?? '');
  return {
    fields: fields.length,
    longestField: longest(fields.map(({ value }) => codePoints(value))),
    total: text + fields.map(sizeOf).reduce((a, b) => a + b, 0),
  };
}

function sizeOf({ name, value }: APIEmbedField): number {
  return codePoints(name) + codePoints(value);
}

function longest(lengths: readonly number[]): number {
  return Math.max(0, ...lengths);
}
