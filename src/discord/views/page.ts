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
import { forward, here, isStart, planOf, startOver, type Way } from '../../guide/walk.ts';
import { showDate } from '../../i18n/dates.ts';
import { languages, type Words } from '../../i18n/index.ts';
import { withClosedDirections } from '../../replies/characters.ts';
import type { Reply } from '../../replies/reply.ts';
import type { Topic } from '../../replies/topics.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { type Action, writeWalkId } from '../custom-id.ts';
import { COMPONENTS, cut, EMBED, lengthOf } from '../limits.ts';
import type { Reading } from '../render-context.ts';

type Row = APIActionRowComponent<APIButtonComponent>;

/** Colours repeat what the words say (alert names, "Did this help?"): they carry nothing alone. */
const COLOR = { information: 0x3b82f6, warning: 0xf59e0b, outcome: 0x22c55e, plan: 0x8b5cf6 } as const;

/** A page in a private walk. `notice` is a sentence that stands above it. */
export function renderPage(way: Way, reading: Reading, notice = ''): MessageBody {
  const guess = way.length === 1 && reading.origin?.isGuess ? reading.words.ask.guess : '';
  const page = here(way);
  const embeds = [page.outcome ? asking(embedOf(page, reading), reading.words) : embedOf(page, reading)];
  const components = [...linkRows(way, reading), ...ownRow(way, reading)];
  return messageBody({ content: notice || guess, embeds, components });
}

/** The question that the two buttons of an outcome answer, as near to them as an embed has room. */
function asking(embed: APIEmbed, { page }: Words): APIEmbed {
  return { ...embed, footer: { text: `${embed.footer?.text ?? ''}\n${page.didThisHelp}`.trim() } };
}

/** The page after "Did this help?" was answered, with thanks or advice as a field. Back leads to the page as it was. */
export function renderAnswered(way: Way, reading: Reading, reaction: APIEmbedField): MessageBody {
  const embed = embedOf(here(way), reading);
  const { back, startOver } = reading.words.button;
  const row = [walkButton(reading, 'toPage', back, way), walkButton(reading, 'startOver', startOver, way)];
  return messageBody({ embeds: [{ ...embed, fields: [...(embed.fields ?? []), reaction] }], components: rowsOf(row) });
}

/** A page for everyone in a channel: its buttons open the clicker's own private walk. */
export function renderPublicPage(
  page: Page,
  reading: Reading,
  more: { content?: string; notify?: string } = {},
): MessageBody {
  const way: Way = [page];
  const { openGuide, notThis } = reading.words.button;
  const own = [
    ...(isStart(reading.edition, page) ? [] : [walkButton(reading, 'openGuide', openGuide, way)]),
    ...(reading.origin ? [walkButton(reading, 'offers', notThis, way)] : []),
  ];
  const embeds = [embedOf(page, reading)];
  const components = [...linkRows(way, reading), ...rowsOf(own)];
  return messageBody({ content: more.content ?? '', embeds, components }, more.notify);
}

/** The plan gathered on the way, in the walk's message. */
export function renderPlan(way: Way, reading: Reading, more: { notice?: string; isSent?: boolean } = {}): MessageBody {
  const { back, startOver, sendPlan } = reading.words.button;
  const row = [
    walkButton(reading, more.isSent ? 'plan' : 'toPage', back, way),
    walkButton(reading, 'startOver', startOver, way),
    ...(more.isSent ? [] : [walkButton(reading, 'sendPlan', sendPlan, way, ButtonStyle.Primary)]),
  ];
  return messageBody({ content: more.notice ?? '', embeds: [planEmbed(way, reading)], components: rowsOf(row) });
}

/** The plan as an embed that can be sent alone. */
export function planEmbed(way: Way, { words, edition }: Reading): APIEmbed {
  const steps = planOf(way);
  const lines: string[] = [words.plan.intro, ''];
  let room = EMBED.description - lengthOf(words.plan.intro) - 100;
  for (const step of steps) {
    room -= lengthOf(step) + 3;
    if (room < 0) break;
    lines.push(`☐ ${step}`);
  }
  const left = steps.length - (lines.length - 2);
  if (left > 0) lines.push(words.plan.more(left));
  const sources = [...new Set(way.filter((page) => page.steps.length > 0).flatMap((page) => page.sources))];
  const about = {
    color: COLOR.plan,
    title: words.plan.title,
    description: steps.length === 0 ? words.plan.none : lines.join('\n'),
    footer: { text: words.page.notUpwork },
  };
  const used = lengthOf(about.title) + lengthOf(about.description) + lengthOf(about.footer.text);
  const fields = sourceFields(sources.slice(0, 10), words, edition.locale, false);
  return { ...about, fields: fitting(fields, EMBED.total - used) };
}

/** The first fields that together have at most so many characters. */
function fitting(fields: readonly APIEmbedField[], characters: number): APIEmbedField[] {
  let left = characters;
  return fields.filter(({ name, value }) => {
    left -= lengthOf(name) + lengthOf(value);
    return left >= 0;
  });
}

/** A page as an embed, or this server's words over it. Built once for a page and a language, and used for every member. */
function embedOf(page: Page, { edition, words, topics }: Reading): APIEmbed {
  const topic = topics.find(page.name);
  if (topic?.kind === 'page' && topic.over) return replyEmbed(topic.over, words.faq.over);
  const known = embeds.get(page);
  if (known?.words === words && known.language === edition.locale) return known.embed;
  const embed = buildEmbed(page, words, edition.locale);
  embeds.set(page, { words, language: edition.locale, embed });
  return embed;
}
const embeds = new WeakMap<Page, { words: Words; language: string; embed: APIEmbed }>();

/**
 * A server's own words as an embed: exactly as they were typed, but for directions that nothing closes.
 * @param footer says whose words they are
 */
