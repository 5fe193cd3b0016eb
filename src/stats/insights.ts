// What a server's moderators learn from its counters: totals, what is read, where walks stop, what is asked.
import { sql } from 'kysely';
import type { Db, Store } from '../store/store.ts';
import type { Kind } from './recorder.ts';
import { daysBefore } from './repository.ts';
import { type Question, questionsSince, RETENTION_DAYS } from './unanswered.ts';

export interface Totals {
  /** Pages shown in private walks, and topics shown to everyone. */
  readonly seen: number;
  readonly shown: number;
  readonly followed: number;
  readonly walks: number;
  readonly helped: number;
  readonly notHelped: number;
  readonly answered: number;
  readonly unsure: number;
  readonly declined: number;
}

export interface End {
  readonly page: string;
  /** Walks that ended on the page. */
  readonly ended: number;
  /** How often it was shown in a walk. */
  readonly seen: number;
  /** Its share of the walks of the server, 0 to 100. */
  readonly share: number;
}

export interface Insights {
  readonly days: number;
  /** First and last day, `YYYY-MM-DD` in UTC. */
  readonly from: string;
  readonly to: string;
  readonly now: Totals;
  /** Of as many days before. */
  readonly before: Totals;
  /** Pages and topics, those read most first. */
  readonly read: readonly { readonly topic: string; readonly count: number }[];
  /** Pages on which walks ended, the most frequent first: those that answer nothing by themselves, and outcomes. */
  readonly stops: readonly End[];
  readonly outcomes: readonly End[];
  /** Pages that did not help, the most frequent first. */
  readonly unhelpful: readonly { readonly page: string; readonly helped: number; readonly notHelped: number }[];
  /** What was read on each day (`seen` and `shown`), oldest first; `before` is the period before. */
  readonly series: { readonly now: readonly number[]; readonly before: readonly number[] };
  /** Asked and not answered, those asked most first; of the last 30 days at most. */
  readonly questions: readonly Question[];
}

export interface InsightsOptions {
  /** 1 to 90. */
  readonly days: number;
  /** `YYYY-MM-DD` in UTC; the last day of the period. */
  readonly today: string;
  readonly isOutcome: (page: string) => boolean;
  /** Whether there is a reply by this folded name: its question needs none any more. */
  readonly isAnswered?: (name: string) => boolean;
}

const MOST = 10;

interface Sum {
  readonly kind: Kind;
  readonly subject: string;
  readonly n: number;
}

/** The numbers of one guild. @throws {StoreError} */
export async function insightsOf(
  store: Store,
  guildId: string,
  { days, today, isOutcome, isAnswered }: InsightsOptions,
): Promise<Insights> {
  const from = daysBefore(today, days - 1);
  const beforeFrom = daysBefore(from, days);
  const askedFrom = daysBefore(today, Math.min(days - 1, RETENTION_DAYS.days));
  const [sums, sumsBefore, perDay, questions] = await store.run(async (db) => [
    await sumsOf(db, guildId, from, today),
    await sumsOf(db, guildId, beforeFrom, daysBefore(from, 1)),
    await readPerDay(db, guildId, beforeFrom, today),
    await questionsSince(db, guildId, askedFrom, isAnswered),
  ]);
  const ends = endsOf(sums);
  const seriesFrom = (first: string) => Array.from({ length: days }, (_, i) => perDay.get(daysBefore(first, -i)) ?? 0);
  return {
    days,
    from,
    to: today,
    now: totalsOf(sums, ends),
    before: totalsOf(sumsBefore, endsOf(sumsBefore)),
    read: mostRead(sums).slice(0, MOST),
    stops: ends.filter(({ page }) => !isOutcome(page)).slice(0, MOST),
    outcomes: ends.filter(({ page }) => isOutcome(page)).slice(0, MOST),
    unhelpful: unhelpful(sums).slice(0, MOST),
    series: { now: seriesFrom(from), before: seriesFrom(beforeFrom) },
    questions: questions.slice(0, MOST),
  };
}

async function sumsOf(db: Db, guildId: string, from: string, to: string): Promise<Sum[]> {
  const rows = await counts(db, guildId, from, to)
    .select(['kind', 'subject', sql<number | string>`sum(n)`.as('n')])
    .groupBy(['kind', 'subject'])
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

async function readPerDay(db: Db, guildId: string, from: string, to: string): Promise<Map<string, number>> {
  const rows = await counts(db, guildId, from, to)
    .select(['day', sql<number | string>`sum(n)`.as('n')])
    .where('kind', 'in', ['seen', 'shown'])
    .groupBy('day')
    .execute();
  return new Map(rows.map(({ day, n }) => [day, Number(n)]));
}

function counts(db: Db, guildId: string, from: string, to: string) {
  return db.selectFrom('counts').where('guild_id', '=', guildId).where('day', '>=', from).where('day', '<=', to);
}

/**
 * Where walks ended, without remembering a single walk: every walk shows a page, and every step of it leaves one page
 * and shows the next. So the walks that ended on a page are as many as it was shown and not left, and all walks are the
 * sum of these over all pages. A page's share is its part of that sum: never under 0 or over 100 %, and all shares
 * together are 100 %. A page left on a later day than it was shown (across the edge of the period) could be left more
 * often than shown: it then counts as none. A walk that still goes on counts where it is.
 */
function endsOf(sums: readonly Sum[]): End[] {
  const left = byKind(sums, 'left');
  const ends = [...byKind(sums, 'seen')].flatMap(([page, seen]) => {
    const ended = Math.max(0, seen - (left.get(page) ?? 0));
    return ended > 0 ? [{ page, seen, ended }] : [];
  });
  const walks = ends.reduce((sum, { ended }) => sum + ended, 0);
  return ends
    .map((end) => ({ ...end, share: (100 * end.ended) / walks }))
    .sort((a, b) => b.ended - a.ended || byName(a.page, b.page));
}

function totalsOf(sums: readonly Sum[], ends: readonly End[]): Totals {
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
  };
}

function mostRead(sums: readonly Sum[]): { topic: string; count: number }[] {
  const read = byKind(sums, 'seen');
  for (const [topic, n] of byKind(sums, 'shown')) read.set(topic, (read.get(topic) ?? 0) + n);
  return [...read]
    .map(([topic, count]) => ({ topic, count }))
    .sort((a, b) => b.count - a.count || byName(a.topic, b.topic));
}

function unhelpful(sums: readonly Sum[]) {
  const helped = byKind(sums, 'helped');
  return [...byKind(sums, 'not-helped')]
    .map(([page, notHelped]) => ({ page, helped: helped.get(page) ?? 0, notHelped }))
    .sort((a, b) => b.notHelped - a.notHelped || byName(a.page, b.page));
}

function byKind(sums: readonly Sum[], kind: Kind): Map<string, number> {
  return new Map(sums.filter((sum) => sum.kind === kind).map(({ subject, n }) => [subject, n]));
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
