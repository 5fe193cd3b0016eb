// Insights for a server's moderators, from its counts: totals, what is read, where walks end, what is asked.
import { sql } from 'kysely';
import { compareText } from '../compare-text.ts';
import type { Db, Store } from '../store/store.ts';
import { daysBefore } from '../time.ts';
import type { Kind } from './recorder.ts';
import { QUESTION_LIMITS, type Question, questionsSince } from './unanswered.ts';

interface Totals {
  /** `seen`: pages shown in private walks; `shown`: topics shown publicly. */
  readonly seen: number;
  readonly shown: number;
  readonly followed: number;
  readonly walks: number;
  readonly helped: number;
  readonly notHelped: number;
  readonly answered: number;
  readonly unsure: number;
  readonly declined: number;
  /** Answers that were not meant, and choices in which nothing was. */
  readonly refused: number;
  readonly none: number;
  /** Posts in forums: read, answered, answers that were removed, and those that got none. */
  readonly posts: number;
  readonly postsAnswered: number;
  readonly postsRefused: number;
  readonly postsSilent: number;
  /** Somebody else wrote first. */
  readonly postsOvertaken: number;
}

export interface WalkEnd {
  readonly page: string;
  /** How many walks ended on the page. */
  readonly ended: number;
  /** How often it was shown in a walk. */
  readonly seen: number;
  /** The percentage of the server's walks that ended on the page, 0 to 100. */
  readonly share: number;
}

export interface Insights {
  readonly days: number;
  /** First and last day, `YYYY-MM-DD` in UTC. */
  readonly from: string;
  readonly to: string;
  readonly now: Totals;
  /** The period of the same length before. */
  readonly before: Totals;
  /** Pages and topics, most read first. */
  readonly read: readonly { readonly topic: string; readonly count: number }[];
  /** Pages on which walks ended, most frequent first: `outcomes` are meant to be the last page, `stops` are not. */
  readonly stops: readonly WalkEnd[];
  readonly outcomes: readonly WalkEnd[];
  /** Pages that did not help, most frequent first. */
  readonly unhelpful: readonly { readonly page: string; readonly helped: number; readonly notHelped: number }[];
  /** Topics that answered a question and were not meant, most frequent first. */
  readonly refused: readonly { readonly topic: string; readonly count: number }[];
  /** The sum of `seen` and `shown` per day, oldest first; `before` is the previous period. */
  readonly series: { readonly now: readonly number[]; readonly before: readonly number[] };
  /** Unanswered questions of the last 30 days at most, most frequent first. */
  readonly questions: readonly Question[];
}

interface InsightsOptions {
  /** 1 to 90. */
  readonly days: number;
  /** `YYYY-MM-DD` in UTC; the last day of the period. */
  readonly today: string;
  readonly isOutcome: (page: string) => boolean;
  /** The first day, `YYYY-MM-DD`, of questions that the person may see. */
  readonly questionsSince?: string;
  /** Whether there is a reply with this folded title or alias: then its question is answered. */
  readonly isAnswered?: (name: string) => boolean;
}

const MAX_LISTED = 10;

interface CountSum {
  readonly kind: Kind;
  readonly subject: string;
  readonly n: number;
}

/** The insights of a guild. @throws {StoreError} */
export async function insightsOf(
  store: Store,
  guildId: string,
  { days, today, isOutcome, questionsSince: visibleFrom = '', isAnswered }: InsightsOptions,
): Promise<Insights> {
  const from = daysBefore(today, days - 1);
  const beforeFrom = daysBefore(from, days);
  const keptFrom = daysBefore(today, Math.min(days - 1, QUESTION_LIMITS.days));
  const askedFrom = keptFrom > visibleFrom ? keptFrom : visibleFrom;
  const [sums, sumsBefore, perDay, questions] = await store.run(async (db) => [
    await readSums(db, guildId, from, today),
    await readSums(db, guildId, beforeFrom, daysBefore(from, 1)),
    await readPerDay(db, guildId, beforeFrom, today),
    await questionsSince(db, guildId, askedFrom, isAnswered),
  ]);
  const ends = walkEnds(sums);
  const seriesFrom = (first: string) => Array.from({ length: days }, (_, i) => perDay.get(daysBefore(first, -i)) ?? 0);
  return {
    days,
    from,
    to: today,
    now: toTotals(sums, ends),
    before: toTotals(sumsBefore, walkEnds(sumsBefore)),
    read: mostRead(sums).slice(0, MAX_LISTED),
    stops: ends.filter(({ page }) => !isOutcome(page)).slice(0, MAX_LISTED),
    outcomes: ends.filter(({ page }) => isOutcome(page)).slice(0, MAX_LISTED),
    unhelpful: unhelpful(sums).slice(0, MAX_LISTED),
    refused: mostOften(byKind(sums, 'refused')).slice(0, MAX_LISTED),
    series: { now: seriesFrom(from), before: seriesFrom(beforeFrom) },
    questions: questions.slice(0, MAX_LISTED),
  };
}