export function replyEmbed({ title, text }: Pick<Reply, 'title' | 'text'>, footer: string): APIEmbed {
  return {
    color: COLOR.information,
    title: withClosedDirections(title),
    description: withClosedDirections(text),
    footer: { text: footer },
  };
}

/** A topic for everyone in a channel: a reply as it is, a page with its buttons. */
export function renderTopic(
  topic: Topic,
  reading: Reading,
  more: { content?: string; notify?: string } = {},
): MessageBody {
  if (topic.kind === 'page') return renderPublicPage(topic.page, reading, more);
  const embeds = [replyEmbed(topic.reply, reading.words.faq.own)];
  return messageBody({ content: more.content ?? '', embeds }, more.notify);
}

function buildEmbed(page: Page, words: Words, language: string): APIEmbed {
  const isWarned = page.alerts.some(({ kind }) => kind === 'WARNING' || kind === 'CAUTION');
  const fields: APIEmbedField[] = page.alerts.map(({ kind, text }) => ({ name: words.page.alert[kind], value: text }));
  if (page.steps.length > 0)
    fields.push({ name: words.page.steps, value: page.steps.map((step) => `- ${step}`).join('\n') });
  fields.push(...sourceFields(page.sources, words, language, true));
  return {
    color: isWarned ? COLOR.warning : page.outcome ? COLOR.outcome : COLOR.information,
    title: page.title,
    description: page.text,
    fields,
    footer: { text: page.restsOnGuideAlone ? words.page.guideAlone : words.page.notUpwork },
  };
}

/** The sources by name, publisher and date, numbered as the text's marks are. */
function sourceFields(
  sources: readonly Source[],
  words: Words,
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
    if (last !== undefined && lengthOf(last) + lengthOf(line) + 1 <= EMBED.fieldValue)
      values[values.length - 1] = `${last}\n${line}`;
    else values.push(cut(line, EMBED.fieldValue));
  }
  const name = words.page.sources(showDate(oldest, language));
  return values.map((value, i) => ({ name: i === 0 ? name : words.page.moreSources, value }));
}

function linkRows(way: Way, reading: Reading): Row[] {
  const buttons = here(way).links.flatMap((link): APIButtonComponent[] => {
    if (link.kind === 'web')
      return [{ type: ComponentType.Button, style: ButtonStyle.Link, label: link.label, url: link.url }];
    const target = reading.edition.pages.get(link.page);
    return target ? [walkButton(reading, 'open', link.label, forward(way, target), ButtonStyle.Primary)] : [];
  });
  return rowsOf(buttons);
}

function ownRow(way: Way, reading: Reading): Row[] {
  const { button } = reading.words;
  const page = here(way);
  const isFirst = way.length === 1;
  const hasRestart = !(isFirst && !reading.origin && startOver(reading.edition, way) === page);
  return rowsOf([
    ...(isFirst ? toOffers(way, reading) : [walkButton(reading, 'back', button.back, way)]),
    ...(hasRestart ? [walkButton(reading, 'startOver', button.startOver, way)] : []),
    ...(planOf(way).length > 0 ? [walkButton(reading, 'plan', button.plan, way)] : []),
    ...(page.outcome
      ? [
          walkButton(reading, 'helped', button.helped, way, ButtonStyle.Success),
          walkButton(reading, 'notHelped', button.notHelped, way),
        ]
      : []),
  ]);
}

/** On the first page of a walk that began with a question: the way to the question's other topics. */
function toOffers(way: Way, reading: Reading): APIButtonComponent[] {
  if (!reading.origin) return [];
  const { notThis, back } = reading.words.button;
  return [walkButton(reading, 'offers', reading.origin.isGuess ? notThis : back, way)];
}

/** A button of a walk: its custom_id says what it does, and carries the way and what the walk began with. */
export function walkButton(
  { edition, origin }: Reading,
  action: Action,
  label: string,
  way: readonly Page[],
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Success = ButtonStyle.Secondary,
): APIButtonComponent {
  return { type: ComponentType.Button, style, label, custom_id: writeWalkId(action, way, { edition, origin }) };
}

/** Buttons in rows of five. */
export function rowsOf(buttons: readonly APIButtonComponent[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < buttons.length; at += COMPONENTS.buttonsInRow) {
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(at, at + COMPONENTS.buttonsInRow) });
  }
  return rows;
}

/**
 * What a page may hold so that Discord shows it whole in each of these languages, the walk's own row and the longest
 * extra field included.
 */
export function pageLimitsFor(words: ReadonlyMap<string, Words>): PageLimits {
  return {
    title: EMBED.title,
    text: EMBED.description,
    alert: EMBED.fieldValue,
    steps: EMBED.fieldValue,
    label: COMPONENTS.label,
    links: (COMPONENTS.rows - 1) * COMPONENTS.buttonsInRow,
    url: COMPONENTS.url,
    fields: EMBED.fields - 1,
    total: EMBED.total - longest([...words.values()].flatMap(({ feedback }) => Object.values(feedback).map(sizeOf))),
    ownLabels: [...new Set([...words.values()].flatMap(({ button }) => Object.values(button)))],
    measure(page) {
      const measured = [...words].map(([language, own]) => measureEmbed(buildEmbed(page, own, language)));
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
  const text = lengthOf(title) + lengthOf(description) + lengthOf(footer?.text ?? '');
  return {
    fields: fields.length,
    longestField: longest(fields.map(({ value }) => lengthOf(value))),
    total: text + fields.map(sizeOf).reduce((a, b) => a + b, 0),
  };
}

function sizeOf({ name, value }: APIEmbedField): number {
  return lengthOf(name) + lengthOf(value);
}

function longest(lengths: readonly number[]): number {
  return Math.max(0, ...lengths);
}
