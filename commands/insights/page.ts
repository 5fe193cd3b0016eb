// The message of /insights: an embed of short sections, the chart, and a button for each question without an answer.
import type { RawFile, REST } from 'discord.js';
import type { APIButtonComponent, APIEmbed } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Clock } from '../../src/clock.ts';
import { type MessageBody, messageBody } from '../../src/discord/answer.ts';
import { COMPONENT_LIMITS, cut } from '../../src/discord/limits.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import { drawChart } from '../../src/discord/views/chart.ts';
import { COLOR } from '../../src/discord/views/colors.ts';
import { pinnedTitle } from '../../src/discord/views/guides.ts';
import { visibleText } from '../../src/discord/views/plain-text.ts';
import { pageNamed } from '../../src/guide/renamed.ts';
import { showDate } from '../../src/i18n/dates.ts';
import type { Messages } from '../../src/i18n/index.ts';
import type { ReplyCache } from '../../src/replies/cache.ts';
import { fold } from '../../src/search/autocomplete.ts';
import { type Insights, insightsOf } from '../../src/stats/insights.ts';
import { helpersSeeSince } from '../../src/stats/unanswered.ts';
import type { Store } from '../../src/store/store.ts';
import { dayOf, daysBefore } from '../../src/time.ts';
import { fieldsOf, fittingFields } from './fields.ts';
import { createInsightsFormat, type InsightsFormat } from './format.ts';
import { postButtons, postLines, questionLines, type Waiting, waitingIn } from './waiting.ts';
import { writeId } from './write.ts';

const MAX_BUTTONS = 5;
const MAX_LABEL_TEXT = 60;
const CHART = 'insights.png';
/** Discord docs, Message resource, "Attachment Object". */
const MAX_ALT_TEXT = 1024;

export interface InsightsPageServices {
  readonly store: Store;
  readonly replyCache: ReplyCache;
  readonly rest: REST;
  readonly log: Logger;
  readonly clock: Clock;
}

type InsightsMessage = MessageBody & { files?: RawFile[]; attachments?: { id: string; description: string }[] };

/** Whose insights a person wants to see. */
interface Wanted {
  readonly guildId: string;
  /** 1 to 90. */
  readonly days: number;
  /** Helpers do not see questions that were asked before there were helpers. */
  readonly isModerator: boolean;
}

/** The insights of a server's last days. @throws {StoreError} */
export async function insightsPage(
  { guildId, days, isModerator }: Wanted,
  context: RenderContext,
  services: InsightsPageServices,
): Promise<InsightsMessage> {
  const { store, replyCache, log, clock } = services;
  const { edition, messages } = context;
  const replies = await replyCache.repliesOf(guildId);
  const names = new Set(replies.flatMap(({ title, aliases }) => [title, ...aliases].map(fold)));
  const insights = await insightsOf(store, guildId, {
    days,
    today: dayOf(clock.now()),
    ...(isModerator ? {} : { questionsSince: await helpersSeeSince(store) }),
    isOutcome: (name) => pageNamed(edition, name)?.outcome ?? false,
    isAnswered: (name) => names.has(name),
  });
  const waiting = await waitingIn(guildId, services);
  const format = createInsightsFormat(messages, edition.locale, (topic) => pinnedTitle(topic, context));
  const chart = await chartOf(insights, edition.locale).catch((error) => {
    log.warn({ err: error }, 'insights chart not drawn, shown without it');
    return undefined;
  });
  const body = messageBody({
    embeds: [embedOf(insights, waiting, context, format, chart !== undefined)],
    components: [...rowsOf(questionButtons(insights, messages)), ...rowsOf(postButtons(waiting, messages))],
  });
  if (!chart) return body;
  const files = [{ name: CHART, data: chart, contentType: 'image/png' }];
  return { ...body, files, attachments: [{ id: '0', description: altOf(insights, format, edition.locale) }] };
}

async function chartOf({ series, from }: Insights, language: string): Promise<Buffer | undefined> {
  const isEmpty = [...series.now, ...series.before].every((count) => count === 0);
  return isEmpty ? undefined : drawChart({ series, from, language });
}

function questionButtons({ questions }: Insights, { insights }: Messages): APIButtonComponent[] {
  return questions
    .slice(0, MAX_BUTTONS)
    .map(({ id, text }) =>
      plainButton(cut(insights.write(cut(visibleText(text), MAX_LABEL_TEXT)), COMPONENT_LIMITS.label), writeId(id)),
    );
}

function embedOf(
  insights: Insights,
  waiting: Waiting,
  context: RenderContext,
  format: InsightsFormat,
  hasChart: boolean,
): APIEmbed {
  const { messages, count } = format;
  const { now, before } = insights;
  const days = count(insights.days);
  const about = { color: COLOR.information, title: messages.title(days), footer: { text: messages.footer } };
  const isEmpty = [...Object.values(now), ...Object.values(before)].every((n) => n === 0);
  const asked = questionLines(waiting, context.messages, count);
  const silent = postLines(waiting, context.messages);
  if (isEmpty && [insights.questions, asked, silent].every(({ length }) => length === 0))
    return { ...about, description: messages.empty(days) };
  const description = totalLines(insights, format).join('\n');
  const image = hasChart ? { image: { url: `attachment://${CHART}` } } : {};
  const embed = { ...about, description, ...image };
  return { ...embed, fields: fittingFields(embed, fieldsOf(insights, { asked, silent }, format)) };
}

/** The totals with their trends. A total that was 0 before too has a sentence without numbers. */
function totalLines({ now, before, ...insights }: Insights, { messages, count, trend }: InsightsFormat): string[] {
  const days = count(insights.days);
  const totals = [
    { n: now.seen, old: before.seen, some: messages.pages, none: messages.noPages },
    { n: now.shown, old: before.shown, some: messages.shown, none: messages.noneShown },
    { n: now.walks, old: before.walks, some: messages.walks, none: messages.noWalks },
    { n: now.followed, old: before.followed, some: messages.followed, none: messages.noneFollowed },
  ];
  if (totals.every(({ n, old }) => n === 0 && old === 0)) return [messages.nothingRead(days)];
  const lines = totals.map(({ n, old, some, none }) => (n === 0 && old === 0 ? none : some(count(n), trend(n, old))));
  return [...lines, messages.compared(days)];
}

/** The chart in words, for those who cannot see it. */
function altOf({ series, from, ...insights }: Insights, { messages, count }: InsightsFormat, language: string): string {
  const days = count(insights.days);
  const [total, totalBefore] = [sumOf(series.now), sumOf(series.before)];
  if (total === 0) return cut(messages.chartOfLine(days, count(totalBefore)), MAX_ALT_TEXT);
  const most = Math.max(...series.now);
  const date = showDate(daysBefore(from, -series.now.indexOf(most)), language);
  const sentence = totalBefore === 0 ? messages.chartOfBars : messages.chart;
  return cut(sentence(days, count(total), count(most), date), MAX_ALT_TEXT);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, n) => sum + n, 0);
}