async function readSums(db: Db, guildId: string, from: string, to: string): Promise<CountSum[]> {
  const rows = await selectCounts(db, guildId, from, to)
    .select(['kind', 'subject', sql<number | string>`sum(n)`.as('n')])
    .groupBy(['kind', 'subject'])
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

async function readPerDay(db: Db, guildId: string, from: string, to: string): Promise<Map<string, number>> {
  const rows = await selectCounts(db, guildId, from, to)
    .select(['day', sql<number | string>`sum(n)`.as('n')])
    .where('kind', 'in', ['seen', 'shown'])
    .groupBy('day')
    .execute();
  return new Map(rows.map(({ day, n }) => [day, Number(n)]));
}

function selectCounts(db: Db, guildId: string, from: string, to: string) {
  return db.selectFrom('counts').where('guild_id', '=', guildId).where('day', '>=', from).where('day', '<=', to);
}

/**
 * Computes where walks ended, without data about single walks: each step leaves one page and shows the next. So the
 * number of walks that ended on a page is how often it was shown minus how often it was left, and the number of all walks
 * is the sum over all pages. The shares are between 0 and 100 % and sum up to 100 %. A page can be left more often than
 * shown if it was shown before the period began; this counts as 0. A walk in progress counts as ended on its current page.
 */
function walkEnds(sums: readonly CountSum[]): WalkEnd[] {
  const left = byKind(sums, 'left');
  const ends = [...byKind(sums, 'seen')].flatMap(([page, seen]) => {
    const ended = Math.max(0, seen - (left.get(page) ?? 0));
    return ended > 0 ? [{ page, seen, ended }] : [];
  });
  const walks = ends.reduce((sum, { ended }) => sum + ended, 0);
  return ends
    .map((end) => ({ ...end, share: (100 * end.ended) / walks }))
    .sort((a, b) => b.ended - a.ended || compareText(a.page, b.page));
}

function toTotals(sums: readonly CountSum[], ends: readonly WalkEnd[]): Totals {
  const of = (kind: Kind, subject?: string) =>
    sums
      .filter((sum) => sum.kind === kind && (subject === undefined || sum.subject === subject))
      .reduce((total, { n }) => total + n, 0);
  return {
    seen: of('seen'),
    shown: of('shown'),
    followed: of('followed'),
    walks: ends.reduce((total, { ended }) => total + ended, 0),
    helped: of('helped'),
    notHelped: of('not-helped'),
    answered: of('asked', 'answered'),
    unsure: of('asked', 'unsure'),
    declined: of('asked', 'declined'),
    refused: of('refused'),
    none: of('none'),
    posts: of('post', 'seen'),
    postsAnswered: of('post', 'answered'),
    postsRefused: of('post', 'refused'),
    postsSilent: of('post', 'silent'),
    postsOvertaken: of('post', 'overtaken'),
  };
}

function mostRead(sums: readonly CountSum[]): { topic: string; count: number }[] {
  const read = byKind(sums, 'seen');
  for (const [topic, n] of byKind(sums, 'shown')) read.set(topic, (read.get(topic) ?? 0) + n);
  return mostOften(read);
}

function mostOften(counts: ReadonlyMap<string, number>): { topic: string; count: number }[] {
  return [...counts]
    .map(([topic, count]) => ({ topic, count }))
    .sort((a, b) => b.count - a.count || compareText(a.topic, b.topic));
}

function unhelpful(sums: readonly CountSum[]) {
  const helped = byKind(sums, 'helped');
  return [...byKind(sums, 'not-helped')]
    .map(([page, notHelped]) => ({ page, helped: helped.get(page) ?? 0, notHelped }))
    .sort((a, b) => b.notHelped - a.notHelped || compareText(a.page, b.page));
}

function byKind(sums: readonly CountSum[], kind: Kind): Map<string, number> {
  return new Map(sums.filter((sum) => sum.kind === kind).map(({ subject, n }) => [subject, n]));
}
